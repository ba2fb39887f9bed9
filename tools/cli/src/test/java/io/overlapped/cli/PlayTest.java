package io.overlapped.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.session.Networks;
import io.overlapped.world.WorldOptions;
import io.overlapped.world.WorldRules;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code play} starts, and what it refuses. */
final class PlayTest {
    private static final WorldOptions BOARD = WorldOptions.of(WorldRules.board());

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void everyListenerIsAnnouncedAndAnswers(String driver) throws Exception {
        List<Listening> listening;
        try (Playground playground = Playground.open(driver, BOARD, Networks.NONE, anyPorts())) {
            listening = playground.listening();
            assertEquals(
                    List.of("course", "world", "lecture-chat", "chat", "http"),
                    listening.stream().map(Listening::protocol).toList());
            for (Listening listener : listening) {
                assertEquals(driver, listener.driver());
                connect(listener.address());
            }
            String page = PlayCommand.page(listening.getLast().address());
            try (InputStream in = URI.create(page).toURL().openStream()) {
                String html = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(html.contains("<canvas id=\"board\""), html);
            }
        }
        for (Listening listener : listening) {
            assertThrows(java.net.ConnectException.class, () -> connect(listener.address()));
        }
    }

    @Test
    void aBusyPortIsNamedWithItsOptionAndNothingStaysOpen() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PlayPorts ports = new PlayPorts();
            ports.course = 0;
            ports.world = 0;
            ports.lectureChat = 0;
            ports.chat = 0;
            List<PlayPorts.Place> places = ports.places(new AddressOptions(busy.getLocalPort()));
            UserError error =
                    assertThrows(
                            UserError.class,
                            () -> Playground.open("nio", BOARD, Networks.NONE, places));
            assertTrue(
                    error.getMessage().contains("port " + busy.getLocalPort() + " is in use by"),
                    error.getMessage());
            assertTrue(
                    error.getMessage().contains("choose another port with --port (0"),
                    error.getMessage());
        }
    }

    @Test
    void theRemedyOfABusyPortNamesItsOwnOption() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PlayPorts ports = new PlayPorts();
            ports.course = busy.getLocalPort();
            List<PlayPorts.Place> places = ports.places(new AddressOptions(0));
            UserError error =
                    assertThrows(
                            UserError.class,
                            () -> Playground.open("nio", BOARD, Networks.NONE, places));
            assertTrue(error.getMessage().contains("with --course-port"), error.getMessage());
        }
    }

    @Test
    void twoEqualPortsAreRefusedBeforeAnythingStarts() {
        assertFails(
                "--course-port and --port are both 3500; give each its own port",
                "play",
                "--port",
                "3500");
    }

    @Test
    void theBoardHasOneSize() {
        assertFails(
                "--board is the 8 x 8 board; leave it out to choose another size",
                "play",
                "--board",
                "--size",
                "20");
    }

    @Test
    void thePageIsNamedAsThisMachineReachesIt() {
        assertEquals(
                "http://127.0.0.1:8080", PlayCommand.page(new InetSocketAddress("0.0.0.0", 8080)));
        assertEquals(
                "http://[0:0:0:0:0:0:0:1]:8080",
                PlayCommand.page(new InetSocketAddress("::1", 8080)));
    }

    @Test
    void aBrowserIsStartedOnlyWhereThereIsAScreen() {
        assertTrue(OpenPage.command("Linux", Map.of()).isEmpty());
        assertEquals(
                List.of("xdg-open"),
                OpenPage.command("Linux", Map.of("DISPLAY", ":0")).orElseThrow());
        assertEquals(List.of("open"), OpenPage.command("Mac OS X", Map.of()).orElseThrow());
    }

    private static List<PlayPorts.Place> anyPorts() {
        PlayPorts ports = new PlayPorts();
        ports.course = 0;
        ports.world = 0;
        ports.lectureChat = 0;
        ports.chat = 0;
        return ports.places(new AddressOptions(0));
    }

    private static void connect(InetSocketAddress address) throws Exception {
        new Socket(address.getAddress(), address.getPort()).close();
    }

    private static void assertFails(String message, String... args) {
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), args);
        assertEquals("overlapped: " + message, err.toString().strip());
        assertEquals(Main.FAILED, code);
    }
}
