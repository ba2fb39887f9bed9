package io.overlapped.bench;

import io.overlapped.bench.report.HtmlReport;
import io.overlapped.bench.report.JsonReport;
import io.overlapped.bench.report.TextTable;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The benchmark: the command line's {@code bench} starts it as a process of its own. */
final class Main {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    /** The folder where compiled peers are kept between runs. */
    private static final String FOLDER_PROPERTY = "overlapped.bench.folder";

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    /** Returns the exit code. */
    static int run(PrintStream out, PrintStream err, String... args) {
        try {
            Settings settings = Settings.of(args);
            return settings.list() ? list(out) : measure(settings, out, err);
        } catch (Settings.WrongUsage e) {
            err.println("overlapped: " + e.getMessage() + "; see './overlapped bench --help'");
            return WRONG_USAGE;
        } catch (IOException e) {
            err.println("overlapped: " + e.getMessage());
            return FAILED;
        }
    }

    private static int list(PrintStream out) {
        out.println("rows (--only):");
        Row.ALL.forEach(row -> out.printf("  %-18s %s%n", row.id(), row.title()));
        out.println("workloads (--workloads):");
        Workload.ALL.forEach(
                workload -> out.printf("  %-18s %s%n", workload.id(), workload.title()));
        return DONE;
    }

    private static int measure(Settings settings, PrintStream out, PrintStream err)
            throws IOException {
        if (!Files.isDirectory(Path.of("/proc/self/task"))) {
            throw new IOException(
                    "the benchmark reads CPU time and memory from /proc; run it on Linux");
        }
        if (settings.html().isPresent()) {
            requireWritable(settings.html().get());
        }
        Cores cores = Cores.of();
        List<String> notes = Notes.of(settings, cores);
        cores.note().ifPresent(note -> err.println("overlapped: " + note));
        Results results =
                new Results(
                        Environment.describe(settings, cores), notes, series(settings, cores, err));
        out.println(settings.json() ? JsonReport.text(results) : TextTable.text(results));
        if (settings.html().isPresent()) {
            Files.writeString(settings.html().get(), HtmlReport.page(results));
            err.println("report: " + settings.html().get().toAbsolutePath());
        }
        return results.hasFailures() ? FAILED : DONE;
    }

    private static List<Series> series(Settings settings, Cores cores, PrintStream err)
            throws IOException {
        int steps = settings.rounds() * pairs(settings);
        boolean shown =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        var progress = new Progress(err, shown, steps);
        Optional<String> folder = Optional.ofNullable(System.getProperty(FOLDER_PROPERTY));
        Path builds =
                folder.isPresent()
                        ? Files.createDirectories(Path.of(folder.get()))
                        : Files.createTempDirectory("overlapped-bench");
        try (var referee = new Referee(cores, new NativeBuild(builds), settings.timing())) {
            return referee.run(settings.rows(), settings.workloads(), settings.rounds(), progress);
        } finally {
            if (folder.isEmpty()) {
                delete(builds);
            }
        }
    }

    private static int pairs(Settings settings) {
        int pairs = 0;
        for (Workload workload : settings.workloads()) {
            pairs += (int) settings.rows().stream().filter(row -> row.serves(workload)).count();
        }
        return pairs;
    }

    /** Said before the run, not after it. */
    private static void requireWritable(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isWritable(parent) || Files.isDirectory(file)) {
            throw new IOException("cannot write " + file + "; name a file in a folder that exists");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
