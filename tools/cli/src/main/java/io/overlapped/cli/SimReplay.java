package io.overlapped.cli;

import io.overlapped.simulate.Campaign;
import io.overlapped.simulate.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs one seed once more and prints what happens in it: the end of it, or all. */
final class SimReplay {
    /** In place of a file. */
    static final String STANDARD_OUTPUT = "-";

    private static final int LINES_MAX = 200;

    private final Campaign campaign;
    private final PrintWriter out;
    private final @Nullable String trace;
    private final boolean json;

    /**
     * @param trace where all of it goes; null for the end of it, on standard output
     * @param json whether standard output is for an object alone
     */
    SimReplay(Campaign campaign, PrintWriter out, @Nullable String trace, boolean json) {
        this.campaign = campaign;
        this.out = out;
        this.trace = trace;
        this.json = json;
    }

    /**
     * @throws UserError if the file cannot be written
     */
    Report run() {
        if (trace == null) {
            return json ? replay(_ -> {}) : replayEnd();
        }
        if (trace.equals(STANDARD_OUTPUT)) {
            return replay(json ? _ -> {} : out::println);
        }
        try (PrintWriter file = new PrintWriter(Files.newBufferedWriter(Path.of(trace)))) {
            Report report = replay(file::println);
            if (file.checkError()) {
                throw new IOException("the disk may be full");
            }
            return report;
        } catch (IOException | UncheckedIOException e) {
            throw new UserError(
                    "the trace " + trace + " cannot be written: " + e,
                    "name a file in a folder that is there");
        }
    }

    private Report replayEnd() {
        ArrayDeque<String> last = new ArrayDeque<>();
        long[] count = {0};
        Report report =
                replay(
                        line -> {
                            count[0]++;
                            if (last.size() == LINES_MAX) {
                                last.remove();
                            }
                            last.add(line);
                        });
        if (count[0] > last.size()) {
            out.println(
                    "… "
                            + (count[0] - last.size())
                            + " lines before these; --trace prints all, --trace FILE writes them");
        }
        last.forEach(out::println);
        return report;
    }

    private Report replay(Consumer<String> lines) {
        return campaign.replay(System::nanoTime, lines);
    }
}
