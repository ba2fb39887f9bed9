package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.overlapped.spi.Probe;
import org.junit.jupiter.api.Test;

/**
 * Waiting for an operation: a waiter enlists and then looks whether it is pending; its completion
 * ends it and then wakes those enlisted. So nobody parks who is not woken.
 */
class WaitersLincheckTest {

    @Test
    void whoSeesItPendingAfterEnlistingIsWoken() {
        Checks.requireAlways(() -> enlistAndComplete(true));
    }

    @Test
    void aTwinThatLooksBeforeItEnlistsIsFound() {
        Checks.requireNotAlways(() -> enlistAndComplete(false));
    }

    @Test
    void twoWaitersAreBothListed() {
        Checks.requireAlways(
                () -> {
                    Overlapped o = Checks.shared(new Overlapped());
                    Thread first = new Thread(() -> enlist(o, "first"));
                    first.start();
                    enlist(o, "second");
                    SleepLincheckTest.join(first);
                    assertFalse(chain(o).size() != 2);
                });
    }

    @Test
    void aTwinThatEnlistsBlindlyIsFound() {
        Checks.requireNotAlways(
                () -> {
                    BlindList list = Checks.shared(new BlindList());
                    Thread first = new Thread(() -> list.enlist("first"));
                    first.start();
                    list.enlist("second");
                    SleepLincheckTest.join(first);
                    assertFalse(list.listed.size() != 2);
                });
    }

    private static void enlistAndComplete(boolean enlistsFirst) {
        Overlapped o = Checks.shared(new Overlapped());
        o.begin(Operation.POST, null, null);
        boolean[] parks = new boolean[1];
        Thread waiter =
                new Thread(
                        () -> {
                            boolean pending = o.isPending();
                            enlist(o, "waiter");
                            parks[0] = enlistsFirst ? o.isPending() : pending;
                        });
        waiter.start();
        o.deliver(Probe.NONE);
        SleepLincheckTest.join(waiter);
        boolean isStillListed = o.waiters() != null;
        assertFalse(parks[0] && isStillListed, "it parks and nobody wakes it");
    }

    /** As the waiters' own does, with names instead of threads. */
    private static void enlist(Overlapped o, String name) {
        while (true) {
            Object listed = o.waiters();
            if (o.setWaiters(listed, listed == null ? name : listed + " " + name)) {
                return;
            }
        }
    }

    private static java.util.List<String> chain(Overlapped o) {
        return java.util.List.of(String.valueOf(o.waiters()).split(" ", -1));
    }

    private static final class BlindList {
        volatile java.util.List<String> listed = java.util.List.of();

        void enlist(String name) {
            java.util.ArrayList<String> more = new java.util.ArrayList<>(listed);
            more.add(name);
            listed = more;
        }
    }
}
