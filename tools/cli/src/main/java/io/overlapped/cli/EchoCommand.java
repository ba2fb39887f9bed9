package io.overlapped.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What there is for echo. */
@Command(
        name = "echo",
        description = "A server that sends back what it receives, and its clients.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {EchoServeCommand.class, EchoConnectCommand.class},
        footer = {
            "",
            "Examples:",
            "  ./overlapped echo serve",
            "  ./overlapped echo connect",
        })
final class EchoCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin HelpOption help = new HelpOption();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Main.WRONG_USAGE;
    }
}
