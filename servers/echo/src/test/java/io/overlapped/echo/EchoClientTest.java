package io.overlapped.echo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import io.overlapped.OverlappedException;
import io.overlapped.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EchoClientTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private boolean talk(InetSocketAddress server, InputStream in) {
        return new EchoDialogue(new PrintWriter(out), new PrintWriter(err), false)
                .run(server, Options.defaults(), in);
    }

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    @Test
    void everyLineIsAnsweredBeforeTheEnd() {
        try (EchoServer server = EchoServer.open(Setting.ANY_PORT, EchoOptions.defaults())) {
            assertTrue(talk(server.address(), input("hello\noverlapped world\r\n\n한글 메시지")));
        }
        List<String> expected =
                List.of(
                        "Server Sent: hello",
                        "Server Sent: overlapped world",
                        "Server Sent: ",
                        "Server Sent: 한글 메시지");
        assertEquals(expected, out.toString().lines().toList());
        assertEquals("", err.toString());
    }

    @Test
    void aLineThatFillsABufferComesBackWhole() {
        String line = "x".repeat(16 * 1024);
        String longest = "y".repeat(EchoClient.TEXT_BYTES_MAX);
        try (EchoServer server = EchoServer.open(Setting.ANY_PORT, EchoOptions.defaults())) {
            assertTrue(talk(server.address(), input(line + "\n" + longest + "\n")));
        }
        List<String> expected = List.of("Server Sent: " + line, "Server Sent: " + longest);
        assertEquals(expected, out.toString().lines().toList());
    }

    @Test
    void aLineThatCannotBeSentIsRefusedAndTheOthersGoOn() {
        String tooLong = "x".repeat(EchoClient.TEXT_BYTES_MAX + 1);
        try (EchoServer server = EchoServer.open(Setting.ANY_PORT, EchoOptions.defaults())) {
            assertFalse(talk(server.address(), input(tooLong + "\na\0b\nc\n")));
        }
        assertEquals(List.of("Server Sent: c"), out.toString().lines().toList());
        List<String> problems = err.toString().lines().toList();
        assertTrue(problems.get(0).contains("longer than 65535 bytes"), problems.get(0));
        assertTrue(problems.get(1).contains("NUL"), problems.get(1));
    }

    @Test
    void anAnswerIsPutTogetherAcrossSegmentsAndJoinedOnesAreSplit() throws Exception {
        List<String> answers = new ArrayList<>();
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                EchoClient client =
                        EchoClient.connect(
                                new InetSocketAddress(
                                        listening.getInetAddress(), listening.getLocalPort()),
                                Options.defaults(),
                                answer -> {
                                    synchronized (answers) {
                                        answers.add(new String(answer, UTF_8));
                                    }
                                },
                                _ -> {});
                Socket socket = listening.accept()) {
            socket.setTcpNoDelay(true);
            for (byte b : "one\0two\0".getBytes(UTF_8)) {
                socket.getOutputStream().write(b);
                socket.getOutputStream().flush();
            }
            socket.getOutputStream().write("three\0\0four\0".getBytes(UTF_8));
            Peer.until(
                    () -> {
                        synchronized (answers) {
                            return answers.size() == 5;
                        }
                    });
            assertEquals(List.of("one", "two", "three", "", "four"), answers);
            client.close();
        }
    }

    @Test
    void aServerThatGoesWhileTheUserThinksIsReported() throws IOException {
        EchoServer server = EchoServer.open(Setting.ANY_PORT, EchoOptions.defaults());
        try (PipedOutputStream typed = new PipedOutputStream();
                InputStream in = new PipedInputStream(typed)) {
            Thread stopping =
                    Thread.startVirtualThread(
                            () -> {
                                Peer.until(() -> server.connected() == 1);
                                server.close();
                            });
            assertFalse(talk(server.address(), in));
            stopping.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        String problem = err.toString();
        assertTrue(problem.startsWith("overlapped: the server has"), problem);
    }

    @Test
    void aServerThatIsNotThereFailsAtTheStart() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        OverlappedException e =
                assertThrows(OverlappedException.class, () -> talk(nobody, input("hello\n")));
        assertEquals(Status.REFUSED, e.status());
        assertEquals("", out.toString());
    }
}
