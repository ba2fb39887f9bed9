package io.overlapped.cli;

import io.overlapped.simulate.Campaign;
import io.overlapped.simulate.FaultProfile;
import io.overlapped.simulate.Outcome;
import io.overlapped.simulate.Plan;
import io.overlapped.simulate.Report;
import io.overlapped.simulate.Workload;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the servers in simulated worlds in which bad things happen, and checks what must hold. */
@Command(
        name = "sim",
        description = {
            "Run the servers and checking clients in simulated worlds, one for each seed: first faults",
            "strike and nothing wrong may happen, then they end and everybody must be served.",
            "",
            "The same seeds give the same hash everywhere. The first violation ends the run with exit",
            "code 1, and says how to see it again.",
        },
        footer = {
            "",
            "Examples:",
            "  ./overlapped sim",
            "  ./overlapped sim --workload chat --seeds 1000..1999",
            "  ./overlapped sim --workload chat --clients 10 --seconds 86400 --seeds 1",
            "  ./overlapped sim --faults reset,split=0.5 --json",
            "  ./overlapped sim --workload echo --replay 42 --trace trace.txt",
        })
final class SimCommand implements Callable<Integer> {
    private static final String ALL = "all";
    private static final String LOGGERS = "io.overlapped";

    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin HelpOption help = new HelpOption();
    @Mixin JsonOption json = new JsonOption();

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            description = "echo, chat, world, or all (default: ${DEFAULT-VALUE}).")
    String workload = ALL;

    @Option(
            names = "--seeds",
            paramLabel = "N|A..B",
            description = "The seeds 1 to N, or A to B (default: ${DEFAULT-VALUE}).")
    String seeds = "100";

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description =
                    "How long faults strike in each world, in its own time (default:"
                            + " ${DEFAULT-VALUE}).")
    long seconds = Plan.defaults().faultTime().toSeconds();

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "Clients in each world (default: ${DEFAULT-VALUE}).")
    int clients = Plan.defaults().clients();

    @Option(
            names = "--faults",
            paramLabel = "PROFILE",
            description = {
                "swarm: each seed draws its own; none; or names with commas between them, each",
                "with a rate or without, such as reset=0.001 (default: ${DEFAULT-VALUE})."
            })
    String faults = "swarm";

    @Option(
            names = "--replay",
            paramLabel = "SEED",
            description = "Run this seed and print what happens last in it.")
    @Nullable Long replay;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            arity = "0..1",
            fallbackValue = SimReplay.STANDARD_OUTPUT,
            description = "With --replay: all that happens in it, to a file if one is named.")
    @Nullable String trace;

    @Option(
            names = "--ledger",
            paramLabel = "FILE",
            description = "Append a line for each workload to a file.")
    @Nullable Path ledger;

    /** Set while a simulation runs, as the logging system itself forgets loggers. */
    private final Logger logger = Logger.getLogger(LOGGERS);

    List<Workload> known = Workload.all();

    @Override
    public Integer call() {
        if (trace != null && replay == null) {
            throw wrong("--trace goes with --replay");
        }
        Level before = logger.getLevel();
        // What servers log of what is done to them on purpose would be all there is to see.
        logger.setLevel(Level.OFF);
        try {
            return replay == null ? run() : replay(replay);
        } finally {
            logger.setLevel(before);
        }
    }

    private int run() {
        Campaign campaign = campaign(Seeds.of(seeds, this::wrong));
        PrintWriter err = spec.commandLine().getErr();
        SimProgress progress = new SimProgress(err, Typing.isAtTerminal() && !json.json);
        Report report = campaign.run(System::nanoTime, progress::show);
        progress.clear();
        if (ledger != null) {
            SimLedger.append(ledger, report, faults);
        }
        print(report);
        return report.passed() ? Main.DONE : Main.FAILED;
    }

    private int replay(long seed) {
        Campaign campaign = campaign(new Seeds(seed, seed));
        SimReplay run = new SimReplay(campaign, spec.commandLine().getOut(), trace, json.json);
        Report report = run.run();
        print(report);
        return report.passed() ? Main.DONE : Main.FAILED;
    }

    private void print(Report report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json.json) {
            out.println(Json.text(report.facts()));
        } else {
            SimText.lines(report, faults).forEach(out::println);
        }
        Outcome violation = report.violation();
        if (violation != null) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(
                    "overlapped: seed "
                            + violation.seed()
                            + ", "
                            + violation.workload()
                            + ": "
                            + violation.violation());
            if (violation.cause() != null && System.getenv(Failures.TRACE_VARIABLE) != null) {
                violation.cause().printStackTrace(err);
            }
            if (replay == null) {
                err.println("see it again with: " + replayCommand(violation));
            }
        }
    }

    private String replayCommand(Outcome violation) {
        return "./overlapped sim --workload %s --clients %d --seconds %d --faults %s --replay %d"
                .formatted(violation.workload(), clients, seconds, faults, violation.seed());
    }

    private Campaign campaign(Seeds range) {
        List<Workload> chosen =
                known.stream()
                        .filter(one -> workload.equals(ALL) || one.name().equals(workload))
                        .toList();
        if (chosen.isEmpty()) {
            throw wrong(
                    "there is no workload '%s'; choose of: %s, %s"
                            .formatted(
                                    workload,
                                    String.join(", ", known.stream().map(Workload::name).toList()),
                                    ALL));
        }
        try {
            Plan plan = new Plan(clients, Duration.ofSeconds(seconds), FaultProfile.of(faults));
            return new Campaign(chosen, plan, range.from(), range.to());
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException wrong(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
