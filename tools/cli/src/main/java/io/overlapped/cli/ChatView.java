package io.overlapped.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where a person reads the chat and types.
 *
 * <p>Threads: {@link #read} on one, the others on any, at the same time.
 */
interface ChatView extends AutoCloseable {
    /** The next line that was typed; null when the person leaves. */
    @Nullable String read() throws IOException;

    /** Shows a line, above what is being typed. */
    void show(String line);

    /** Shows what went wrong. */
    void showProblem(String problem);

    @Override
    void close();
}
