package io.overlapped.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.echo.EchoOptions;
import io.overlapped.echo.EchoServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EchoCommandsTest {
    private static final InetSocketAddress ANY_PORT =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private static String port(EchoServer server) {
        return String.valueOf(server.address().getPort());
    }

    @Test
    void verifyingPrintsWhatCameBackForPeopleAndForPrograms() {
        try (EchoServer server = EchoServer.open(ANY_PORT, EchoOptions.defaults())) {
            String[] args = {
                "echo",
                "connect",
                "--verify",
                "--connections",
                "3",
                "--messages",
                "20",
                "--seed",
                "5",
                "--port",
                port(server)
            };
            assertEquals(Main.DONE, run(args), err.toString());
            assertTrue(out.toString().startsWith("verified: 3 connections, 60 messages, "));
            assertTrue(out.toString().strip().endsWith("seed 5"));
            out.getBuffer().setLength(0);
            String[] json = Arrays.copyOf(args, args.length + 1);
            json[args.length] = "--json";
            assertEquals(Main.DONE, run(json), err.toString());
            assertTrue(out.toString().startsWith("{\"verified\":true,\"connections\":3,"));
            assertEquals(1, out.toString().lines().count());
        }
    }

    @Test
    void recordsAreSentAndCounted() {
        EchoOptions options = EchoOptions.defaults().withRecords(true);
        try (EchoServer server = EchoServer.open(ANY_PORT, options)) {
            int code = run("echo", "connect", "--records", "--count", "7", "--port", port(server));
            assertEquals(Main.DONE, code, err.toString());
            assertEquals("sent 7 records of 100 bytes", out.toString().strip());
            assertEquals(7, server.counts().get("records"));
        }
    }

    @Test
    void noServerIsAFailureWithTheRemedy() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertEquals(Main.FAILED, run("echo", "connect", "--port", String.valueOf(port)));
        assertTrue(err.toString().contains("nothing listens on 127.0.0.1 port " + port));
        assertTrue(err.toString().contains("./overlapped echo serve"));
    }

    @Test
    void optionsThatMakeNoSenseAreWrongUsage() {
        assertEquals(Main.WRONG_USAGE, run("echo"));
        assertEquals(Main.WRONG_USAGE, run("echo", "serve", "--workers", "2"));
        assertEquals(Main.WRONG_USAGE, run("echo", "serve", "--style", "thread"));
        assertEquals(Main.WRONG_USAGE, run("echo", "serve", "--verbose", "--json"));
        assertEquals(Main.WRONG_USAGE, run("echo", "connect", "--json"));
        assertEquals(Main.WRONG_USAGE, run("echo", "connect", "--verify", "--messages", "0"));
        assertEquals(Main.WRONG_USAGE, run("echo", "connect", "--records", "--count", "0"));
        assertEquals(Main.WRONG_USAGE, run("chat", "serve", "--members", "0"));
        assertEquals(Main.WRONG_USAGE, run("chat", "connect", "--protocol", "irc"));
    }

    @Test
    void aBusyPortIsAFailureThatNamesTheHolder() {
        try (EchoServer server = EchoServer.open(ANY_PORT, EchoOptions.defaults())) {
            assertEquals(Main.FAILED, run("echo", "serve", "--port", port(server)));
            assertTrue(err.toString().contains("in use"), err.toString());
        }
    }
}
