package io.overlapped.lab.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The limits that models have, where they are, and what there is to say of each model. */
final class LimitsTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void selectRefusesADescriptorThatHasNoBitAndServesTheOthersOn() throws Exception {
        List<FileChannel> fillers = new ArrayList<>();
        try (Running server = Running.start(Setup.of("select"), Job.ECHO);
                Peer early = server.connect()) {
            early.send((byte) 1);
            early.expect(new byte[] {1});
            for (int i = 0; i < SelectCall.FD_SETSIZE; i++) {
                fillers.add(FileChannel.open(Path.of("/dev/null")));
            }
            try (Peer late = server.connect()) {
                assertTrue(late.isEnded());
            }
            Running.await("the reason is told", () -> !server.refusals.isEmpty());
            assertTrue(server.refusals.peek().contains("FD_SETSIZE (1024)"));
            early.send((byte) 2);
            early.expect(new byte[] {2});
        } finally {
            for (FileChannel filler : fillers) {
                filler.close();
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void pollAndEpollServeWhatSelectRefuses() throws Exception {
        List<FileChannel> fillers = new ArrayList<>();
        try {
            for (int i = 0; i < SelectCall.FD_SETSIZE; i++) {
                fillers.add(FileChannel.open(Path.of("/dev/null")));
            }
            for (String model : List.of("poll", "epoll")) {
                try (Running server = Running.start(Setup.of(model), Job.ECHO);
                        Peer peer = server.connect()) {
                    peer.send((byte) 3);
                    peer.expect(new byte[] {3});
                }
            }
        } finally {
            for (FileChannel filler : fillers) {
                filler.close();
            }
        }
    }

    @Test
    void theSixtyFifthClientCostsEventSelectASecondThread() throws Exception {
        try (Running server = Running.start(Setup.of("event-select"), Job.CHAT)) {
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < SocketEvents.MAXIMUM_WAIT_EVENTS; i++) {
                peers.add(server.connect().join("client " + i));
            }
            assertEquals(1, groupThreads());
            peers.add(server.connect().join("one more"));
            assertEquals(2, groupThreads());
            peers.get(10).close();
            Running.await("one has ended", () -> server.ended.get() == 1);
            peers.add(server.connect().join("in the place that is free"));
            assertEquals(2, groupThreads());
            for (Peer peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void anEventThatIsSetStaysSetUntilItIsEnumerated() throws Exception {
        SocketEvents events = new SocketEvents();
        events.set(40, NetworkEvents.FD_READ);
        events.set(7, NetworkEvents.FD_READ);
        events.set(7, NetworkEvents.FD_WRITE);
        assertEquals(7, events.waitForAny());
        assertEquals(7, events.waitForAny());
        assertEquals(NetworkEvents.FD_READ | NetworkEvents.FD_WRITE, events.enumerate(7));
        assertEquals(40, events.waitForAny());
        assertEquals(0, events.enumerate(7));
    }

    @Test
    void eachModelIsDescribedInBothLanguagesAndItsSourceIsThere() {
        Set<String> names = new HashSet<>();
        for (About about : Models.all()) {
            assertTrue(names.add(about.name()));
            assertTrue(Files.exists(Path.of("../..", about.source())), about.source());
            assertTrue(about.what().english().endsWith("."));
            assertTrue(about.what().korean().codePoints().anyMatch(LimitsTest::isHangul));
        }
        assertEquals(13, names.size());
    }

    @Test
    void aModelThatIsNotThereIsRefusedWithThoseThatAre() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Models.make("fork"));
        assertTrue(refusal.getMessage().contains("overlapped-port"));
    }

    private static boolean isHangul(int character) {
        return Character.UnicodeScript.of(character) == Character.UnicodeScript.HANGUL;
    }

    private static long groupThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lab group "))
                .count();
    }
}
