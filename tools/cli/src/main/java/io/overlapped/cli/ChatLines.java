package io.overlapped.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The chat where there is no terminal: lines in, lines out. */
final class ChatLines implements ChatView {
    private final BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final PrintWriter out;
    private final PrintWriter err;

    ChatLines(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public @Nullable String read() throws IOException {
        return in.readLine();
    }

    @Override
    public void show(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void showProblem(String problem) {
        err.println("overlapped: " + problem);
        err.flush();
    }

    @Override
    public void close() {}
}
