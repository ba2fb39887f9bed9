package io.overlapped;

/**
 * The operations of one kind on one endpoint, in the order of their starts: the driver has the
 * first, or will as soon as it may; the rest stands in line behind it.
 */
final class Lane extends OpQueue {
    private boolean launched;

    /** Whether the first is the driver's, or waits for its turn to be. */
    boolean isLaunched() {
        return launched;
    }

    /** Whether the first is to be launched. */
    boolean isWaiting() {
        return !launched && !isEmpty();
    }

    void launch() {
        assert isWaiting() : "a lane with nothing to launch, or a second launch";
        launched = true;
    }

    /** The driver has given back what it had, which may stay first in line. */
    void returned() {
        assert launched : "a completion for nothing";
        launched = false;
    }
}
