package io.overlapped.lab.model;

/**
 * Is told, step by step, what a model does, as it does it.
 *
 * <p>Threads: the model's own, several at once where it has several.
 */
@FunctionalInterface
public interface Watch {
    /** Looks away. */
    Watch NONE = (_, _, _) -> {};

    // Of every model.
    String ACCEPTED = "accepted";
    String ENDED = "ended";

    // Of those that read by themselves: polling, blocking, reactors.
    /** A read was tried and found nothing: the model asks again. */
    String NOTHING = "nothing";

    /** The thread waits in a read. */
    String BLOCKED = "blocked";

    /** Told that a read would not wait. */
    String READY = "ready";

    String READ = "read";
    String WRITTEN = "written";

    /** Not everything could be written; the rest waits for room. */
    String FULL = "full";

    /** Told that there is room to write. */
    String WRITABLE = "writable";

    /** Back to wait for the next readiness. */
    String AGAIN = "again";

    /** The system has posted a message to the queue of the handler. */
    String POSTED = "posted";

    /** The system has set an event. */
    String SIGNALLED = "signalled";

    // Of proactors.
    /** A read or a write was started. */
    String SUBMITTED = "submitted";

    /** It goes on without the program. */
    String PENDING = "pending";

    /** It is over, its bytes are where they belong. */
    String COMPLETED = "completed";

    /** Its completion routine begins. */
    String ROUTINE = "routine";

    /** Its completion was taken from the port. */
    String DEQUEUED = "dequeued";

    /**
     * A step.
     *
     * @param what one of the words above
     * @param connection its number, the first being 1
     * @param detail more, such as {@code receive} or {@code 42 bytes}; may be empty
     */
    void step(String what, long connection, String detail);
}
