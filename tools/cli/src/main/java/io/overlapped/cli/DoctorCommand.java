package io.overlapped.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says which driver runs here and why, and what would help where one is blocked. */
@Command(
        name = "doctor",
        description = {
            "Tell which drivers run on this machine, which one is chosen and why, and what would help"
                    + " where one is blocked.",
            "",
            "The exit code is 1 when the driver asked for cannot run."
        },
        footer = {
            "",
            "Examples:",
            "  ./overlapped doctor",
            "  ./overlapped doctor --driver uring",
            "  ./overlapped doctor --json",
        })
final class DoctorCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin HelpOption help = new HelpOption();
    @Mixin DriverOption driver = new DriverOption();
    @Mixin JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        Diagnosis diagnosis = Diagnosis.make(driver.driverName());
        PrintWriter out = spec.commandLine().getOut();
        if (json.json) {
            out.println(Json.text(DiagnosisText.facts(diagnosis)));
        } else {
            DiagnosisText.lines(diagnosis).forEach(out::println);
        }
        return diagnosis.chosen().available() ? Main.DONE : Main.FAILED;
    }
}
