package io.overlapped.bench;

import io.overlapped.bench.load.Reply;
import io.overlapped.bench.load.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The load generator's process: one for all servers, so that it is warm and the same for all. */
final class LoadProcess implements AutoCloseable {
    private static final String PROGRAM = "io.overlapped.bench.load.LoadMain";
    private static final long PATIENCE_MILLIS = 90_000;

    private final Process process;
    private final PrintWriter input;
    private final BufferedReader output;

    LoadProcess(Cores cores) throws IOException {
        process =
                new ProcessBuilder(cores.pinLoad(Jvm.command(List.of(), PROGRAM)))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * @throws IllegalStateException with its words, if it failed: a wrong byte, a connection lost
     */
    Reply ask(Request request) throws IOException {
        var answered = new CompletableFuture<Void>();
        CompletableFuture.delayedExecutor(
                        request.warmMillis() + request.millis() + PATIENCE_MILLIS,
                        TimeUnit.MILLISECONDS)
                .execute(
                        () -> {
                            if (!answered.isDone()) {
                                process.destroyForcibly();
                            }
                        });
        input.println(request.line());
        String line = output.readLine();
        answered.complete(null);
        if (line == null) {
            throw new IOException("the load generator has ended");
        }
        return Reply.of(line);
    }

    /** Lets go of the connections it holds. */
    void release() {
        input.println("release");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
