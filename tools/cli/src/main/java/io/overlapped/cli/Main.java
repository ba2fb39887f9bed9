package io.overlapped.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;

/**
 * The {@code overlapped} command.
 *
 * <p>Threads: the main thread; a server's end comes from a shutdown hook, see {@link Serving}.
 */
public final class Main {
    /** The command did what was asked for. */
    static final int DONE = 0;

    /** The command was understood but could not be carried out. */
    static final int FAILED = 1;

    /** The command line makes no sense. */
    static final int WRONG_USAGE = 2;

    private static final String LOG_LINE = "%1$tT %4$s %3$s: %5$s%6$s%n";

    private Main() {}

    /** Runs one command line and ends the process with its exit code. */
    public static void main(String[] args) {
        if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
            System.setProperty("java.util.logging.SimpleFormatter.format", LOG_LINE);
        }
        System.exit(run(writer(System.out), writer(System.err), args));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
    }

    /** Runs one command line; returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return configured(new CommandLine(new RootCommand()), out, err).execute(args);
    }

    /** Where a command and those below it print, and how they report errors. */
    static CommandLine configured(CommandLine line, PrintWriter out, PrintWriter err) {
        return line.setOut(out)
                .setErr(err)
                .setUsageHelpWidth(100)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new Failures());
    }
}
