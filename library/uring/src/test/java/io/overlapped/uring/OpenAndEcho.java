package io.overlapped.uring;

import io.overlapped.IoBuffer;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Opens the driver named first and, if that works, sends as many messages as named second to itself
 * and back; each is verified. Prints what happened; run by tests in a process of its own.
 */
final class OpenAndEcho {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private OpenAndEcho() {}

    public static void main(String[] arguments) {
        try (Proactor proactor = Proactor.open(Options.defaults().withDriver(arguments[0]))) {
            System.out.println("driver " + proactor.report().driver());
            System.out.println("because " + proactor.report().reason());
            echo(proactor, Integer.parseInt(arguments[1]));
            System.out.println("verified " + arguments[1]);
        } catch (OverlappedException e) {
            System.out.println("refused " + e.status() + " " + e.getMessage());
        }
    }

    private static void echo(Proactor proactor, int messages) {
        TcpListener listener = proactor.listen(new InetSocketAddress("127.0.0.1", 0));
        Overlapped accept = listener.accept(new Overlapped(OpenAndEcho::echoBack));
        Overlapped connect = proactor.connect(new Overlapped(), listener.address());
        require(Overlapped.awaitAll(List.of(accept, connect), TIMEOUT), "no connection");
        TcpStream stream = connect.stream();
        Overlapped operation = new Overlapped();
        try (IoBuffer buffer = proactor.buffers().take()) {
            for (int i = 0; i < messages; i++) {
                String text = "message " + i;
                stream.send(operation, buffer.clear().append(text)).await();
                StringBuilder answer = new StringBuilder();
                while (answer.length() < text.length()) {
                    require(stream.receive(operation, buffer.clear()).await() > 0, "ended");
                    answer.append(buffer.text());
                }
                require(answer.toString().equals(text), answer + " instead of " + text);
            }
        }
    }

    private static void echoBack(Overlapped accept) {
        require(accept.status() == Status.OK, "accept: " + accept.status());
        accept.stream().receive(new Overlapped(OpenAndEcho::moved));
    }

    private static void moved(Overlapped move) {
        switch (move.operation()) {
            case RECEIVE -> {
                if (move.bytes() > 0) {
                    move.stream().send(move, move.buffer());
                }
            }
            case SEND -> {
                move.buffer().close();
                if (move.status() == Status.OK) {
                    move.stream().receive(move);
                }
            }
            default -> throw new AssertionError(move);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
