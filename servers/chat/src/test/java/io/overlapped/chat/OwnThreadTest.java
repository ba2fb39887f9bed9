package io.overlapped.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import io.overlapped.Proactor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server, its clients and their proactor on one thread, which drives it. */
class OwnThreadTest {
    private static final InetSocketAddress ANY_PORT =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    static List<String> drivers() {
        return Site.drivers().toList();
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void oneThreadOpensServesAndCloses(String driver) {
        List<String> truth = new ArrayList<>();
        List<String> heard = new ArrayList<>();
        try (Proactor proactor = Proactor.open(Options.defaults().withDriver(driver))) {
            ChatServer server = ChatServer.open(proactor, ChatOptions.defaults());
            server.watch(new Recorder(truth));
            InetSocketAddress natives = server.listenNative(ANY_PORT);
            InetSocketAddress lecture = server.listenLecture(ANY_PORT);
            ChatClient ada =
                    ChatClient.connectNative(proactor, natives, "Ada", new Recorder(heard));
            ChatClient _ = ChatClient.connectLecture(proactor, lecture, new ChatListener() {});
            drive(proactor, () -> server.members() == 2);
            ada.say("hello");
            drive(proactor, () -> heard.contains("said hello"));
            long start = proactor.nanoTime();
            server.close();
            assertTrue(proactor.nanoTime() - start < 60_000_000_000L, "it waits for too long");
            drive(proactor, () -> heard.contains("ended"));
            assertEquals(List.of("joined Ada", "said hello"), dropLecture(truth).subList(0, 2));
            assertEquals(0, server.members());
        }
    }

    private static List<String> dropLecture(List<String> lines) {
        return lines.stream().filter(line -> !line.contains("Client[")).toList();
    }

    private static void drive(Proactor proactor, BooleanSupplier until) {
        long start = proactor.nanoTime();
        while (!until.getAsBoolean()) {
            int _ = proactor.alertableWait(Duration.ofMillis(100));
            if (proactor.nanoTime() - start > 60_000_000_000L) {
                throw new AssertionError("not in 60 s");
            }
        }
    }

    private record Recorder(List<String> lines) implements ChatListener {
        @Override
        public void joined(int id, String name) {
            lines.add("joined " + name);
        }

        @Override
        public void left(int id, String name) {
            lines.add("left " + name);
        }

        @Override
        public void said(int id, String name, String text) {
            lines.add("said " + text);
        }

        @Override
        public void ended(String reason) {
            lines.add("ended");
        }
    }
}
