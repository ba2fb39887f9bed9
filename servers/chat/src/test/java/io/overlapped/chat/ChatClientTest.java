package io.overlapped.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import io.overlapped.Proactor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("drivers")
class ChatClientTest {
    @Parameter String driver;

    static Stream<String> drivers() {
        return Site.drivers();
    }

    /** Keeps what it is told, a line each. */
    private static final class Log implements ChatListener {
        final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void entered(int id) {
            lines.add("entered " + id);
        }

        @Override
        public void joined(int id, String name) {
            lines.add("joined " + id + " " + name);
        }

        @Override
        public void left(int id, String name) {
            lines.add("left " + id + " " + name);
        }

        @Override
        public void said(int id, String name, String text) {
            lines.add("said " + id + " " + name + ": " + text);
        }

        @Override
        public void refused(String reason) {
            lines.add("refused " + reason);
        }

        @Override
        public void notConnected(String reason) {
            lines.add("not connected " + reason);
        }

        @Override
        public void ended(String reason) {
            lines.add("ended " + reason);
        }

        void await(String line) {
            try {
                Site.until(() -> lines.contains(line));
            } catch (AssertionError e) {
                throw new AssertionError("no '" + line + "' in " + lines, e);
            }
        }
    }

    @Test
    void clientsOfBothWiresTalkToEachOther() {
        Log ada = new Log();
        Log guest = new Log();
        try (Site site = new Site(driver);
                Proactor proactor = Proactor.start(Options.defaults().withDriver(driver));
                ChatClient one = ChatClient.connectNative(proactor, site.natives, "Ada", ada)) {
            ada.await("entered 256");
            try (ChatClient two = ChatClient.connectLecture(proactor, site.lecture, guest)) {
                ada.await("joined 1 Client[1]");
                one.say("hello");
                ada.await("said 256 Ada: hello");
                guest.await("said 0 : Ada: hello");
                two.say("안녕");
                ada.await("said 1 Client[1]: 안녕");
                guest.await("said 1 Client[1]: 안녕");
            }
            ada.await("left 1 Client[1]");
        }
    }

    @Test
    void aNameThatIsTakenIsReportedAndEnds() {
        Log first = new Log();
        Log second = new Log();
        try (Site site = new Site(driver);
                Proactor proactor = Proactor.start(Options.defaults().withDriver(driver));
                ChatClient _ = ChatClient.connectNative(proactor, site.natives, "Ada", first)) {
            first.await("entered 256");
            try (ChatClient _ = ChatClient.connectNative(proactor, site.natives, "Ada", second)) {
                second.await("refused " + Refusal.NAME_TAKEN.reason());
                Site.until(() -> second.lines.getLast().startsWith("ended"));
            }
        }
    }

    @Test
    void aServerThatStopsIsReportedInWords() {
        Log ada = new Log();
        try (Proactor proactor = Proactor.start(Options.defaults().withDriver(driver));
                Site site = new Site(driver);
                ChatClient _ = ChatClient.connectNative(proactor, site.natives, "Ada", ada)) {
            ada.await("entered 256");
            site.server.close();
            ada.await("ended the server has ended the connection: the server stops");
        }
    }

    @Test
    void aServerThatIsNotThereIsReported() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Log log = new Log();
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (Proactor proactor = Proactor.start(Options.defaults().withDriver(driver));
                ChatClient _ = ChatClient.connectNative(proactor, nobody, "Ada", log)) {
            Site.until(() -> !log.lines.isEmpty());
            assertTrue(log.lines.getFirst().contains("REFUSED"), log.lines.getFirst());
        }
    }

    /** Row D2 from the client's side: the lecture's client looped for ever on such a size. */
    @Test
    void aSizeThatCannotBeEndsTheClientAndLargeOnesAreReadUnsigned() throws IOException {
        Log log = new Log();
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Proactor proactor = Proactor.start(Options.defaults().withDriver(driver));
                ChatClient _ =
                        ChatClient.connectLecture(
                                proactor,
                                new InetSocketAddress(
                                        listening.getInetAddress(), listening.getLocalPort()),
                                log);
                Socket socket = listening.accept()) {
            byte[] large = new byte[200];
            Arrays.fill(large, (byte) 'x');
            large[0] = (byte) 200;
            large[1] = (byte) 201;
            large[199] = 0;
            for (byte b : large) {
                socket.getOutputStream().write(b);
            }
            log.await("said 201 Client[201]: " + "x".repeat(197));
            socket.getOutputStream().write(new byte[] {0, 1});
            Site.until(() -> log.lines.getLast().startsWith("ended"));
            assertEquals(3, log.lines.size());
        }
    }

    /** Row D5: the lecture's client cut packets at its buffer's end. */
    @Test
    void aBurstOfPacketsIsReadWholeHoweverItIsCut() throws IOException {
        Log log = new Log();
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Proactor proactor = Proactor.start(Options.defaults().withDriver(driver));
                ChatClient _ =
                        ChatClient.connectLecture(
                                proactor,
                                new InetSocketAddress(
                                        listening.getInetAddress(), listening.getLocalPort()),
                                log);
                Socket socket = listening.accept()) {
            ByteArrayOutputStream burst = new ByteArrayOutputStream();
            for (int i = 0; i < 2000; i++) {
                byte[] text = "message %d".formatted(i).getBytes(UTF_8);
                burst.write(text.length + 3);
                burst.write(7);
                burst.writeBytes(text);
                burst.write(0);
            }
            socket.getOutputStream().write(burst.toByteArray());
            Site.until(() -> log.lines.size() == 2001);
            for (int i = 0; i < 2000; i++) {
                assertEquals("said 7 Client[7]: message " + i, log.lines.get(i + 1));
            }
        }
    }

    @Test
    void whatCannotBeSaidIsRefusedBeforeItIsSent() {
        Log log = new Log();
        try (Site site = new Site(driver);
                Proactor proactor = Proactor.start(Options.defaults().withDriver(driver));
                ChatClient client = ChatClient.connectLecture(proactor, site.lecture, log)) {
            assertThrows(IllegalArgumentException.class, () -> client.say(""));
            assertThrows(IllegalArgumentException.class, () -> client.say("a\0b"));
            assertThrows(IllegalArgumentException.class, () -> client.say("x".repeat(4001)));
        }
    }
}
