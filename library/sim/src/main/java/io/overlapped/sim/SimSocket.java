package io.overlapped.sim;

import io.overlapped.StreamOption;
import io.overlapped.spi.Errno;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A socket of a host's kernel, which a driver's descriptor stands for. */
@SuppressWarnings("EnumOrdinal") // an index into an array of this process
abstract sealed class SimSocket permits SimListener, SimStream {
    /** No operation. */
    static final long NONE = -1;

    // As Linux does with the sizes that it comes with: twice what is asked for, within bounds.
    private static final int SET_BYTES_MAX = 212_992;
    private static final int SEND_BYTES_MIN = 4608;
    private static final int RECEIVE_BYTES_MIN = 2304;

    private static final int[] DEFAULTS = new int[StreamOption.values().length];

    static {
        DEFAULTS[StreamOption.NO_DELAY.ordinal()] = 1;
        DEFAULTS[StreamOption.SEND_BUFFER_BYTES.ordinal()] = 212_992;
        DEFAULTS[StreamOption.RECEIVE_BUFFER_BYTES.ordinal()] = 212_992;
        DEFAULTS[StreamOption.LINGER_SECONDS.ordinal()] = -1;
    }

    private final Host host;
    private final int number;
    private int[] options = DEFAULTS;
    int descriptor = -1;

    SimSocket(Host host) {
        this.host = host;
        number = host.world().nextNumber();
    }

    final Host host() {
        return host;
    }

    final World world() {
        return host.world();
    }

    /** Its number in the trace. */
    final int number() {
        return number;
    }

    final int set(StreamOption option, int value) {
        if (value < 0 && option != StreamOption.LINGER_SECONDS) {
            return -Errno.EINVAL;
        }
        int[] changed = options.clone();
        changed[option.ordinal()] =
                switch (option) {
                    case SEND_BUFFER_BYTES ->
                            Math.max(SEND_BYTES_MIN, 2 * Math.min(value, SET_BYTES_MAX));
                    case RECEIVE_BUFFER_BYTES ->
                            Math.max(RECEIVE_BYTES_MIN, 2 * Math.min(value, SET_BYTES_MAX));
                    default -> value;
                };
        options = changed;
        return 0;
    }

    final int get(StreamOption option) {
        return options[option.ordinal()];
    }

    final void inherit(SimSocket listener) {
        options = listener.options;
    }

    /** Tells the trace how an operation ended. */
    final void ended(String operation, int result) {
        if (world().trace().isRead()) {
            world().trace()
                    .line(
                            world().nanoTime(),
                            host.name(),
                            "#" + number + " " + operation + " → " + result);
        }
    }

    abstract @Nullable InetSocketAddress localAddress();

    abstract @Nullable InetSocketAddress remoteAddress();

    /** Whether it has the operation of this token, and not yet its end. */
    abstract boolean has(long token);

    abstract boolean isIdle();

    abstract void cancel(long token);

    /** Its program has closed it, or is no more. */
    abstract void close(boolean abortive);
}
