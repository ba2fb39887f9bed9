package io.overlapped.cli;

import java.io.IOException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** The chat in a terminal: what others say appears above the line that is being typed. */
final class ChatScreen implements ChatView {
    private final Terminal terminal;
    private final LineReader reader;
    private final String prompt;

    ChatScreen(String name) throws IOException {
        terminal = TerminalBuilder.builder().system(true).build();
        reader =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        // A message with an exclamation mark is no command of a shell.
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .build();
        prompt = ChatTalk.shown(name) + "> ";
    }

    @Override
    public @Nullable String read() {
        try {
            return reader.readLine(prompt);
        } catch (EndOfFileException | UserInterruptException e) {
            return null;
        }
    }

    @Override
    public void show(String line) {
        reader.printAbove(line);
    }

    @Override
    public void showProblem(String problem) {
        reader.printAbove("overlapped: " + problem);
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            // The terminal is gone, and with it whoever would read this.
        }
    }
}
