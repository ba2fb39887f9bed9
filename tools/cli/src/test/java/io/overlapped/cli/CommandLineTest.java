package io.overlapped.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.session.Networks;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Probe probe = new Probe();
    private final CommandLine line =
            Main.configured(
                    new CommandLine(new RootCommand()).addSubcommand(probe),
                    new PrintWriter(out, true),
                    new PrintWriter(err, true));

    @Command(name = "probe")
    static final class Probe implements Callable<Integer> {
        @Mixin AddressOptions at = new AddressOptions(3500);
        @Mixin DriverOption driver = new DriverOption();
        @Mixin StyleOption style = new StyleOption();
        @Mixin JsonOption json = new JsonOption();
        Callable<Integer> body = () -> Main.DONE;

        @Override
        public Integer call() throws Exception {
            return body.call();
        }
    }

    private int run(String... args) {
        return line.execute(args);
    }

    private String onlyErrorLine() {
        List<String> lines = err.toString().lines().toList();
        assertEquals(1, lines.size(), err::toString);
        return lines.getFirst();
    }

    @Test
    void versionPrintsOneLineAndIsDone() {
        assertEquals(Main.DONE, run("version"));
        assertEquals(1, out.toString().lines().count());
        assertTrue(out.toString().contains(System.getProperty("java.version")), out::toString);
    }

    @Test
    void versionAsJsonIsOneObject() {
        assertEquals(Main.DONE, run("version", "--json"));
        assertTrue(out.toString().matches("\\{\"version\":.*\\}\\R"), out::toString);
    }

    @Test
    void noCommandShowsTheHelpAndIsWrongUsage() {
        assertEquals(Main.WRONG_USAGE, run());
        assertTrue(err.toString().contains("Commands:"), err::toString);
        assertEquals("", out.toString());
    }

    @Test
    void helpIsDone() {
        assertEquals(Main.DONE, run("--help"));
        assertTrue(out.toString().contains("Commands:"), out::toString);
    }

    @Test
    void everyCommandHasHelpWithExamples() {
        List<CommandLine> without = new ArrayList<>();
        collectWithoutExamples(line, without);
        assertEquals(
                List.of(), without.stream().map(c -> c.getCommandSpec().qualifiedName()).toList());
    }

    private static void collectWithoutExamples(CommandLine command, List<CommandLine> without) {
        String usage = command.getUsageMessage();
        boolean isLeaf = command.getSubcommands().isEmpty();
        boolean isOurs = !List.of("help", "probe").contains(command.getCommandName());
        if (isOurs && isLeaf && !usage.contains("Examples:")) {
            without.add(command);
        }
        command.getSubcommands().values().forEach(sub -> collectWithoutExamples(sub, without));
    }

    @Test
    void proxiesAreNamedOrAllOfThem() {
        ChatServeCommand chat = new ChatServeCommand();
        CommandLine parser = new CommandLine(chat);
        parser.parseArgs();
        assertEquals(Networks.NONE, chat.proxy.hops);
        parser.parseArgs("--behind-proxy", "--json");
        assertEquals(Networks.ALL, chat.proxy.hops);
        parser.parseArgs("--behind-proxy", "10.0.0.7,10.1.0.0/16");
        assertEquals(Networks.of("10.0.0.7", "10.1.0.0/16"), chat.proxy.hops);
    }

    @Test
    void aProxyThatIsNoAddressIsWrongUsageWithTheRemedy() {
        for (List<String> command :
                List.of(List.of("chat", "serve"), List.of("world", "serve"), List.of("play"))) {
            List<String> words = new ArrayList<>(command);
            words.addAll(List.of("--behind-proxy", "proxy.example"));
            assertEquals(Main.WRONG_USAGE, run(words.toArray(String[]::new)));
            assertTrue(
                    onlyErrorLine()
                            .contains(
                                    "'proxy.example' is not a list of addresses; give some like"
                                            + " 10.0.0.7,10.1.0.0/16, or none for all"),
                    err::toString);
            err.getBuffer().setLength(0);
        }
    }

    @Test
    void anUnknownCommandIsWrongUsageWithASuggestion() {
        assertEquals(Main.WRONG_USAGE, run("docter"));
        assertEquals(
                "overlapped: unknown command 'docter'; did you mean doctor?"
                        + " See './overlapped --help'",
                onlyErrorLine());
    }

    @Test
    void anUnknownOptionIsWrongUsageWithASuggestion() {
        assertEquals(Main.WRONG_USAGE, run("version", "--jsno"));
        assertEquals(
                "overlapped: unknown option '--jsno'; did you mean --json?"
                        + " See './overlapped version --help'",
                onlyErrorLine());
    }

    @Test
    void anOptionWithAValueIsRecognisedByItsName() {
        assertEquals(Main.WRONG_USAGE, run("probe", "--prot=7"));
        assertTrue(onlyErrorLine().contains("did you mean --port?"), err::toString);
    }

    @Test
    void somethingUnlikeAnyNameGetsNoSuggestion() {
        assertEquals(Main.WRONG_USAGE, run("xyzzy"));
        assertEquals(
                "overlapped: unknown command 'xyzzy'; see './overlapped --help'", onlyErrorLine());
    }

    @Test
    void aSuperfluousArgumentIsWrongUsage() {
        assertEquals(Main.WRONG_USAGE, run("version", "now"));
        assertTrue(onlyErrorLine().contains("unexpected argument 'now'"), err::toString);
    }

    @Test
    void anUnknownDriverIsWrongUsageAndTheLineNamesThoseThereAre() {
        assertEquals(Main.WRONG_USAGE, run("doctor", "--driver", "epoll"));
        assertTrue(
                onlyErrorLine().contains("expected one of [auto, uring, nio] but was 'epoll'"),
                err::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "99999999999", "http", "", " 80", "0x50"})
    void whatIsNotAPortIsWrongUsage(String port) {
        assertEquals(Main.WRONG_USAGE, run("probe", "--port", port));
        assertTrue(
                onlyErrorLine().contains("is not a port; give a number from 0 to 65535"),
                err::toString);
    }

    @Test
    void theCommonOptionsHaveTheDocumentedDefaults() {
        assertEquals(Main.DONE, run("probe"));
        assertEquals("127.0.0.1", probe.at.host);
        assertEquals(3500, probe.at.port);
        assertEquals("auto", probe.driver.driverName());
        assertEquals(StyleOption.Style.routine, probe.style.style);
        assertFalse(probe.json.json);
    }

    @Test
    void theCommonOptionsAreRead() {
        assertEquals(
                Main.DONE,
                run(
                        "probe",
                        "--host",
                        "::1",
                        "--port",
                        "0",
                        "--driver=nio",
                        "--style",
                        "port",
                        "--json"));
        assertEquals("::1", probe.at.host);
        assertEquals(0, probe.at.address().getPort());
        assertEquals("nio", probe.driver.driverName());
        assertEquals(StyleOption.Style.port, probe.style.style);
        assertTrue(probe.json.json);
    }

    @Test
    void aFailureIsOneLineWithoutAStackAndExitCodeOne() {
        probe.body =
                () -> {
                    throw new UserError("the door is locked", "knock");
                };
        assertEquals(Main.FAILED, run("probe"));
        assertEquals("overlapped: the door is locked; knock", onlyErrorLine());
    }

    @Test
    void aFaultOfTheProgramNamesItselfAndSaysHowToSeeMore() {
        probe.body =
                () -> {
                    throw new ArithmeticException();
                };
        assertEquals(Main.FAILED, run("probe"));
        assertEquals(
                "overlapped: java.lang.ArithmeticException (OVERLAPPED_TRACE=1 shows where)",
                onlyErrorLine());
    }

    @Test
    void aHostThatIsUnknownFailsWithItsName() {
        probe.body = () -> probe.at.address().getPort();
        assertEquals(Main.FAILED, run("probe", "--host", "no such host"));
        assertTrue(onlyErrorLine().contains("the host 'no such host'"), err::toString);
    }
}
