package io.overlapped.lab.model;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left of a model that has stopped: nothing. */
final class StopTest {
    private static final String ALL = "io.overlapped.lab.model.Setup#all";
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @ParameterizedTest
    @MethodSource(ALL)
    void stoppingEndsClientsThreadsAndDescriptors(Setup setup) throws Exception {
        // Once ahead, for what the JDK opens once and keeps.
        serveAndStop(setup);
        long before = descriptors();
        serveAndStop(setup);
        Running.await("no more descriptors than before", () -> descriptors() <= before);
        // An executor is closed when its last task is over, a moment before that thread is.
        Running.await("no thread left", () -> threads().isEmpty());
    }

    private static void serveAndStop(Setup setup) throws Exception {
        for (Job job : Job.values()) {
            List<Peer> peers = new ArrayList<>();
            try (Running server = Running.start(setup, job)) {
                for (int i = 0; i < 5; i++) {
                    Peer peer = server.connect();
                    peer.send(Peer.packet("hello"));
                    peer.receive(Peer.packet("hello").length);
                    peers.add(peer);
                }
                server.stop();
            }
            for (Peer peer : peers) {
                assertTrue(job == Job.CHAT || peer.isEnded());
                peer.close();
            }
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("lab "))
                .toList();
    }

    private static long descriptors() {
        assumeTrue(Files.isDirectory(DESCRIPTORS), "this system does not list descriptors");
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
