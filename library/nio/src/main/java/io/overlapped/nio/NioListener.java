package io.overlapped.nio;

import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.NetworkChannel;
import org.jspecify.annotations.Nullable;

/**
 * A listening channel. A cancelled accept leaves the channel's accept armed, and the one connection
 * it may bring is for the next accept.
 *
 * <p>Threads: see {@link NioSocket}.
 */
final class NioListener extends NioSocket
        implements CompletionHandler<AsynchronousSocketChannel, @Nullable Void> {
    private final AsynchronousServerSocketChannel channel;
    private final InetAddress asked;
    private long token = NONE;
    private boolean armed;
    private @Nullable AsynchronousSocketChannel kept;

    NioListener(NioDriver driver, AsynchronousServerSocketChannel channel, InetAddress asked) {
        super(driver);
        this.channel = channel;
        this.asked = asked;
    }

    void accept(long itsToken) {
        token = itsToken;
        AsynchronousSocketChannel child = kept;
        if (child != null) {
            kept = null;
            finish(driver.adopt(child));
        } else if (!armed) {
            arm();
        }
    }

    @Override
    NetworkChannel channel() {
        return channel;
    }

    @Override
    boolean isQuiet() {
        return !armed;
    }

    @Override
    void release() {
        if (kept != null) {
            closeQuietly(kept);
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

    @Override
    public void completed(AsynchronousSocketChannel child, @Nullable Void unused) {
        disarmed();
        if (isClosing()) {
            closeQuietly(child);
            closeWhenQuiet();
        } else if (token != NONE) {
            finish(driver.adopt(child));
        } else {
            kept = child;
        }
    }

    @Override
    public void failed(Throwable failure, @Nullable Void unused) {
        disarmed();
        if (isClosing()) {
            closeWhenQuiet();
        } else if (token != NONE) {
            finish(-SocketErrors.errno(failure, SocketErrors.Call.ACCEPT));
        }
    }

    private void arm() {
        armed = true;
        driver.handlerStarted();
        try {
            channel.accept(null, this);
        } catch (RuntimeException e) {
            failed(e, null);
        }
    }

    private void disarmed() {
        armed = false;
        driver.handlerEnded();
    }

    private void finish(int result) {
        long itsToken = token;
        token = NONE;
        driver.complete(itsToken, result, Driver.NO_FLAGS);
    }
}
