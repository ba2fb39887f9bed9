package io.overlapped.cli;

import io.overlapped.Options;
import io.overlapped.OverlappedException;
import io.overlapped.echo.EchoDialogue;
import io.overlapped.echo.EchoVerification;
import io.overlapped.echo.RecordSender;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A client of an echo server: for someone who types, to verify, or to send records. */
@Command(
        name = "connect",
        description = {
            "Send each line of the standard input and print its answer. With --verify send random",
            "messages on many connections and compare every byte that comes back. With --records",
            "send 100-byte records.",
        },
        footer = {
            "",
            "Examples:",
            "  ./overlapped echo connect",
            "  printf 'hello\\n' | ./overlapped echo connect --port 3500",
            "  ./overlapped echo connect --verify --connections 20 --messages 1000 --seed 1",
            "  ./overlapped echo connect --records --count 500 --rate 100",
        })
final class EchoConnectCommand implements Callable<Integer> {
    private static final int PORT = 4000;
    private static final int RECORDS_PORT = 7777;

    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin HelpOption help = new HelpOption();
    @Mixin AddressOptions at = new AddressOptions(PORT);
    @Mixin DriverOption driver = new DriverOption();
    @Mixin JsonOption json = new JsonOption();

    @Option(names = "--verify", description = "Verify every byte of random messages.")
    boolean verify;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "With --verify: connections at once (default: ${DEFAULT-VALUE}).")
    int connections = 20;

    @Option(
            names = "--messages",
            paramLabel = "N",
            description = "With --verify: messages on each (default: ${DEFAULT-VALUE}).")
    long messages = 1000;

    @Option(
            names = "--message-bytes",
            paramLabel = "N",
            description = "With --verify: the longest message (default: ${DEFAULT-VALUE}).")
    int messageBytes = 4096;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "With --verify: repeats the messages of another run (default: random).")
    @Nullable Long seed;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "With --verify: for all of it (default: ${DEFAULT-VALUE}).")
    long timeoutSeconds = 120;

    @Option(names = "--records", description = "Send records, to port 7777 by default.")
    boolean records;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "With --records: how many (default: ${DEFAULT-VALUE}).")
    long count = 10;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "With --records: how many a second; 0 as fast as they are taken (default:"
                            + " ${DEFAULT-VALUE}).")
    long rate;

    @Override
    public Integer call() {
        boolean ownPort = spec.commandLine().getParseResult().hasMatchedOption("--port");
        InetSocketAddress server = at.address(records && !ownPort ? RECORDS_PORT : at.port);
        Options io = Options.defaults().withDriver(driver.driverName());
        try {
            if (verify) {
                return verify(server, io);
            } else if (records) {
                return sendRecords(server, io);
            }
            return talk(server, io);
        } catch (OverlappedException e) {
            throw Connecting.explained(server, "echo serve", e);
        }
    }

    private int talk(InetSocketAddress server, Options io) {
        if (json.json) {
            throw new ParameterException(
                    spec.commandLine(), "--json goes with --verify or --records only");
        }
        boolean typing = Typing.isAtTerminal();
        EchoDialogue dialogue =
                new EchoDialogue(spec.commandLine().getOut(), spec.commandLine().getErr(), typing);
        return dialogue.run(server, io, System.in) ? Main.DONE : Main.FAILED;
    }

    private int verify(InetSocketAddress server, Options io) {
        long chosen = seed == null ? System.nanoTime() : seed;
        EchoVerification.Plan plan =
                orUsage(
                        () ->
                                new EchoVerification.Plan(
                                        connections,
                                        messages,
                                        messageBytes,
                                        chosen,
                                        Duration.ofSeconds(timeoutSeconds)));
        EchoVerification.Result result = EchoVerification.run(server, io, plan);
        PrintWriter out = spec.commandLine().getOut();
        if (json.json) {
            out.println(Json.text(result.facts()));
        } else {
            out.printf(
                    "%s: %d connections, %d messages, %d bytes came back as sent, seed %d%n",
                    result.isVerified() ? "verified" : "FAILED",
                    plan.connections(),
                    result.messages(),
                    result.bytes(),
                    plan.seed());
            result.failures().forEach(failure -> out.println("  " + failure));
        }
        return result.isVerified() ? Main.DONE : Main.FAILED;
    }

    private int sendRecords(InetSocketAddress server, Options io) {
        RecordSender.Plan plan = orUsage(() -> new RecordSender.Plan("Hello World", count, rate));
        boolean watched = !json.json && Typing.isAtTerminal();
        PrintWriter out = spec.commandLine().getOut();
        LongConsumer progress = watched ? sent -> showProgress(out, sent) : _ -> {};
        boolean ended = RecordSender.run(server, io, plan, progress);
        if (json.json) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("records", plan.count());
            facts.put("bytes", plan.count() * 100);
            facts.put("ended", ended);
            out.println(Json.text(facts));
        } else {
            out.printf("%ssent %d records of 100 bytes%n", watched ? "\r" : "", plan.count());
        }
        if (!ended) {
            throw new UserError(
                    "the server did not end the stream after the last record",
                    "see whether it is a records server: ./overlapped echo serve --records");
        }
        return Main.DONE;
    }

    private void showProgress(PrintWriter out, long sent) {
        if (sent % 1000 == 0) {
            out.printf("\r%d of %d", sent, count);
            out.flush();
        }
    }

    private <T> T orUsage(Supplier<T> plan) {
        try {
            return plan.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
