package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.spi.Probe;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** An empty pool, and one that ends with buffers out, say where those are. */
class LeaksTest {
    private static final long NANOS = 20_000_000_000L;

    private static BufferPool pool(boolean checked) {
        return new BufferPool(
                Options.defaults().withBuffers(4, 64, 1).withChecked(checked),
                Thread.currentThread(),
                Probe.NONE,
                () -> {});
    }

    private static IoBuffer here(BufferPool pool) {
        return pool.take();
    }

    private static IoBuffer there(BufferPool pool) {
        return pool.take();
    }

    private static String refusal(BufferPool pool) {
        return assertThrows(IllegalStateException.class, pool::take).getMessage();
    }

    @Test
    void anEmptyPoolTellsThePlacesTheMostFrequentFirst() {
        BufferPool pool = pool(true);
        there(pool);
        for (int i = 0; i < 2; i++) {
            here(pool);
        }
        IoBuffer lent = pool.take().append("x");
        Throwable started = new Throwable(Whereabouts.STARTED);
        lent.lendTo(pool, false, started);
        int line = started.getStackTrace()[0].getLineNumber();
        String message = refusal(pool);
        assertTrue(
                message.matches(
                        "all 4 buffers are taken; close some, or open with more"
                                + " \\(Options.withBuffers\\). Of those: 3 held by the program:"
                                + " 2 taken at LeaksTest.here\\(LeaksTest.java:\\d+\\),"
                                + " 1 taken at LeaksTest.there\\(LeaksTest.java:\\d+\\);"
                                + " 1 lent to operations: 1 started at LeaksTest."
                                + "anEmptyPoolTellsThePlacesTheMostFrequentFirst"
                                + "\\(LeaksTest.java:"
                                + line
                                + "\\)"),
                message);
    }

    @Test
    void whatWasReceivedIsToldByItsReceive() {
        BufferPool pool = pool(true);
        IoBuffer received = pool.takeToProvide();
        assertNotNull(received);
        IoBuffer provided = pool.takeToProvide();
        assertNotNull(provided);
        pool.received(received, 1);
        received.takenBy(new Throwable(Whereabouts.STARTED));
        here(pool);
        here(pool);
        String message = refusal(pool);
        assertTrue(message.contains("1 got by an operation started at LeaksTest.what"), message);
        assertTrue(message.endsWith("; 1 provided for reception"), message);
    }

    @Test
    void anUncheckedPoolSaysHowToLearnMore() {
        BufferPool pool = pool(false);
        for (int i = 0; i < 4; i++) {
            here(pool);
        }
        String message = refusal(pool);
        assertTrue(message.endsWith("Options.withChecked(true) tells where they were taken"));
    }

    @Test
    void manyPlacesAreNotAllTold() {
        Whereabouts found = new Whereabouts();
        BufferPool pool = pool(true);
        IoBuffer buffer = pool.take();
        for (int i = 0; i < 7; i++) {
            Throwable trace = new Throwable(Whereabouts.TAKEN);
            trace.setStackTrace(
                    new StackTraceElement[] {new StackTraceElement("a.B", "c", "B.java", i)});
            buffer.takenBy(trace);
            found.add(buffer);
        }
        String text = found.toString();
        assertTrue(text.startsWith("7 held by the program: 1 taken at B.c(B.java:0), "), text);
        assertTrue(text.endsWith(", the others at 2 more places"), text);
    }

    @Test
    void aCloseTellsWhatTheProgramHadAndStillHas() {
        for (boolean checked : new boolean[] {true, false}) {
            BufferPool pool = pool(checked);
            here(pool);
            IoBuffer closedInTime = here(pool);
            IoBuffer lent = pool.take().append("x");
            lent.borrowToSend();
            pool.markHeld();
            closedInTime.close();
            lent.giveBack();
            IoBuffer takenLate = pool.take();
            String leaks = pool.leaks(NANOS);
            assertNotNull(leaks);
            assertTrue(
                    leaks.startsWith("1 buffer was not closed before the proactor, and keep"),
                    leaks);
            assertEquals(checked, leaks.contains("1 taken at LeaksTest.here(LeaksTest.java:"));
            assertEquals(!checked, leaks.contains("Options.withChecked(true) tells"));
            takenLate.close();
        }
    }

    @Test
    void aCloseWaitsForAThreadThatPutsItsBufferAway() throws InterruptedException {
        BufferPool pool = pool(true);
        CountDownLatch has = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Thread thread =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try (IoBuffer buffer = pool.take()) {
                                        has.countDown();
                                        over.await();
                                        assertEquals(0, buffer.readable());
                                    } catch (InterruptedException e) {
                                        throw new AssertionError(e);
                                    }
                                });
        has.await();
        pool.markHeld();
        over.countDown();
        assertNull(pool.leaks(NANOS));
        thread.join();
    }

    @Test
    void nothingIsToldOfAPoolWhoseBuffersAreBack() {
        BufferPool pool = pool(true);
        here(pool).close();
        pool.markHeld();
        assertNull(pool.leaks(NANOS));
    }
}
