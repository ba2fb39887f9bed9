package io.overlapped.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command without a subcommand: it shows what there is. */
@Command(
        name = "overlapped",
        description = "Completion-based network I/O for Java, and servers to play with.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = RootCommand.Version.class,
        subcommands = {
            PlayCommand.class,
            EchoCommand.class,
            ChatCommand.class,
            WorldCommand.class,
            LabCommand.class,
            SimCommand.class,
            BenchCommand.class,
            DoctorCommand.class,
            VersionCommand.class,
            HelpCommand.class,
        },
        footer = {
            "",
            "`./overlapped test` builds everything and runs all tests.",
            "",
            "Examples:",
            "  ./overlapped play",
            "  ./overlapped doctor",
            "  ./overlapped doctor --help",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage.",
        })
final class RootCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin HelpOption help = new HelpOption();

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and end.")
    boolean version;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Main.WRONG_USAGE;
    }

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Build.running().line()};
        }
    }
}
