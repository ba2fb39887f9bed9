package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.BufferPool;
import io.overlapped.CompletionPort;
import io.overlapped.IoBuffer;
import io.overlapped.Operation;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Waiting for a free buffer is an operation like others, and fair. */
class TakesTest {
    private static Proactor small(Bench b, int buffers) {
        return b.open(b.options().withBuffers(buffers, 256, 2));
    }

    /** Every buffer that is free once reception has its share. */
    private static Deque<IoBuffer> takeAll(Bench b, Proactor proactor) {
        b.ok(proactor.post(new Overlapped()));
        Deque<IoBuffer> all = new ArrayDeque<>();
        for (IoBuffer one = proactor.buffers().tryTake();
                one != null;
                one = proactor.buffers().tryTake()) {
            all.add(one);
        }
        return all;
    }

    private static void closeAll(Deque<IoBuffer> buffers) {
        buffers.forEach(IoBuffer::close);
    }

    @Conformance
    void aTakeOfAFreeBufferCompletesWithIt(Bench b) {
        Overlapped take = b.server.buffers().take(new Overlapped());
        assertTrue(take.isPending(), "a completion inside the start");
        b.ok(take);
        assertEquals(Operation.TAKE, take.operation());
        assertEquals(0, take.bytes());
        IoBuffer buffer = take.buffer();
        assertFalse(buffer.isLent());
        assertEquals(0, buffer.readable());
        buffer.append("usable").close();
    }

    @Conformance
    void takesWaitForFreeBuffersAndGetThemInOrder(Bench b) {
        Proactor small = small(b, 4);
        BufferPool pool = small.buffers();
        Deque<IoBuffer> held = takeAll(b, small);
        List<Overlapped> order = new ArrayList<>();
        List<Overlapped> takes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            takes.add(pool.take(new Overlapped(order::add)));
        }
        b.stillPending(takes.getFirst());
        assertEquals(List.of(), order);
        for (int i = 0; i < 4; i++) {
            int count = i + 1;
            held.removeFirst().close();
            b.until(() -> order.size() == count);
            assertEquals(takes.subList(0, count), order);
            held.addLast(takes.get(i).buffer());
        }
        closeAll(held);
    }

    @Conformance
    void aTakeIsTakenOutOfAPort(Bench b) {
        Proactor small = small(b, 4);
        Deque<IoBuffer> held = takeAll(b, small);
        try (CompletionPort port = new CompletionPort()) {
            Overlapped take = small.buffers().take(new Overlapped(port, "key"));
            IoBuffer first = held.removeFirst();
            first.close();
            b.until(() -> !take.isPending());
            assertSame(take, port.dequeue());
            assertEquals("key", take.attachment());
            take.buffer().close();
        }
        closeAll(held);
    }

    @Conformance
    void aCancelledTakeGetsNoBufferAndIsPassedOver(Bench b) {
        Proactor small = small(b, 4);
        Deque<IoBuffer> held = takeAll(b, small);
        Overlapped first = small.buffers().take(new Overlapped());
        Overlapped second = small.buffers().take(new Overlapped());
        b.stillPending(first);
        first.cancel();
        b.ended(first, Status.CANCELED);
        assertFalse(first.hasBuffer());
        held.removeFirst().close();
        b.ok(second).buffer().close();
        closeAll(held);
    }

    @Conformance
    void aTakeThatIsStartedAgainStandsAtTheEnd(Bench b) {
        Proactor small = small(b, 4);
        Deque<IoBuffer> held = takeAll(b, small);
        List<String> order = new ArrayList<>();
        Overlapped again =
                new Overlapped(
                        done -> {
                            order.add("again");
                            held.add(done.buffer());
                            if (order.size() == 1) {
                                small.buffers().take(done);
                            }
                        });
        small.buffers().take(again);
        Overlapped other =
                new Overlapped(
                        done -> {
                            order.add("other");
                            held.add(done.buffer());
                        });
        small.buffers().take(other);
        for (int i = 1; i <= 3; i++) {
            int count = i;
            held.removeFirst().close();
            b.until(() -> order.size() == count);
        }
        assertEquals(List.of("again", "other", "again"), order);
        closeAll(held);
    }

    @Conformance
    void theCloseOfItsProactorEndsATake(Bench b) {
        b.expectLog(); // It tells of the two that are held.
        Proactor proactor = b.openAlone(b.options().withBuffers(4, 256, 2));
        proactor.poll();
        Deque<IoBuffer> held =
                new ArrayDeque<>(List.of(proactor.buffers().take(), proactor.buffers().take()));
        List<Status> ends = new ArrayList<>();
        Overlapped take =
                new Overlapped(
                        done -> {
                            ends.add(done.status());
                            assertFalse(done.hasBuffer());
                            if (ends.size() == 1) {
                                proactor.buffers().take(done);
                            }
                        });
        proactor.buffers().take(take);
        Overlapped event = proactor.buffers().take(new Overlapped());
        proactor.poll();
        assertTrue(event.isPending());
        proactor.close();
        assertEquals(List.of(Status.CANCELED, Status.CLOSED), ends);
        assertEquals(Status.CANCELED, event.status());
        closeAll(held);
    }

    /** Reception and takes both want more than there is. */
    @Conformance
    void neitherReceptionNorTakesStarveTheOther(Bench b) {
        Proactor small = small(b, 4);
        TcpListener listener = small.listen(Bench.ANY_PORT);
        Overlapped accept = listener.accept(new Overlapped());
        TcpStream near = b.ok(b.client.connect(new Overlapped(), listener.address())).stream();
        TcpStream far = b.ok(accept).stream();
        Deque<IoBuffer> held = takeAll(b, small);
        int[] counts = new int[2];
        int[] ofTheOther = {-1, -1};
        Overlapped receive =
                new Overlapped(
                        done -> {
                            if (done.status() == Status.OK && done.hasBuffer()) {
                                if (counts[1]++ == 40) {
                                    ofTheOther[1] = counts[0];
                                }
                                held.add(done.buffer());
                                far.receive(done);
                            }
                        });
        far.receive(receive);
        b.write(near, b.bytes(256 * 64));
        // The bytes are there; a system that has yet to bring them would let takes go ahead.
        b.until(
                () -> {
                    if (!held.isEmpty()) {
                        held.removeFirst().close();
                    }
                    return counts[1] >= 1;
                });
        for (int i = 0; i < 8; i++) {
            small.buffers()
                    .take(
                            new Overlapped(
                                    done -> {
                                        if (counts[0]++ == 40) {
                                            ofTheOther[0] = counts[1];
                                        }
                                        held.add(done.buffer());
                                        if (counts[0] < 100) {
                                            small.buffers().take(done);
                                        }
                                    }));
        }
        b.until(
                () -> {
                    if (!held.isEmpty()) {
                        held.removeFirst().close();
                    }
                    return counts[0] >= 50 && counts[1] >= 50;
                });
        assertTrue(ofTheOther[0] >= 5, () -> ofTheOther[0] + " receives beside 40 takes");
        assertTrue(ofTheOther[1] >= 5, () -> ofTheOther[1] + " takes beside 40 receives");
        b.until(
                () -> {
                    if (!held.isEmpty()) {
                        held.removeFirst().close();
                    }
                    return counts[0] >= 107 && held.isEmpty();
                });
        b.ok(far.close(new Overlapped()));
        closeAll(held);
    }
}
