package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.util.List;

/** Buffers that are not closed are told, with where they were taken; others are not. */
class LeaksTest {
    private static Proactor checked(Bench b, boolean on) {
        return b.openAlone(b.options().withBuffers(8, 256, 2).withChecked(on));
    }

    private static TcpStream connected(Bench b, Proactor proactor) {
        TcpListener listener = b.listener();
        Overlapped accept = listener.accept(new Overlapped());
        Overlapped connect = proactor.connect(new Overlapped(), listener.address());
        b.until(
                () -> {
                    proactor.poll();
                    return !connect.isPending() && !accept.isPending();
                });
        b.write(accept.stream(), "x");
        return connect.stream();
    }

    private static void leak(Proactor proactor) {
        proactor.buffers().take();
    }

    @Conformance
    void aCloseTellsInOneLineWhereTheBuffersThatAreOutWereTaken(Bench b) {
        List<String> log = b.expectLog();
        Proactor proactor = checked(b, true);
        TcpStream stream = connected(b, proactor);
        Overlapped received = stream.receive(new Overlapped());
        b.until(
                () -> {
                    proactor.poll();
                    return !received.isPending();
                });
        leak(proactor);
        leak(proactor);
        proactor.close();
        assertEquals(1, log.size(), log::toString);
        String line = log.getFirst();
        assertTrue(line.startsWith("3 buffers were not closed before the proactor"), line);
        assertTrue(line.contains(": 2 taken at LeaksTest.leak(LeaksTest.java:"), line);
        assertTrue(line.contains("1 got by an operation started at LeaksTest.aClose"), line);
    }

    @Conformance
    void withoutChecksTheLineSaysHowToLearnMore(Bench b) {
        List<String> log = b.expectLog();
        Proactor proactor = checked(b, false);
        leak(proactor);
        proactor.close();
        assertEquals(
                List.of(
                        "1 buffer was not closed before the proactor, and keeps its memory;"
                                + " Options.withChecked(true) tells where it was taken"),
                log);
    }

    @Conformance
    void whatAnOperationHasUntilTheCloseIsNoLeak(Bench b) {
        Proactor proactor = checked(b, true);
        TcpStream stream = connected(b, proactor);
        IoBuffer first = proactor.buffers().take();
        IoBuffer second = proactor.buffers().take();
        stream.receive(new Overlapped(), first);
        Overlapped closes = new Overlapped(done -> done.buffer().close());
        stream.receive(closes, second);
        proactor.close();
        first.close();
    }

    @Conformance
    void anAbandonTellsNothing(Bench b) {
        Proactor proactor = checked(b, true);
        leak(proactor);
        proactor.abandon();
    }

    @Conformance
    void anEmptyPoolTellsWhatIsHeldLentAndProvided(Bench b) {
        Proactor proactor = checked(b, true);
        TcpStream stream = connected(b, proactor);
        IoBuffer lent = proactor.buffers().take();
        Overlapped reading = stream.receive(new Overlapped());
        Overlapped waiting = stream.receive(new Overlapped(), lent);
        b.until(
                () -> {
                    proactor.poll();
                    return !reading.isPending();
                });
        List<IoBuffer> rest = new java.util.ArrayList<>();
        for (IoBuffer one = proactor.buffers().tryTake();
                one != null;
                one = proactor.buffers().tryTake()) {
            rest.add(one);
        }
        String message =
                assertThrows(IllegalStateException.class, proactor.buffers()::take).getMessage();
        assertTrue(message.startsWith("all 8 buffers are taken; close some"), message);
        assertTrue(message.contains(rest.size() + 1 + " held by the program: "), message);
        assertTrue(message.contains("1 got by an operation started at LeaksTest.an"), message);
        assertTrue(message.contains("1 lent to operations: 1 started at LeaksTest."), message);
        assertTrue(message.endsWith("provided for reception"), message);
        rest.forEach(IoBuffer::close);
        reading.buffer().close();
        assertTrue(waiting.isPending());
        proactor.close();
        lent.close();
    }
}
