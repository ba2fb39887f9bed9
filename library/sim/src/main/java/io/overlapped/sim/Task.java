package io.overlapped.sim;

/** Something that happens once and has no state of its own. */
final class Task extends Event {
    private final int subject;
    private final Runnable work;

    Task(Type type, int subject, Runnable work) {
        super(type);
        this.subject = subject;
        this.work = work;
    }

    @Override
    int subject() {
        return subject;
    }

    @Override
    void happen() {
        work.run();
    }
}
