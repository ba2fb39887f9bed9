package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.InFlight.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The table of operations in flight: every place where one can be, and what is known of it. */
class InFlightTest {
    private static final long TIMEOUT_SECONDS = 60;

    private final Ticking driver = new Ticking();
    private Proactor proactor = Proactor.open(driver, Options.defaults());

    @AfterEach
    void end() {
        if (!proactor.isClosed()) {
            proactor.abandon();
        }
    }

    @Test
    void anOperationOfAnotherThreadIsInTheInboxUntilAPass() throws InterruptedException {
        Thread other =
                Thread.ofPlatform()
                        .start(() -> proactor.timer(new Overlapped(), Duration.ofHours(1)));
        other.join();
        only(Operation.TIMER, State.INBOX);
        proactor.poll();
        only(Operation.TIMER, State.TIMER);
    }

    @Test
    void theFirstOfItsKindIsWithTheDriverAndTheNextInItsQueue() {
        TcpStream stream = proactor.adopt(7);
        stream.receive(new Overlapped());
        stream.receive(new Overlapped(), proactor.buffers().take());
        InFlight first = find(Operation.RECEIVE, State.DRIVER);
        assertEquals(7, first.socket());
        assertEquals(0, first.bytes());
        InFlight second = find(Operation.RECEIVE, State.QUEUED);
        assertEquals(proactor.buffers().bufferBytes(), second.bytes());
        stream.send(new Overlapped(), proactor.buffers().take().append("hello"));
        stream.send(new Overlapped(), proactor.buffers().take().append("you"));
        assertEquals(5, find(Operation.SEND, State.DRIVER).bytes());
        assertEquals(3, find(Operation.SEND, State.QUEUED).bytes());
        assertEquals(4, proactor.inFlight().size());
    }

    @Test
    void whatIsOverTheBudgetIsHeld() {
        end();
        Options one = Options.defaults().withOperations(1, Options.OverLimit.WAIT);
        proactor = Proactor.open(driver, one);
        proactor.adopt(7).receive(new Overlapped());
        proactor.adopt(8).receive(new Overlapped());
        assertEquals(7, find(Operation.RECEIVE, State.DRIVER).socket());
        assertEquals(8, find(Operation.RECEIVE, State.HELD).socket());
    }

    @Test
    void acceptsConnectsAndClosesAreShown() {
        TcpListener listener = proactor.listen(StuckDriver.ADDRESS);
        listener.accept(new Overlapped());
        listener.accept(new Overlapped());
        proactor.connect(new Overlapped(), StuckDriver.ADDRESS);
        TcpStream closing = proactor.adopt(7);
        closing.receive(new Overlapped());
        closing.close(new Overlapped());
        find(Operation.ACCEPT, State.DRIVER);
        find(Operation.ACCEPT, State.QUEUED);
        find(Operation.CONNECT, State.DRIVER);
        assertTrue(find(Operation.RECEIVE, State.DRIVER).canceling());
        find(Operation.CLOSE, State.QUEUED);
        proactor.adopt(9).close();
        assertEquals(9, find(Operation.CLOSE, State.DRIVER).socket());
    }

    @Test
    void whatHasCompletedIsReadyThenInItsPortThenNowhere() {
        try (CompletionPort port = new CompletionPort()) {
            proactor.post(new Overlapped(port));
            only(Operation.POST, State.READY);
            proactor.poll();
            only(Operation.POST, State.PORT);
            assertTrue(port.dequeue() != null);
            assertEquals(List.of(), proactor.inFlight());
        }
    }

    @Test
    void withoutTimesTheAgeIsUnknown() {
        proactor.timer(new Overlapped(), Duration.ofHours(1));
        assertEquals(-1, only(Operation.TIMER, State.TIMER).ageNanos());
    }

    @Test
    void withTimesTheAgeIsKnownAndTheOldestComesFirst() {
        end();
        proactor = Proactor.open(driver, Options.defaults().withTimed(true));
        proactor.adopt(7).receive(new Overlapped());
        driver.nanos.addAndGet(1_000_000_000L);
        proactor.adopt(8).receive(new Overlapped());
        driver.nanos.addAndGet(2_000_000_000L);
        List<InFlight> found = proactor.inFlight();
        assertEquals(List.of(7, 8), found.stream().map(InFlight::socket).toList());
        assertEquals(3_000_000_000L, found.get(0).ageNanos());
        assertEquals(2_000_000_000L, found.get(1).ageNanos());
        assertEquals(
                """
                operation  socket  state        age (ms)      bytes
                RECEIVE         7  DRIVER      3,000.000          0
                RECEIVE         8  DRIVER      2,000.000          0
                2 in flight""",
                InFlight.table(found).replace(System.lineSeparator(), "\n"));
    }

    @Test
    void anotherThreadGetsItsAnswerInTheNextPass() throws Exception {
        proactor.adopt(7).receive(new Overlapped());
        CompletableFuture<List<InFlight>> asked =
                CompletableFuture.supplyAsync(() -> proactor.inFlight());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!asked.isDone() && System.nanoTime() < deadline) {
            proactor.poll();
        }
        List<InFlight> found = asked.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertEquals(List.of(Operation.RECEIVE), found.stream().map(InFlight::operation).toList());
    }

    @Test
    void aClosedProactorSaysSoToTheThreadThatWaitsForItsAnswer() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread asker =
                Thread.ofPlatform()
                        .start(
                                () ->
                                        thrown.complete(
                                                assertThrows(
                                                        IllegalStateException.class,
                                                        () -> proactor.inFlight())));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (proactor.inFlight().isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        proactor.abandon();
        assertEquals(
                "the proactor is closed",
                thrown.get(TIMEOUT_SECONDS, TimeUnit.SECONDS).getMessage());
        asker.join();
        assertThrows(IllegalStateException.class, () -> proactor.inFlight());
    }

    private InFlight only(Operation operation, State state) {
        assertEquals(1, proactor.inFlight().size(), () -> InFlight.table(proactor.inFlight()));
        return find(operation, state);
    }

    private InFlight find(Operation operation, State state) {
        return proactor.inFlight().stream()
                .filter(each -> each.operation() == operation && each.state() == state)
                .findFirst()
                .orElseThrow(() -> new AssertionError(InFlight.table(proactor.inFlight())));
    }

    /** Its clock moves only when it is told to. */
    private static final class Ticking extends StuckDriver {
        private final AtomicLong nanos = new AtomicLong(1);

        @Override
        public long nanoTime() {
            return nanos.get();
        }
    }
}
