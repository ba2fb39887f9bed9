package io.overlapped.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server under test, as a whole process. It ends when this is closed, or when we end. */
final class ServerProcess implements AutoCloseable {
    private static final String READY = "listening ";
    private static final long START_SECONDS = 120;

    private final Process process;
    private final Path errors;
    private final int port;

    private ServerProcess(Process process, Path errors) throws IOException {
        this.process = process;
        this.errors = errors;
        port = readPort();
    }

    /**
     * Starts it and waits until it listens.
     *
     * @throws Unavailable with its own words, if it ends instead
     */
    static ServerProcess start(List<String> command) throws IOException {
        Path errors = Files.createTempFile("overlapped-bench", ".err");
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try {
            return new ServerProcess(process, errors);
        } catch (RuntimeException e) {
            process.destroyForcibly();
            Files.deleteIfExists(errors);
            throw e;
        }
    }

    private int readPort() throws IOException {
        var late = CompletableFuture.delayedExecutor(START_SECONDS, TimeUnit.SECONDS);
        var listens = new CompletableFuture<Void>();
        late.execute(
                () -> {
                    if (!listens.isDone()) {
                        process.destroyForcibly();
                    }
                });
        var output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        listens.complete(null);
        if (line == null || !line.startsWith(READY)) {
            throw new Unavailable(reason());
        }
        return Integer.parseInt(line.substring(READY.length()));
    }

    /** What it said about its end. */
    String reason() {
        try {
            List<String> lines = Files.readAllLines(errors);
            return lines.stream()
                    .filter(line -> line.contains("Exception") || line.contains("Error"))
                    .findFirst()
                    .or(() -> lines.stream().findFirst())
                    .map(line -> line.replaceFirst("^Exception in thread \"[^\"]*\" ", ""))
                    .orElse("it ended without a word");
        } catch (IOException e) {
            return "it ended, and what it said cannot be read";
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Files.deleteIfExists(errors);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // A file left in the folder for temporary files harms nobody.
        }
    }
}
