package io.overlapped.sim;

/**
 * One thing that goes wrong once, in a world without other faults: for going through all that can
 * fail in a scenario, one after the other.
 *
 * @param kind what goes wrong
 * @param errno with which error, for {@link Kind#ERROR}; see {@link io.overlapped.spi.Errno}
 * @param index which of them, from 0, as {@link World#opportunities} counts
 *     <p>Threads: a value.
 */
public record SingleFault(Kind kind, int errno, long index) {
    /** What can go wrong once. */
    public enum Kind {
        /** An operation that would succeed ends with an error. */
        ERROR,
        /** A transfer moves one byte only. */
        SHORT,
        /** An operation is cancelled though nobody asked. */
        CANCELED,
        /** An operation ends 50 ms later. */
        LATE,
        /** A free buffer cannot be had. */
        BUFFER,
        /** A routine throws before it does anything. */
        ROUTINE;

        /** What is counted to find the one it happens to. */
        public Opportunity opportunity() {
            return switch (this) {
                case BUFFER -> Opportunity.BUFFER;
                case ROUTINE -> Opportunity.ROUTINE;
                default -> Opportunity.COMPLETION;
            };
        }
    }

    /** Where something can go wrong. */
    public enum Opportunity {
        COMPLETION,
        BUFFER,
        ROUTINE
    }
}
