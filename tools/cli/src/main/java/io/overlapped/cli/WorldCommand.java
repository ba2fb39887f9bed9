package io.overlapped.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The board game's commands. */
@Command(
        name = "world",
        description = "A board that many players share: its server and a client for the terminal.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {WorldServeCommand.class, WorldConnectCommand.class},
        footer = {
            "",
            "Examples:",
            "  ./overlapped world serve",
            "  ./overlapped world connect --name Ada",
        })
final class WorldCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin HelpOption help = new HelpOption();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Main.WRONG_USAGE;
    }
}
