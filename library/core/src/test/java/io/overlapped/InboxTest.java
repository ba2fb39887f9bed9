package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {

    @Test
    void whatOneThreadPushesKeepsItsOrder() {
        Inbox inbox = new Inbox();
        List<Overlapped> pushed = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Overlapped o = new Overlapped();
            pushed.add(o);
            assertTrue(inbox.push(o));
        }
        Overlapped at = inbox.takeAll();
        for (Overlapped expected : pushed) {
            assertSame(expected, at);
            at = at.next;
        }
        assertNull(at);
        assertTrue(inbox.isEmpty());
    }

    @Test
    void nothingIsPushedAfterItIsClosed() {
        Inbox inbox = new Inbox();
        Overlapped before = new Overlapped();
        inbox.push(before);
        assertSame(before, inbox.close());
        assertFalse(inbox.push(new Overlapped()));
        assertNull(inbox.takeAll());
        assertNull(inbox.close());
    }

    @Test
    void everyPushOfManyThreadsIsTakenExactlyOnceAndInItsThreadsOrder() throws Exception {
        Inbox inbox = new Inbox();
        int threads = 4;
        int each = 20_000;
        List<Thread> pushers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int number = t;
            pushers.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int i = 0; i < each; i++) {
                                            Overlapped o = new Overlapped();
                                            o.token = number;
                                            o.deadlineNanos = i;
                                            inbox.push(o);
                                        }
                                    }));
        }
        long[] next = new long[threads];
        int taken = 0;
        while (taken < threads * each) {
            for (Overlapped o = inbox.takeAll(); o != null; o = o.next) {
                assertEquals(next[(int) o.token]++, o.deadlineNanos);
                taken++;
            }
            Thread.onSpinWait();
        }
        for (Thread pusher : pushers) {
            pusher.join();
        }
        assertTrue(inbox.isEmpty());
    }
}
