package io.overlapped.lab.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is seen of one message, which tells a reactor from a proactor. */
final class WatchTest {
    @Test
    void aReactorIsToldThatItMayAndThenReads() throws Exception {
        assertEquals(
                List.of("accepted", "ready Selector.select", "read 5 bytes", "written 5 bytes"),
                steps("selector", 4));
    }

    @Test
    void aProactorIsToldThatItHasBeenRead() throws Exception {
        assertEquals(
                List.of(
                        "accepted",
                        "submitted receive",
                        "pending receive",
                        "completed receive 5 bytes",
                        "routine receive",
                        "submitted send",
                        "pending send",
                        "completed send 5 bytes",
                        "routine send",
                        "submitted receive",
                        "pending receive"),
                steps("overlapped-routine", 11));
    }

    @Test
    void aThreadOfItsOwnWaitsInItsRead() throws Exception {
        assertEquals(
                List.of("accepted", "blocked read", "read 5 bytes", "written 5 bytes"),
                steps("thread", 4));
    }

    @Test
    void aPortGivesCompletionsBackAndAnEventIsSignalled() throws Exception {
        assertEquals("dequeued receive", steps("overlapped-port", 5).getLast());
        assertEquals("signalled receive", steps("overlapped-event", 5).getLast());
    }

    /** The first steps of a connection that echoes five bytes. */
    private static List<String> steps(String model, int count) throws Exception {
        try (Running server = Running.watched(Setup.of(model), Job.ECHO);
                Peer peer = server.connect()) {
            peer.send(new byte[5]);
            peer.expect(new byte[5]);
            Running.await(count + " steps", () -> server.steps.size() >= count);
            return server.steps.stream().limit(count).map(step -> step.substring(2)).toList();
        }
    }
}
