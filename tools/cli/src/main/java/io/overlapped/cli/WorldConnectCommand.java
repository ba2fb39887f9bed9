package io.overlapped.cli;

import io.overlapped.Options;
import io.overlapped.Proactor;
import io.overlapped.world.WorldClient;
import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays on a board in the terminal, or by lines of letters where there is no terminal. */
@Command(
        name = "connect",
        description = {
            "Play on a board that speaks the course's wire.",
            "In a terminal: arrows or w a s d move, q leaves. Otherwise each line of standard input"
                    + " is read as such letters, and the board is printed after it."
        },
        footer = {
            "",
            "Examples:",
            "  ./overlapped world connect --name Ada",
            "  echo wwd | ./overlapped world connect --name Bob --port 3500",
        })
final class WorldConnectCommand implements Callable<Integer> {
    private static final int NAME_BYTES_MAX = 19;

    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin HelpOption help = new HelpOption();
    @Mixin AddressOptions at = new AddressOptions(WorldServeCommand.COURSE_PORT);
    @Mixin DriverOption driver = new DriverOption();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Your name, at most 19 bytes (default: ${DEFAULT-VALUE}).")
    String name = userName();

    @Option(
            names = "--size",
            paramLabel = "CELLS",
            description = "Width and height of the board, which is not sent (default: 8).")
    int size = 8;

    @Override
    public Integer call() throws Exception {
        if (name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX) {
            throw new UserError(
                    "the name '" + name + "' has more than 19 bytes", "give a shorter one");
        }
        if (size < 1 || size > Short.MAX_VALUE) {
            throw new UserError("--size is " + size, "give a number from 1 to 32767");
        }
        InetSocketAddress address = at.address();
        CommandLine line = spec.commandLine();
        WorldPlay play = new WorldPlay(size);
        try (Proactor proactor =
                        Proactor.start(Options.defaults().withDriver(driver.driverName()));
                WorldClient client = WorldClient.connect(proactor, address, name, play)) {
            play.awaitLogin();
            if (isTerminal()) {
                try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
                    new WorldScreen(terminal, client, play).run();
                }
            } else {
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8));
                new WorldLines(in, line.getOut(), client, play).run();
            }
        }
        if (play.hasLost()) {
            line.getErr().println("overlapped: " + play.endedWhy());
            return Main.FAILED;
        }
        return Main.DONE;
    }

    @SuppressWarnings("SystemConsoleNull") // the console of java.base is null in a pipe
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private static String userName() {
        String user = System.getProperty("user.name", "player");
        return user.length() <= NAME_BYTES_MAX && user.matches("[\\x21-\\x7e]+") ? user : "player";
    }
}
