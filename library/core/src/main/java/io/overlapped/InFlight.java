package io.overlapped;

import java.util.List;
import java.util.Locale;

/**
 * One operation that has been started and not yet delivered, as it was when {@link
 * Proactor#inFlight} looked.
 *
 * @param operation its kind
 * @param socket {@link TcpStream#number} of its stream or listener; −1 if it has none yet or none
 *     at all
 * @param state where it is
 * @param ageNanos since its start; −1 if that was not recorded, see {@link Options.Diagnosis#timed}
 * @param bytes while it is pending what a send was started with or a receive's own buffers have
 *     room for, 0 for a receive that chooses its buffer; once it has completed what it transferred
 * @param canceling whether its early end was asked for
 *     <p>Threads: a value.
 */
public record InFlight(
        Operation operation,
        int socket,
        State state,
        long ageNanos,
        long bytes,
        boolean canceling) {

    /** Where an operation is between its start and its delivery. */
    public enum State {
        /** Started by another thread; the proactor has not seen it yet. */
        INBOX,
        /** A timer that has not come due. */
        TIMER,
        /** A take that waits for a free buffer. */
        POOL,
        /** Behind others of its kind on its socket, or a close that waits for them to end. */
        QUEUED,
        /** Kept back: the driver has {@link Options.Operations#max}, or no descriptor is left. */
        HELD,
        /** The driver has it. */
        DRIVER,
        /** Completed; its proactor delivers it in its next pass, or in this one. */
        READY,
        /** Completed, and in its completion port until somebody dequeues it. */
        PORT;

        static State of(Overlapped.Place place) {
            return switch (place) {
                case INBOX -> INBOX;
                case TIMERS -> TIMER;
                case POOL -> POOL;
                case QUEUED -> QUEUED;
                case HELD -> HELD;
                case DRIVER -> DRIVER;
                case READY -> READY;
            };
        }
    }

    private static final double NANOS_PER_MILLI = 1e6;

    /** The operations as text, one a line, under a heading. */
    public static String table(List<InFlight> operations) {
        StringBuilder text =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "%-9s %7s  %-6s %14s %10s%n",
                                "operation",
                                "socket",
                                "state",
                                "age (ms)",
                                "bytes"));
        for (InFlight each : operations) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-9s %7s  %-6s %14s %10d%s%n",
                            each.operation,
                            each.socket < 0 ? "-" : each.socket,
                            each.state,
                            each.age(),
                            each.bytes,
                            each.canceling ? "  canceling" : ""));
        }
        return text.append(operations.size()).append(" in flight").toString();
    }

    private String age() {
        return ageNanos < 0 ? "-" : String.format(Locale.ROOT, "%,.3f", ageNanos / NANOS_PER_MILLI);
    }
}
