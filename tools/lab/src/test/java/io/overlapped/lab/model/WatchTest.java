package io.overlapped.lab.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    @ParameterizedTest
    @MethodSource("io.overlapped.lab.model.Models#all")
    void whatAModelDoesIsOfTheKindItSays(About about) throws Exception {
        List<String> steps = steps(about.name(), about.kind() == Kind.POLLING ? 3 : 4);
        List<String> words = steps.stream().map(step -> step.split(" ", 2)[0]).toList();
        int read = words.indexOf(Watch.READ);
        switch (about.kind()) {
            case POLLING -> assertEquals(Watch.ACCEPTED, words.get(read - 1));
            case BLOCKING -> assertEquals(Watch.BLOCKED, words.get(read - 1));
            case REACTOR -> assertEquals(Watch.READY, words.get(read - 1));
            case PROACTOR -> {
                assertEquals(-1, read, "a proactor does not read");
                assertTrue(words.contains(Watch.COMPLETED));
            }
        }
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
