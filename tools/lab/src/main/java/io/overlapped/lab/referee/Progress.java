package io.overlapped.lab.referee;

/**
 * Told what is about to be measured, and what came of it.
 *
 * <p>Threads: the referee's.
 */
public interface Progress {
    /** Says nothing. */
    Progress NONE = new Progress() {};

    /** A row begins; {@code done} of {@code all} are over. */
    default void begins(String model, Row row, int done, int all) {}

    /** A row is over. */
    default void ended(String model, RowResult result) {}
}
