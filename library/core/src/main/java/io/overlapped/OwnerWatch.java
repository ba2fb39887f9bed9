package io.overlapped;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds proactors whose thread has ended without closing them, so that nobody waits for ever for
 * what they will not complete. Looks twice a second while there is any that a program drives.
 *
 * <p>Threads: any.
 */
final class OwnerWatch {
    private static final long LOOK_MILLIS = 500;

    private static final Object LOCK = new Object();
    private static final Set<Proactor> OPEN = new LinkedHashSet<>();
    private static @Nullable Thread watcher;

    private OwnerWatch() {}

    static void add(Proactor proactor) {
        synchronized (LOCK) {
            OPEN.add(proactor);
            if (watcher == null) {
                watcher = LibraryThread.of("overlapped-watch", true, OwnerWatch::watch);
                watcher.start();
            }
        }
    }

    static void remove(Proactor proactor) {
        synchronized (LOCK) {
            if (OPEN.remove(proactor) && OPEN.isEmpty()) {
                LOCK.notifyAll();
            }
        }
    }

    private static void watch() {
        for (List<Proactor> open = next(); !open.isEmpty(); open = next()) {
            open.forEach(Proactor::lookForOwner);
        }
    }

    /** Those that are open after a while; none for the end of this thread. */
    @SuppressWarnings("WaitNotInLoop") // its caller loops, and may look too early
    private static List<Proactor> next() {
        synchronized (LOCK) {
            try {
                LOCK.wait(LOOK_MILLIS);
            } catch (InterruptedException e) {
                // Whoever can interrupt a thread of the library's has no business here.
            }
            if (OPEN.isEmpty()) {
                watcher = null;
            }
            return List.copyOf(OPEN);
        }
    }
}
