package io.overlapped.nio;

import io.overlapped.StreamOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.NetworkChannel;
import org.jspecify.annotations.Nullable;

/**
 * What a listener and a stream share: a channel, and the way it closes. A close is complete when
 * the channel is closed and every handler that was pending has run, so that nothing comes later.
 *
 * <p>Threads: the one that drives, but for the addresses and options.
 */
abstract sealed class NioSocket permits NioListener, NioStream {
    /** No operation; tokens are never negative. */
    static final long NONE = -1;

    int index;
    private NioDriver driver;
    private boolean closing;
    private long closeToken = NONE;

    NioSocket(NioDriver driver) {
        this.driver = driver;
    }

    /** Whose it is now. */
    final NioDriver driver() {
        return driver;
    }

    /** It has another one from now on. */
    final void moveTo(NioDriver other) {
        driver = other;
    }

    abstract NetworkChannel channel();

    /** Whether no handler of its channel is to come. */
    abstract boolean isQuiet();

    /** The channel, still open, is about to be closed. */
    void beforeClose() {}

    /** Gives back what it holds. */
    abstract void release();

    /** Whether the token was its operation's, which it has ended early. */
    abstract boolean cancel(long token);

    abstract int set(StreamOption option, int value);

    abstract int get(StreamOption option);

    abstract @Nullable InetSocketAddress localAddress();

    abstract @Nullable InetSocketAddress remoteAddress();

    final boolean isClosing() {
        return closing;
    }

    final void close(long token) {
        closeToken = token;
        closeChannel();
        closeWhenQuiet();
    }

    /** Closes the channel, whose pending handlers are to run yet. */
    final void closeChannel() {
        if (!closing) {
            closing = true;
            beforeClose();
        }
        closeQuietly(channel());
    }

    final void closeWhenQuiet() {
        if (!isQuiet()) {
            return;
        }
        release();
        if (closeToken != NONE) {
            long token = closeToken;
            closeToken = NONE;
            driver.closed(this, token);
        }
    }

    static void closeQuietly(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is gone all the same; there is nobody to tell.
        }
    }
}
