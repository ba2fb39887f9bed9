package io.overlapped.nio;

import io.overlapped.StreamOption;
import io.overlapped.nio.SocketErrors.Call;
import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection's channel: how it connects, and its two sides. A cancelled connect closes the
 * channel, as a connect that fails does.
 *
 * <p>Threads: see {@link NioSocket}.
 */
final class NioStream extends NioSocket {
    /** A refusal comes sooner, the kernel's own timeout later. */
    private static final long LONG_NANOS = 20_000_000_000L;

    /** That of the driver it began with. */
    private final ChannelGroup group;

    private final AsynchronousSocketChannel channel;
    private final Landing landing;
    private @Nullable Staging staging;
    private long connectToken = NONE;
    private @Nullable Connecting connecting;
    private volatile boolean outputShut;

    /** It has left the driver it began with, whose group it keeps. */
    private boolean keepsGroup;

    /** What was set and the channel does not tell; null if nothing was. Never changed. */
    private volatile @Nullable Map<StreamOption, Integer> untold;

    NioStream(NioDriver driver, ChannelGroup group, AsynchronousSocketChannel channel) {
        super(driver);
        this.group = group;
        this.channel = channel;
        landing = new Landing(this);
    }

    void connect(long token, InetSocketAddress peer) {
        connectToken = token;
        connecting = new Connecting(peer);
        connecting.start();
    }

    void receive(long token) {
        landing.receive(token);
    }

    void receive(long token, IoVector pieces) {
        landing.receive(token, pieces);
    }

    void send(long token, IoVector pieces) {
        if (outputShut) {
            driver().complete(token, -Errno.EPIPE, Driver.NO_FLAGS);
            return;
        }
        if (staging == null) {
            staging = new Staging(this);
        }
        staging.send(token, pieces);
    }

    int shutdownOutput() {
        try {
            channel.shutdownOutput();
            outputShut = true;
            return 0;
        } catch (IOException | RuntimeException e) {
            return -SocketErrors.errno(e, Call.SEND);
        }
    }

    @Override
    AsynchronousSocketChannel channel() {
        return channel;
    }

    /** The peer is reset if bytes of its have landed that nobody received. */
    @Override
    void beforeClose() {
        if (landing.holdsBytes()) {
            var _ = set(StreamOption.LINGER_SECONDS, 0);
        }
    }

    boolean isSending() {
        return staging != null && staging.isUnderWay();
    }

    @Override
    boolean isQuiet() {
        return (connecting == null || !connecting.isUnderWay())
                && !landing.isUnderWay()
                && (staging == null || !staging.isUnderWay());
    }

    /** Whether its driver holds nothing of it, so that another one can have it. */
    boolean isIdle() {
        return isQuiet() && !isClosing() && remoteAddress() != null && !landing.holdsBytes();
    }

    /** The next one may outlive the one it has. */
    void leavesDriver() {
        if (!keepsGroup) {
            keepsGroup = true;
            group.join();
        }
    }

    @Override
    void release() {
        landing.release();
        if (keepsGroup) {
            keepsGroup = false;
            group.leave(driver().groupEndNanos());
        }
    }

    @Override
    boolean cancel(long token) {
        if (connectToken == token) {
            connected(-Errno.ECANCELED);
            closeChannel();
            return true;
        }
        return landing.cancel(token) || (staging != null && staging.cancel(token));
    }

    @Override
    int set(StreamOption option, int value) {
        if (!SystemOptions.areOnlyWayTo(option) && !outputShut) {
            return StreamOptions.set(channel, option, value);
        }
        InetSocketAddress local = localAddress();
        InetSocketAddress remote = remoteAddress();
        if (local == null || remote == null) {
            return -Errno.ENOTCONN;
        }
        int result = SystemOptions.set(local, remote, option, value);
        boolean ended = result == -Errno.ENOTCONN;
        if (ended || (result == 0 && SystemOptions.areOnlyWayTo(option))) {
            // Where the connection has ended the value makes no difference any more.
            keep(option, value);
        }
        return ended ? 0 : result;
    }

    private synchronized void keep(StreamOption option, int value) {
        Map<StreamOption, Integer> kept = new EnumMap<>(StreamOption.class);
        if (untold != null) {
            kept.putAll(untold);
        }
        kept.put(option, value);
        untold = kept;
    }

    @Override
    int get(StreamOption option) {
        Map<StreamOption, Integer> kept = untold;
        Integer value = kept == null ? null : kept.get(option);
        if (value != null) {
            return value;
        }
        return SystemOptions.areOnlyWayTo(option)
                ? SystemOptions.unset(option)
                : StreamOptions.get(channel, option);
    }

    @Override
    @Nullable InetSocketAddress localAddress() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    @Nullable InetSocketAddress remoteAddress() {
        try {
            return (InetSocketAddress) channel.getRemoteAddress();
        } catch (IOException e) {
            return null;
        }
    }

    private void connected(int result) {
        long token = connectToken;
        connectToken = NONE;
        driver().complete(token, result, Driver.NO_FLAGS);
    }

    private final class Connecting extends ChannelOperation<Void> {
        private final InetSocketAddress peer;
        private final long startNanos = System.nanoTime();

        Connecting(InetSocketAddress peer) {
            super(NioStream.this);
            this.peer = peer;
        }

        @Override
        void begin() {
            channel.connect(peer, null, this);
        }

        @Override
        void ended(@Nullable Void nothing, @Nullable Throwable failure) {
            if (connectToken != NONE) {
                connected(failure == null ? 0 : -SocketErrors.errno(failure, call()));
            }
        }

        private Call call() {
            boolean tookLong = System.nanoTime() - startNanos > LONG_NANOS;
            return tookLong ? Call.CONNECT_LONG : Call.CONNECT;
        }
    }
}
