package io.overlapped.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What there is for the chat. */
@Command(
        name = "chat",
        description = "A room in which everybody hears everybody, and its client.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ChatServeCommand.class, ChatConnectCommand.class},
        footer = {
            "",
            "Examples:",
            "  ./overlapped chat serve",
            "  ./overlapped chat connect --name Ada",
        })
final class ChatCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin HelpOption help = new HelpOption();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Main.WRONG_USAGE;
    }
}
