package io.overlapped.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the benchmark as a process of its own: its peers' jars are on nobody else's path. */
@Command(
        name = "bench",
        description = {
            "Compare our servers with Netty, NIO, NIO.2, virtual threads, C and Asio: each in turn as a"
                    + " process on one core, the same load from another core, every byte verified.",
            "",
            "A full run takes about two hours; nothing else should run meanwhile."
        },
        footer = {
            "",
            "Peers in C and C++ are compiled here when there is a compiler; a row that cannot run says"
                    + " why. The exit code is 1 when a server sent a wrong byte or failed.",
            "",
            "Examples:",
            "  ./overlapped bench --list",
            "  ./overlapped bench --quick",
            "  ./overlapped bench --growth --html growth.html",
            "  ./overlapped bench --only uring-routine,c-uring --workloads echo-64,echo-1000",
            "  ./overlapped bench --html report.html",
        })
final class BenchCommand implements Callable<Integer> {
    private static final String PROGRAM = "io.overlapped.bench.Main";
    private static final String FOLDER_PROPERTY = "overlapped.bench";

    @Mixin HelpOption help = new HelpOption();
    @Mixin JsonOption json = new JsonOption();

    @Option(names = "--quick", description = "A few rows and workloads in less than a minute.")
    boolean quick;

    @Option(
            names = "--growth",
            description = "How cost grows with connections and with the size of a message.")
    boolean growth;

    @Option(names = "--proactors", description = "One event loop against two in one server.")
    boolean proactors;

    @Option(names = "--timeouts", description = "A timeout on every operation against none.")
    boolean timeouts;

    @Option(names = "--list", description = "List the rows and the workloads, and end.")
    boolean list;

    @Option(names = "--only", paramLabel = "ROW[,ROW]", description = "Measure these rows only.")
    @Nullable String only;

    @Option(
            names = "--workloads",
            paramLabel = "NAME[,NAME]",
            description = "Measure these workloads only.")
    @Nullable String workloads;

    @Option(
            names = "--rounds",
            paramLabel = "COUNT",
            description = "How often each row is measured, in turn with the others; 5 by default.")
    @Nullable String rounds;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            description = "How long each measurement is, after its warm-up; 2 by default.")
    @Nullable String seconds;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a report with plots, one page that needs no network.")
    @Nullable Path html;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Process bench = new ProcessBuilder(command()).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(bench::destroy));
        return bench.waitFor();
    }

    private List<String> command() throws IOException {
        Path jars = jars();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Doverlapped.commit=" + Build.running().commit());
        command.add("-Doverlapped.bench.folder=" + jars.resolveSibling("peers"));
        command.add("-Dstdout.encoding=UTF-8");
        command.add("-Dstderr.encoding=UTF-8");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(List.of("-cp", jars + "/*", PROGRAM));
        command.addAll(arguments());
        return command;
    }

    private static Path jars() throws IOException {
        String folder = System.getProperty(FOLDER_PROPERTY, "");
        Path jars = Path.of(folder);
        if (folder.isEmpty() || !Files.isDirectory(jars)) {
            throw new UserError(
                    "the benchmark has not been built",
                    "start it with './overlapped bench', which builds it");
        }
        return jars.toRealPath();
    }

    /** As the benchmark takes them; it checks their values, as it knows the rows. */
    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        addSwitch(arguments, "--quick", quick);
        addSwitch(arguments, "--growth", growth);
        addSwitch(arguments, "--proactors", proactors);
        addSwitch(arguments, "--timeouts", timeouts);
        addSwitch(arguments, "--list", list);
        addSwitch(arguments, "--json", json.json);
        add(arguments, "--only", only);
        add(arguments, "--workloads", workloads);
        add(arguments, "--rounds", rounds);
        add(arguments, "--seconds", seconds);
        add(arguments, "--html", html);
        return arguments;
    }

    private static void addSwitch(List<String> arguments, String name, boolean on) {
        if (on) {
            arguments.add(name);
        }
    }

    private static void add(List<String> arguments, String name, @Nullable Object value) {
        if (value != null) {
            arguments.addAll(List.of(name, value.toString()));
        }
    }
}
