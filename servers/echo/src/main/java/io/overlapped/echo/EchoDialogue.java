package io.overlapped.echo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.overlapped.Options;
import io.overlapped.OverlappedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * A conversation with an echo server: each line of the input is sent, and its answer printed before
 * the next line is read.
 *
 * <p>Threads: {@link #run} keeps the one that calls it. Reading the input cannot be interrupted, so
 * it has a daemon thread of its own, which is left behind when the server goes first.
 */
public final class EchoDialogue {
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean prompting;
    private final Semaphore answered = new Semaphore(0);
    private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();
    private volatile boolean refused;

    /**
     * @param prompting whether someone types
     */
    public EchoDialogue(PrintWriter out, PrintWriter err, boolean prompting) {
        this.out = out;
        this.err = err;
        this.prompting = prompting;
    }

    /**
     * Talks until the input ends, or the server.
     *
     * @return whether every line was sent and answered; what went wrong is printed
     * @throws OverlappedException if there is no server
     */
    public boolean run(InetSocketAddress server, Options io, InputStream in) {
        try (EchoClient client = EchoClient.connect(server, io, this::print, this::ended)) {
            Thread.ofPlatform().name("echo input").daemon().start(() -> sendAll(client, in));
            return outcome.join();
        }
    }

    private void sendAll(EchoClient client, InputStream in) {
        InputLines lines = new InputLines(in, EchoClient.TEXT_BYTES_MAX);
        try {
            prompt();
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                if (isSendable(line, lines.isTooLong())) {
                    client.send(line);
                    answered.acquire();
                }
                prompt();
            }
            outcome.complete(!refused);
        } catch (IOException e) {
            fail("the input cannot be read: " + e.getMessage());
        } catch (OverlappedException e) {
            fail("the server is gone: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isSendable(byte[] line, boolean tooLong) {
        String why = "";
        if (tooLong) {
            why = "is longer than " + EchoClient.TEXT_BYTES_MAX + " bytes; split it";
        } else if (hasNul(line)) {
            why = "has a NUL in it, which ends a message; remove it";
        }
        if (why.isEmpty()) {
            return true;
        }
        refused = true;
        err.println("overlapped: a line was not sent: it " + why);
        err.flush();
        return false;
    }

    private static boolean hasNul(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    private void prompt() {
        if (prompting) {
            out.print("Enter message: ");
            out.flush();
        }
    }

    private void print(byte[] answer) {
        out.println("Server Sent: " + new String(answer, UTF_8));
        out.flush();
        answered.release();
    }

    private void ended(String reason) {
        fail(reason);
    }

    private void fail(String reason) {
        if (outcome.complete(false)) {
            if (prompting) {
                out.println();
                out.flush();
            }
            err.println("overlapped: " + reason);
            err.flush();
        }
    }
}
