package io.overlapped.nio;

import io.overlapped.StreamOption;
import io.overlapped.spi.Errno;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;

/**
 * Options of the library as options of a channel.
 *
 * <p>Listeners lack some that streams have; what is set there for the streams to inherit is kept by
 * {@link NioListener} and passed on.
 *
 * <p>Threads: any.
 */
final class StreamOptions {
    // Linux doubles buffer sizes for its own overhead, and the JDK halves what it reads there.
    private static final int KERNEL_SHARE = System.getProperty("os.name").equals("Linux") ? 2 : 1;

    private StreamOptions() {}

    static int set(NetworkChannel channel, StreamOption option, int value) {
        try {
            switch (option) {
                case NO_DELAY -> put(channel, StandardSocketOptions.TCP_NODELAY, value != 0);
                case KEEP_ALIVE -> put(channel, StandardSocketOptions.SO_KEEPALIVE, value != 0);
                case REUSE_ADDRESS -> put(channel, StandardSocketOptions.SO_REUSEADDR, value != 0);
                case SEND_BUFFER_BYTES -> put(channel, StandardSocketOptions.SO_SNDBUF, value);
                case RECEIVE_BUFFER_BYTES -> put(channel, StandardSocketOptions.SO_RCVBUF, value);
                case LINGER_SECONDS, USER_TIMEOUT_MILLIS -> {
                    return -Errno.ENOPROTOOPT;
                }
            }
            return 0;
        } catch (IOException | RuntimeException e) {
            return -SocketErrors.errno(e, SocketErrors.Call.OPTION);
        }
    }

    static int get(NetworkChannel channel, StreamOption option) {
        try {
            return switch (option) {
                case NO_DELAY -> number(channel.getOption(StandardSocketOptions.TCP_NODELAY));
                case KEEP_ALIVE -> number(channel.getOption(StandardSocketOptions.SO_KEEPALIVE));
                case REUSE_ADDRESS -> number(channel.getOption(StandardSocketOptions.SO_REUSEADDR));
                case SEND_BUFFER_BYTES ->
                        KERNEL_SHARE * channel.getOption(StandardSocketOptions.SO_SNDBUF);
                case RECEIVE_BUFFER_BYTES ->
                        KERNEL_SHARE * channel.getOption(StandardSocketOptions.SO_RCVBUF);
                case LINGER_SECONDS, USER_TIMEOUT_MILLIS -> -Errno.ENOPROTOOPT;
            };
        } catch (IOException | RuntimeException e) {
            return -SocketErrors.errno(e, SocketErrors.Call.OPTION);
        }
    }

    private static <T> void put(NetworkChannel channel, SocketOption<T> option, T value)
            throws IOException {
        NetworkChannel _ = channel.setOption(option, value);
    }

    private static int number(boolean on) {
        return on ? 1 : 0;
    }
}
