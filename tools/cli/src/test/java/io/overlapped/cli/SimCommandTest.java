package io.overlapped.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.simulate.Scene;
import io.overlapped.simulate.Verdict;
import io.overlapped.simulate.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimCommandTest {
    private static final Workload CHAT =
            Workload.all().stream().filter(one -> one.name().equals("chat")).findFirst().get();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final SimCommand command = new SimCommand();
    private final CommandLine line =
            Main.configured(
                    new CommandLine(new RootCommand()).addSubcommand("simulate", command),
                    new PrintWriter(out, true),
                    new PrintWriter(err, true));

    @TempDir Path folder;

    private int run(String... options) {
        String[] all = new String[options.length + 1];
        all[0] = "simulate";
        System.arraycopy(options, 0, all, 1, options.length);
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return line.execute(all);
    }

    private String fact(String name) {
        Matcher found =
                Pattern.compile("\"" + name + "\":(\"[^\"]*\"|[^,}]*)").matcher(out.toString());
        assertTrue(found.find(), () -> "no " + name + " in " + out);
        return found.group(1);
    }

    @Test
    void aPassedRunSaysWhatItDidAndIsDone() {
        assertEquals(Main.DONE, run("--workload", "chat", "--seeds", "2", "--seconds", "5"));
        String text = out.toString();
        for (String part : List.of("events  ", "faults  ", "simulated in", "hash  ", "passed")) {
            assertTrue(text.contains(part), text);
        }
        assertEquals("", err.toString(), "progress is for a terminal");
    }

    @Test
    void jsonIsOneObjectWithTheFigures() {
        assertEquals(Main.DONE, run("--seeds", "3..4", "--seconds", "3", "--json"));
        assertEquals(1, out.toString().lines().count());
        assertEquals("2", fact("seeds"));
        assertEquals("0", fact("violations"));
        for (String name :
                List.of(
                        "events",
                        "faults",
                        "eventsPerSecond",
                        "faultsPerSecond",
                        "simulatedSeconds",
                        "realSeconds")) {
            assertTrue(Double.parseDouble(fact(name)) > 0, name);
        }
        assertTrue(fact("hash").matches("\"[0-9a-f]{16}\""));
    }

    @Test
    void theSameSeedsGiveTheSameHashAndOthersAnother() {
        String[] same = {"--workload", "world", "--seeds", "1..2", "--seconds", "3", "--json"};
        assertEquals(Main.DONE, run(same));
        String hash = fact("hash");
        assertEquals(Main.DONE, run(same));
        assertEquals(hash, fact("hash"));
        assertEquals(
                Main.DONE,
                run("--workload", "world", "--seeds", "2..3", "--seconds", "3", "--json"));
        assertFalse(hash.equals(fact("hash")));
    }

    @Test
    void aViolationFailsWithItsSeedAndTheCommandThatShowsItAgain() {
        command.known = List.of(new Bad());
        assertEquals(Main.FAILED, run("--seeds", "5..9", "--seconds", "2", "--json"));
        assertEquals("6", fact("seed"));
        assertEquals("1", fact("violations"));
        String again = "--workload bad --clients 8 --seconds 2 --faults swarm --replay 6";
        assertTrue(err.toString().contains(again), err::toString);
        assertEquals(
                Main.FAILED,
                run("--workload", "bad", "--seconds", "2", "--faults", "swarm", "--replay", "6"));
        assertTrue(out.toString().contains("everybody") || out.toString().contains(" s "));
        assertTrue(err.toString().contains("seed 6, bad: planted"), err::toString);
    }

    @Test
    void aReplayPrintsTheEndOfTheTraceAndAllOfItOnRequest() throws IOException {
        String[] options = {"--workload", "chat", "--seconds", "5", "--replay", "3"};
        assertEquals(Main.DONE, run(options));
        long bounded = out.toString().lines().count();
        assertTrue(bounded > 100 && bounded < 300, bounded + " lines");
        Path file = folder.resolve("trace.txt");
        assertEquals(
                Main.DONE,
                run(
                        "--workload",
                        "chat",
                        "--seconds",
                        "5",
                        "--replay",
                        "3",
                        "--trace",
                        file.toString()));
        assertTrue(Files.readAllLines(file).size() > 500);
    }

    @Test
    void theLedgerGetsALineForEachRun() throws IOException {
        Path file = folder.resolve("ledger.tsv");
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    Main.DONE,
                    run(
                            "--workload",
                            "chat",
                            "--seeds",
                            "1",
                            "--seconds",
                            "2",
                            "--ledger",
                            file.toString()));
        }
        List<String> lines = Files.readAllLines(file);
        assertEquals(3, lines.size());
        assertEquals(
                "# date\tcommit\twhat\tscope\tevents\tfaults\toutcome\tfigures", lines.getFirst());
        List<String> columns = List.of(lines.getLast().split("\t", -1));
        assertEquals(8, columns.size());
        assertEquals("sim chat", columns.get(2));
        assertEquals("seeds 1..1, 8 clients, 2 s, swarm", columns.get(3));
        assertTrue(Long.parseLong(columns.get(4)) > 0);
        assertEquals("passed", columns.get(6));
        assertEquals(
                Main.FAILED, run("--seeds", "1", "--seconds", "1", "--ledger", folder.toString()));
        assertTrue(err.toString().contains("ledger"), err::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --workload | chess | choose of: echo, chat, world, all
                    --seeds | many | first and the last
                    --seeds | 9..5 | smaller one comes first
                    --seconds | 0 | must be 1 to
                    --seconds | soon | is not a long
                    --clients | 0 | must be 1 to 200
                    --faults | gremlins | choose of: swarm, none
                    --faults | reset=2 | 0 to 1
                    --trace | all.txt | --trace goes with --replay
                    --seed | 5 | did you mean
                    """)
    void whatMakesNoSenseIsRefusedWithTheRemedy(String option, String value, String remedy) {
        assertEquals(Main.WRONG_USAGE, run(option, value));
        assertTrue(err.toString().contains(remedy), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
    }

    /** Violates something in the world of seed 6. */
    private static final class Bad implements Workload {
        @Override
        public String name() {
            return "bad";
        }

        @Override
        public Scene open(io.overlapped.sim.World world, Verdict verdict, int clients) {
            if (world.seed() == 6) {
                world.after(Duration.ofSeconds(1), () -> verdict.violated("planted"));
            }
            return CHAT.open(world, verdict, clients);
        }
    }
}
