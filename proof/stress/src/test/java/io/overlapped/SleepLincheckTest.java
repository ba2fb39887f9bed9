package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Falling asleep and being woken: a start from another thread pushes and then looks whether the
 * proactor waits; the proactor says that it waits and then looks at its inbox.
 */
class SleepLincheckTest {
    private static final Options OPTIONS = Options.defaults().withBuffers(1, 64, 1);

    @Test
    void noStartOfAnotherThreadIsSleptOver() {
        Checks.requireAlways(
                () -> {
                    Proactor proactor = Checks.shared(Proactor.open(new SleepingDriver(), OPTIONS));
                    AtomicInteger ran = new AtomicInteger();
                    Thread other =
                            new Thread(
                                    () ->
                                            proactor.post(
                                                    new Overlapped(_ -> ran.incrementAndGet())));
                    other.start();
                    while (ran.get() < 1) {
                        proactor.alertableWait();
                    }
                    join(other);
                    proactor.close();
                    assertEquals(1, ran.get());
                });
    }

    @Test
    void aStopIsNotSleptOver() {
        Checks.requireAlways(
                () -> {
                    Proactor proactor = Checks.shared(Proactor.open(new SleepingDriver(), OPTIONS));
                    Thread other = new Thread(proactor::stop);
                    other.start();
                    proactor.run();
                    join(other);
                    proactor.close();
                });
    }

    @Test
    void aStartThatMeetsTheCloseCompletesAllTheSame() {
        Checks.requireAlways(
                () -> {
                    Proactor proactor = Checks.shared(Proactor.open(new SleepingDriver(), OPTIONS));
                    // An event: a routine would run on a thread that outlives what is explored.
                    Overlapped o = Checks.shared(new Overlapped());
                    Thread other = new Thread(() -> proactor.post(o));
                    other.start();
                    proactor.close();
                    join(other);
                    assertFalse(o.isPending());
                    assertTrue(o.status() == Status.OK || o.status() == Status.CLOSED);
                });
    }

    @Test
    void anAwaitOfAnotherThreadEnds() {
        Checks.requireAlways(
                () -> {
                    Proactor proactor = Checks.shared(Proactor.open(new SleepingDriver(), OPTIONS));
                    Overlapped o = Checks.shared(new Overlapped());
                    proactor.post(o);
                    Thread first = new Thread(o::await);
                    Thread second = new Thread(o::await);
                    first.start();
                    second.start();
                    while (o.isPending()) {
                        proactor.alertableWait();
                    }
                    join(first);
                    join(second);
                    proactor.close();
                });
    }

    @Test
    void aTwinThatLooksBeforeItSaysThatItWaitsIsFound() {
        Checks.requireNotAlways(() -> postAndWait(new Twin(false, true)));
    }

    @Test
    void aTwinThatLooksBeforeItPushesIsFound() {
        Checks.requireNotAlways(() -> postAndWait(new Twin(true, false)));
    }

    @Test
    void theTwinWithoutAFaultIsNot() {
        Checks.requireAlways(() -> postAndWait(new Twin(true, true)));
    }

    private static void postAndWait(Twin fresh) {
        Twin twin = Checks.shared(fresh);
        Thread other = new Thread(() -> twin.post(new Overlapped()));
        other.start();
        while (twin.taken == 0) {
            twin.pass();
        }
        join(other);
        assertTrue(twin.inbox.isEmpty());
    }

    /** What {@code Proactor.start} and {@code Proactor.pass} do, with their order to choose. */
    private static final class Twin {
        final Inbox inbox = new Inbox();
        private final SleepingDriver driver = new SleepingDriver();
        private final boolean saysFirst;
        private final boolean pushesFirst;
        private volatile boolean waiting;
        int taken;

        Twin(boolean saysFirst, boolean pushesFirst) {
            this.saysFirst = saysFirst;
            this.pushesFirst = pushesFirst;
        }

        void post(Overlapped o) {
            boolean waits = waiting;
            boolean _ = inbox.push(o);
            if (pushesFirst) {
                waits = waiting;
            }
            if (waits) {
                driver.wake();
            }
        }

        void pass() {
            boolean empty = inbox.isEmpty();
            waiting = true;
            if (saysFirst) {
                empty = inbox.isEmpty();
            }
            int _ = driver.drive(empty ? Long.MAX_VALUE : 0, (_, _, _) -> {});
            waiting = false;
            for (Overlapped o = inbox.takeAll(); o != null; o = o.next) {
                taken++;
            }
        }
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
