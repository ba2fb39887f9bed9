package io.overlapped;

/**
 * Threads that the library starts. One takes nothing over from whoever happens to start it: not
 * whether it is a daemon, nor its priority, group, class loader or inheritable variables.
 */
final class LibraryThread {
    private LibraryThread() {}

    /** Not started yet. */
    @SuppressWarnings("ThreadPriorityCheck") // the priority everybody has, whoever starts it
    static Thread of(String name, boolean daemon, Runnable work) {
        Thread thread =
                Thread.ofPlatform()
                        .group(topGroup())
                        .name(name)
                        .daemon(daemon)
                        .priority(Thread.NORM_PRIORITY)
                        .inheritInheritableThreadLocals(false)
                        .unstarted(work);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        return thread;
    }

    /** A group may limit the priority of its threads; a virtual thread's group is its own kind. */
    private static ThreadGroup topGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        for (ThreadGroup parent = group; parent != null; parent = parent.getParent()) {
            group = parent;
        }
        return group;
    }
}
