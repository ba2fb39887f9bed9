package io.overlapped.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what this is and what it runs on. */
@Command(
        name = "version",
        description = "Print the version, the commit, the Java and the system it runs on.",
        footer = {
            "",
            "Examples:",
            "  ./overlapped version",
            "  ./overlapped version --json",
        })
final class VersionCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin HelpOption help = new HelpOption();
    @Mixin JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        Build build = Build.running();
        spec.commandLine().getOut().println(json.json ? Json.text(build.facts()) : build.line());
        return Main.DONE;
    }
}
