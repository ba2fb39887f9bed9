package io.overlapped.sim;

/**
 * One kind of bad thing. Most strike at an opportunity, with a probability; those of {@link
 * #isTimed} strike a host by the hour.
 *
 * <p>Threads: a value.
 */
public enum Fault {
    /** A send takes fewer bytes than it was given. */
    SHORT_SEND(0.6),
    /** A receive brings fewer bytes than are there. */
    SHORT_RECEIVE(0.6),
    /** What was sent at once arrives in two parts. */
    SPLIT(0.6),
    /** What was sent in two parts arrives at once. */
    MERGE(0.6),
    /** A segment is on its way for up to 50 ms longer, so that other connections overtake it. */
    DELAY(0.5),
    /** A segment is lost and sent again, 200 ms later or more. */
    LOSS(0.05),
    /** One direction of a connection stands still for up to 5 s. */
    CLOG(0.004),
    /** A connection is reset at both ends, at any byte. */
    RESET(0.002),
    /** One direction of a connection ends, at any byte; what follows is answered by a reset. */
    HALF_CLOSE(0.001),
    /** A connect is refused although somebody listens. */
    REFUSED(0.3),
    /** A connect is never answered. */
    TIMED_OUT(0.1),
    /** A connection ends between its arrival and its accept. */
    ABORTED(0.1),
    /** No descriptor is left for an accept or a new socket. */
    DESCRIPTORS(0.3),
    /** The kernel has no memory for an operation: ENOBUFS or ENOMEM. */
    MEMORY(0.0005),
    /** A completion is reported a pass or more after it happened. */
    LATE(0.5),
    /** Completions that are ready together are reported in another order. */
    SHUFFLE(0.7),
    /** A completion of an operation that is over is reported once more. */
    STALE(0.05),
    /** A cancel comes too late: the operation goes on for a while. */
    CANCEL_LOST(0.5),
    /** A buffer that is free cannot be had. */
    BUFFER_REFUSED(0.3),
    /** A handler throws, where it asks with {@link World#mayThrow}. */
    HANDLER(0.002),
    /** A host stands still for up to 10 s, as in a long pause for garbage. */
    PAUSE(600),
    /** A host dies, with its process or its machine, and comes back within a minute. */
    CRASH(120),
    /** A host cannot reach another for up to a minute, in one direction or both. */
    PARTITION(240),
    /** A host's clock jumps ahead by up to a minute. */
    CLOCK_JUMP(240);

    private final double swarmMost;

    Fault(double swarmMost) {
        this.swarmMost = swarmMost;
    }

    /** Whether its rate is so many times an hour and host, and not a probability. */
    public boolean isTimed() {
        return compareTo(PAUSE) >= 0;
    }

    /** The greatest rate a swarm draws. */
    double swarmMost() {
        return swarmMost;
    }
}
