package io.overlapped.cli;

import io.overlapped.echo.EchoOptions;
import io.overlapped.echo.EchoServer;
import io.overlapped.echo.EchoStyle;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves echo, or records. */
@Command(
        name = "serve",
        description = {
            "Send back what clients send: to all of them at once, or with --one-at-a-time to one",
            "after the other. With --records take 100-byte records and answer nothing.",
        },
        footer = {
            "",
            "Examples:",
            "  ./overlapped echo serve --style port --workers 4",
            "  ./overlapped echo serve --one-at-a-time",
            "  ./overlapped echo serve --records --verbose",
        })
final class EchoServeCommand implements Callable<Integer> {
    private static final int PORT = 4000;
    private static final int ONE_AT_A_TIME_PORT = 3500;
    private static final int RECORDS_PORT = 7777;

    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin HelpOption help = new HelpOption();
    @Mixin AddressOptions at = new AddressOptions(PORT);
    @Mixin DriverOption driver = new DriverOption();
    @Mixin StyleOption style = new StyleOption();
    @Mixin JsonOption json = new JsonOption();

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "Threads at the port, with --style port; 1 drives the I/O itself"
                            + " (default: ${DEFAULT-VALUE}).")
    int workers = 1;

    @Option(
            names = "--one-at-a-time",
            description =
                    "Serve one client to its end; the next ones wait their turn. On port "
                            + ONE_AT_A_TIME_PORT
                            + " by default.")
    boolean oneAtATime;

    @Option(
            names = "--records",
            description = "Take 100-byte records, on port " + RECORDS_PORT + " by default.")
    boolean records;

    @Option(
            names = "--verbose",
            description = "Print who comes and goes, and what each receive brought.")
    boolean verbose;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        boolean ownPort = spec.commandLine().getParseResult().hasMatchedOption("--port");
        InetSocketAddress address = at.address(ownPort ? at.port : usualPort());
        EchoOptions options = options(out);
        EchoServer server = Bind.open(address, () -> EchoServer.open(address, options));
        Listening listening =
                new Listening(server.address(), records ? "records" : "echo", server.driver());
        return Serving.untilStopped(
                () -> stop(server, out),
                List.of(listening),
                json.json,
                out,
                spec.commandLine().getErr());
    }

    private int usualPort() {
        if (records) {
            return RECORDS_PORT;
        }
        return oneAtATime ? ONE_AT_A_TIME_PORT : PORT;
    }

    private EchoOptions options(PrintWriter out) {
        if (verbose && json.json) {
            throw new ParameterException(
                    spec.commandLine(), "--verbose and --json cannot be given together");
        }
        try {
            EchoOptions options =
                    EchoOptions.defaults()
                            .withDriver(driver.driverName())
                            .withStyle(styleOf(style.style), workers)
                            .withOneAtATime(oneAtATime)
                            .withRecords(records);
            return verbose ? options.withReport(out::println) : options;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static EchoStyle styleOf(StyleOption.Style style) {
        return switch (style) {
            case event -> EchoStyle.EVENT;
            case routine -> EchoStyle.ROUTINE;
            case port -> EchoStyle.PORT;
        };
    }

    private void stop(EchoServer server, PrintWriter out) {
        server.close();
        Map<String, Long> counts = server.counts();
        if (json.json) {
            out.println(Json.text(Map.of("served", counts)));
        } else {
            out.printf(
                    "served %d clients: %d receives, %d bytes%n",
                    counts.get("clients"), counts.get("receives"), counts.get("bytesReceived"));
            if (records) {
                out.printf(
                        "%d records, %d incomplete%n",
                        counts.get("records"), counts.get("incompleteRecords"));
            }
        }
        out.flush();
    }
}
