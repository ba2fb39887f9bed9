package io.overlapped.nio;

import io.overlapped.StreamOption;
import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.NetworkChannel;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A listening channel. A cancelled accept leaves the channel's accept armed, and the one connection
 * it may bring is for the next accept.
 *
 * <p>Threads: see {@link NioSocket}.
 */
final class NioListener extends NioSocket {
    private final AsynchronousServerSocketChannel channel;
    private final InetAddress asked;
    private long token = NONE;
    private final Accepting accepting = new Accepting();
    private @Nullable AsynchronousSocketChannel kept;

    /** What streams that are accepted get; under its own lock. */
    private final Map<StreamOption, Integer> inherited = new EnumMap<>(StreamOption.class);

    NioListener(NioDriver driver, AsynchronousServerSocketChannel channel, InetAddress asked) {
        super(driver);
        this.channel = channel;
        this.asked = asked;
        inherited.put(StreamOption.NO_DELAY, 1);
    }

    void accept(long itsToken) {
        token = itsToken;
        AsynchronousSocketChannel child = kept;
        if (child != null) {
            kept = null;
            finish(adopt(child));
        } else if (!accepting.isUnderWay()) {
            accepting.start();
        }
    }

    @Override
    NetworkChannel channel() {
        return channel;
    }

    @Override
    boolean isQuiet() {
        return !accepting.isUnderWay();
    }

    @Override
    void release() {
        if (kept != null) {
            turnAway(kept);
            kept = null;
        }
    }

    @Override
    boolean cancel(long itsToken) {
        if (token != itsToken) {
            return false;
        }
        finish(-Errno.ECANCELED);
        return true;
    }

    @Override
    int set(StreamOption option, int value) {
        if (!isInherited(option)) {
            return StreamOptions.set(channel, option, value);
        }
        if (SystemOptions.areOnlyWayTo(option) && SystemOptions.obstacle() != null) {
            return -Errno.ENOPROTOOPT;
        }
        synchronized (inherited) {
            inherited.put(option, value);
        }
        return 0;
    }

    @Override
    int get(StreamOption option) {
        if (!isInherited(option)) {
            return StreamOptions.get(channel, option);
        }
        Integer value;
        synchronized (inherited) {
            value = inherited.get(option);
        }
        if (option == StreamOption.SEND_BUFFER_BYTES) {
            return driver().sendBufferBytes(value);
        }
        if (value == null) {
            return SystemOptions.areOnlyWayTo(option) ? SystemOptions.unset(option) : 0;
        }
        return value;
    }

    /** The one asked for, where a wildcard was bound for both families in its place. */
    @Override
    @Nullable InetSocketAddress localAddress() {
        try {
            InetSocketAddress bound = (InetSocketAddress) channel.getLocalAddress();
            return bound != null && bound.getAddress().isAnyLocalAddress()
                    ? new InetSocketAddress(asked, bound.getPort())
                    : bound;
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    @Nullable InetSocketAddress remoteAddress() {
        return null;
    }

    private void accepted(AsynchronousSocketChannel child) {
        if (isClosing()) {
            turnAway(child);
        } else if (token != NONE) {
            finish(adopt(child));
        } else {
            kept = child;
        }
    }

    /** Resets it, as the system does with those that wait at a listener that closes. */
    private static void turnAway(AsynchronousSocketChannel child) {
        try {
            var _ =
                    SystemOptions.set(
                            (InetSocketAddress) child.getLocalAddress(),
                            (InetSocketAddress) child.getRemoteAddress(),
                            StreamOption.LINGER_SECONDS,
                            0);
        } catch (IOException e) {
            // It is closed already.
        }
        closeQuietly(child);
    }

    private int adopt(AsynchronousSocketChannel child) {
        NioDriver by = driver();
        int socket = by.adopt(child);
        if (socket >= 0) {
            synchronized (inherited) {
                inherited.forEach((option, value) -> by.set(socket, option, value));
            }
        }
        return socket;
    }

    /** Channels that listen lack these. */
    private static boolean isInherited(StreamOption option) {
        return switch (option) {
            case NO_DELAY, KEEP_ALIVE, SEND_BUFFER_BYTES, LINGER_SECONDS, USER_TIMEOUT_MILLIS ->
                    true;
            case RECEIVE_BUFFER_BYTES, REUSE_ADDRESS -> false;
        };
    }

    private void finish(int result) {
        long itsToken = token;
        token = NONE;
        driver().complete(itsToken, result, Driver.NO_FLAGS);
    }

    private final class Accepting extends ChannelOperation<AsynchronousSocketChannel> {
        Accepting() {
            super(NioListener.this);
        }

        @Override
        void begin() {
            channel.accept(null, this);
        }

        @Override
        void ended(@Nullable AsynchronousSocketChannel child, @Nullable Throwable failure) {
            if (child != null) {
                accepted(child);
            } else if (failure != null && token != NONE && !isClosing()) {
                finish(-SocketErrors.errno(failure, SocketErrors.Call.ACCEPT));
            }
        }
    }
}
