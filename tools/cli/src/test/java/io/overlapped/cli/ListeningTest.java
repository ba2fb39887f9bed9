package io.overlapped.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListeningTest {
    private static final long PID = ProcessHandle.current().pid();

    @Test
    void theLineIsTheOneScriptsWaitFor() {
        var listening = new Listening(new InetSocketAddress("127.0.0.1", 3500), "course", "uring");
        assertEquals(
                "listening 127.0.0.1:3500 protocol=course driver=uring pid=" + PID,
                listening.line());
    }

    @Test
    void anIpv6AddressStandsInBrackets() {
        var listening = new Listening(new InetSocketAddress("::1", 80), "http", "nio");
        assertEquals(
                "listening [0:0:0:0:0:0:0:1]:80 protocol=http driver=nio pid=" + PID,
                listening.line());
    }

    @Test
    void asJsonAllListenersAreOneObject() {
        var echo = new Listening(new InetSocketAddress("127.0.0.1", 1), "echo", "nio");
        var chat = new Listening(new InetSocketAddress("127.0.0.1", 2), "chat", "nio");
        StringWriter out = new StringWriter();
        Serving.announce(List.of(echo, chat), true, new PrintWriter(out));
        String row = "{\"host\":\"127.0.0.1\",\"port\":%d,\"protocol\":\"%s\",\"driver\":\"nio\"";
        assertEquals(
                "{\"listening\":["
                        + row.formatted(1, "echo")
                        + ",\"pid\":"
                        + PID
                        + "},"
                        + row.formatted(2, "chat")
                        + ",\"pid\":"
                        + PID
                        + "}]}",
                out.toString().strip());
    }
}
