package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Overlapped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Routines run in the alertable wait of their proactor's thread only, one after the other. */
class RoutineTest {

    @Conformance
    void aRoutineNeverRunsInsideAStart(Bench b) {
        var pair = b.pair();
        b.write(pair.near(), "there already");
        boolean[] starting = {true};
        List<Boolean> ranInStart = new ArrayList<>();
        Overlapped receive =
                new Overlapped(
                        o -> {
                            ranInStart.add(starting[0]);
                            o.buffer().close();
                        });
        pair.far().receive(receive);
        b.server.post(new Overlapped(_ -> ranInStart.add(starting[0])));
        b.server.timer(new Overlapped(_ -> ranInStart.add(starting[0])), Duration.ZERO);
        starting[0] = false;
        b.until(() -> ranInStart.size() == 3);
        assertEquals(List.of(false, false, false), ranInStart);
    }

    @Conformance
    void routinesNeverRunOnTopOfOneAnother(Bench b) {
        int[] depth = new int[1];
        int[] count = new int[1];
        List<Overlapped> blocks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            blocks.add(
                    new Overlapped(
                            o -> {
                                assertEquals(0, depth[0]++);
                                if (++count[0] < 200) {
                                    b.server.post(o);
                                }
                                depth[0]--;
                            }));
        }
        blocks.forEach(b.server::post);
        b.until(() -> blocks.stream().noneMatch(Overlapped::isPending));
        assertTrue(count[0] >= 200);
    }

    @Conformance
    void routinesRunOnTheProactorsThread(Bench b) {
        Thread[] ran = new Thread[1];
        b.ok(b.server.post(new Overlapped(_ -> ran[0] = Thread.currentThread())));
        assertSame(Thread.currentThread(), ran[0]);
    }

    @Conformance
    void noRoutineRunsWithoutAnAlertableWait(Bench b) {
        boolean[] ran = new boolean[1];
        Overlapped post = b.server.post(new Overlapped(_ -> ran[0] = true));
        long until = System.nanoTime() + 5_000_000;
        while (System.nanoTime() < until) {
            assertFalse(ran[0]);
        }
        b.ok(post);
        assertTrue(ran[0]);
    }

    @Conformance
    void oneWaitDeliversAllThatWasReadyWhenDeliveryBegan(Bench b) {
        List<Integer> ran = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            b.server.post(new Overlapped(_ -> ran.add(number)));
        }
        assertEquals(50, b.server.poll());
        assertEquals(50, ran.size());
    }

    @Conformance
    void aRoutineThatKeepsPostingDoesNotKeepTheWaitFromReturning(Bench b) {
        int[] count = new int[1];
        Overlapped[] stopped = new Overlapped[1];
        Overlapped forever =
                new Overlapped(
                        o -> {
                            count[0]++;
                            if (stopped[0] == null) {
                                b.server.post(o);
                            }
                        });
        b.server.post(forever);
        assertEquals(1, b.server.poll());
        assertEquals(1, b.server.poll());
        assertEquals(2, count[0]);
        var pair = b.pair();
        b.write(pair.near(), "x");
        b.read(pair.far(), 1);
        forever.cancel();
        b.server.post(new Overlapped(o -> stopped[0] = o));
        b.until(() -> stopped[0] != null);
    }

    @Conformance
    void aRoutineMayNotWait(Bench b) {
        List<Throwable> thrown = new ArrayList<>();
        Overlapped never = b.server.timer(new Overlapped(), Duration.ofHours(1));
        b.ok(
                b.server.post(
                        new Overlapped(
                                _ -> {
                                    thrown.add(
                                            assertThrows(
                                                    IllegalStateException.class,
                                                    () -> b.server.alertableWait(Duration.ZERO)));
                                    thrown.add(
                                            assertThrows(
                                                    IllegalStateException.class, never::await));
                                    thrown.add(
                                            assertThrows(
                                                    IllegalStateException.class, b.server::close));
                                })));
        assertEquals(3, thrown.size());
        never.cancel();
    }

    @Conformance
    void aRoutineMayCloseItsStream(Bench b) {
        var pair = b.pair();
        boolean[] closed = new boolean[1];
        pair.far()
                .receive(
                        new Overlapped(
                                o -> {
                                    o.buffer().close();
                                    o.stream().close();
                                    closed[0] = true;
                                }));
        b.write(pair.near(), "bye");
        b.until(() -> closed[0]);
        b.readEnd(pair.near());
    }

    @Conformance
    void aRoutineMayStartMoreThanTheQueuesHold(Bench b) {
        var pair = b.pair();
        int[] done = new int[1];
        var buffer = b.filled(pair.near(), "12345678");
        b.ok(
                b.server.post(
                        new Overlapped(
                                _ -> {
                                    for (int i = 0; i < 500; i++) {
                                        pair.near().send(new Overlapped(_ -> done[0]++), buffer);
                                    }
                                })));
        b.read(pair.far(), 4000);
        b.until(() -> done[0] == 500);
    }
}
