package io.overlapped.sim;

/** Something that will happen at a moment of the world's time, once; it can be scheduled again. */
abstract class Event {
    static final int NOT_SCHEDULED = -1;

    /** What happens, for the trace. */
    enum Type {
        BOOT,
        RUN,
        ARRIVAL,
        SEND,
        RECEIVE,
        ACCEPT,
        CONNECT,
        CLOSE,
        CANCEL,
        STALE,
        RESET,
        FAULT,
        TASK
    }

    private final Type type;

    // The agenda's.
    long atNanos;
    long sequence;
    int index = NOT_SCHEDULED;

    Event(Type type) {
        this.type = type;
    }

    final Type type() {
        return type;
    }

    final boolean isScheduled() {
        return index != NOT_SCHEDULED;
    }

    /** What it concerns, for the trace: a host's or a socket's number. */
    abstract int subject();

    abstract void happen();

    /** For the trace; empty if what it leads to says enough. */
    String describe() {
        return "";
    }
}
