package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thread that sends by itself, and what the others may do meanwhile. */
class DirectSendTest {
    private final Wire wire = new Wire();
    private final Proactor proactor =
            Proactor.open(wire, Options.defaults().withBuffers(16, 64, 4));
    private final TcpStream stream = connected();

    @AfterEach
    void close() {
        wire.pause.countDown();
        proactor.abandon();
    }

    private TcpStream connected() {
        var connect = new Overlapped();
        proactor.connect(connect, new InetSocketAddress("127.0.0.1", 1));
        proactor.poll();
        return connect.stream();
    }

    private FutureTask<Overlapped> sendElsewhere(String text) {
        FutureTask<Overlapped> task =
                new FutureTask<>(
                        () -> {
                            IoBuffer buffer = proactor.buffers().take().append(text);
                            return stream.send(new Overlapped(), buffer);
                        });
        Thread.ofPlatform().start(task);
        return task;
    }

    private void pollSome() {
        for (int i = 0; i < 4; i++) {
            proactor.poll();
        }
    }

    @Test
    void whatFitsIsSentOnTheSpotAndItsSendHasCompleted() throws Exception {
        wire.fits = 100;
        Overlapped send = sendElsewhere("hello").get();
        assertFalse(send.isPending());
        assertEquals(5, send.await());
        assertEquals(List.of("now hello"), wire.sent);
    }

    @Test
    void theRestOfWhatFitsIsTheProactors() throws Exception {
        wire.fits = 2;
        Overlapped send = sendElsewhere("hello").get();
        assertTrue(send.isPending());
        pollSome();
        assertEquals(5, send.await());
        assertEquals(List.of("now he", "llo"), wire.sent);
    }

    @Test
    void whatOthersStartMeanwhileLeavesBehindTheRest() throws Exception {
        wire.fits = 2;
        wire.pause = new CountDownLatch(1);
        FutureTask<Overlapped> first = sendElsewhere("hello");
        wire.entered.await();
        Overlapped second = sendElsewhere("world").get();
        Overlapped third = new Overlapped();
        stream.send(third, proactor.buffers().take().append("!"));
        pollSome();
        assertEquals(List.of("now he"), wire.sent, "nothing may overtake the rest");
        wire.pause.countDown();
        assertTrue(first.get().isPending());
        pollSome();
        assertEquals("now hello", String.join("", wire.sent).substring(0, 9));
        assertEquals("now helloworld!".length(), String.join("", wire.sent).length());
        assertEquals(5, second.await());
        assertEquals(1, third.await());
    }

    @Test
    void whatOthersStartMeanwhileLeavesThoughNothingIsLeft() throws Exception {
        wire.fits = 100;
        wire.pause = new CountDownLatch(1);
        FutureTask<Overlapped> first = sendElsewhere("hello");
        wire.entered.await();
        Overlapped second = sendElsewhere("world").get();
        pollSome();
        assertTrue(second.isPending());
        wire.pause.countDown();
        assertFalse(first.get().isPending());
        pollSome();
        assertEquals(5, second.await());
        assertEquals(List.of("now hello", "world"), wire.sent);
    }

    @Test
    void aThreadsSecondSendDoesNotOvertakeItsFirst() throws Exception {
        wire.fits = 0;
        Overlapped first = sendElsewhere("one").get();
        wire.fits = 100;
        Overlapped second = sendElsewhere("two").get();
        assertTrue(second.isPending());
        pollSome();
        assertEquals(3, first.await());
        assertEquals(3, second.await());
        assertEquals("onetwo", String.join("", wire.sent));
    }

    @Test
    void aCancelOfWhatLeftInPartCutsTheOutput() throws Exception {
        wire.fits = 2;
        Overlapped send = sendElsewhere("hello").get();
        send.cancel();
        pollSome();
        assertEquals(Status.CANCELED, send.status());
        wire.fits = 100;
        Overlapped next = sendElsewhere("world").get();
        pollSome();
        assertEquals(Status.BROKEN_PIPE, next.status());
        assertEquals(List.of("now he"), wire.sent);
    }

    @Test
    void aCancelOfWhatHasNotBegunCutsNothing() throws Exception {
        wire.fits = 0;
        Overlapped send = sendElsewhere("hello").get();
        send.cancel();
        pollSome();
        assertEquals(Status.CANCELED, send.status());
        wire.fits = 100;
        assertEquals(5, sendElsewhere("world").get().await());
        assertEquals(List.of("now world"), wire.sent);
    }

    @Test
    void aRefusalIsTheResult() throws Exception {
        wire.fits = -Errno.ENOBUFS;
        Overlapped send = sendElsewhere("hello").get();
        assertEquals(Status.MEMORY_EXHAUSTED, send.status());
        wire.fits = 100;
        assertEquals(5, sendElsewhere("world").get().await());
    }

    @Test
    void aPipeThatThePeerHasBrokenIsReset() throws Exception {
        wire.fits = -Errno.ECONNRESET;
        assertEquals(Status.RESET, sendElsewhere("hello").get().status());
        wire.fits = -Errno.EPIPE;
        assertEquals(Status.RESET, sendElsewhere("world").get().status());
    }

    @Test
    void aThreadDoesNotSendByItselfBehindAShutdown() throws Exception {
        wire.fits = 100;
        Overlapped shutdown = new Overlapped();
        FutureTask<Overlapped> task = new FutureTask<>(() -> stream.shutdownOutput(shutdown));
        Thread.ofPlatform().start(task);
        task.get();
        Overlapped send = sendElsewhere("late").get();
        assertTrue(send.isPending());
        pollSome();
        assertEquals(List.of("shutdown", "late"), wire.sent);
    }

    /** A connection whose other end takes what the test says. */
    private static final class Wire extends StuckDriver {
        private record Done(long token, int result) {}

        final List<String> sent = new ArrayList<>();
        final CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch pause = new CountDownLatch(0);
        volatile int fits;
        private final List<Done> done = new ArrayList<>();

        @Override
        public boolean sendsNow() {
            return true;
        }

        @Override
        public int sendNow(int socket, MemorySegment memory, long start, int bytes) {
            int count = Math.min(fits, bytes);
            if (count > 0) {
                sent.add("now " + text(memory, start, count));
            }
            entered.countDown();
            try {
                pause.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return count;
        }

        @Override
        public void connect(long token, int socket, InetSocketAddress peer) {
            done.add(new Done(token, 0));
        }

        @Override
        public void send(long token, int socket, IoVector pieces) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < pieces.count(); i++) {
                text.append(text(pieces.memory(i), pieces.start(i), pieces.bytes(i)));
            }
            sent.add(text.toString());
            done.add(new Done(token, text.length()));
        }

        @Override
        public int shutdownOutput(int socket) {
            sent.add("shutdown");
            return 0;
        }

        @Override
        public int drive(long timeoutNanos, Sink sink) {
            List<Done> now = List.copyOf(done);
            done.clear();
            now.forEach(one -> sink.completed(one.token, one.result, NO_FLAGS));
            return now.size();
        }

        private static String text(MemorySegment memory, long start, int bytes) {
            byte[] copy = new byte[bytes];
            MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, start, copy, 0, bytes);
            return new String(copy, StandardCharsets.US_ASCII);
        }
    }
}
