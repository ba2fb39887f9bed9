package io.overlapped.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures the tests: plants historic bugs one by one in a copy of the sources, and records which
 * test finds each and how long that takes. The unpatched copy comes first and has to be green.
 *
 * <p>Threads: one.
 */
public final class Planted {
    private static final String HELP =
            """
            proof/planted/run [OPTIONS] [NAME...]

            Plants historic bugs, one by one, in a copy of the sources and runs the tests from cheap to
            dear until one fails. All of them without a NAME; a NAME is the beginning of a number or a
            name that --list prints. Needs a JDK 25 (JAVA_HOME, or java on the path), Maven and git.

              --list          print the bugs, and plant none
              --json          print one object on standard output
              --no-control    do not run all tests on the unpatched sources first
              --bound SECONDS how long the tests may run on one bug; default 240
              --in FOLDER     where to make the copy; it is kept, and spares most of the compiling the
                              next time; by default a temporary one that is deleted
              --resume        with --in: do not plant again what was found before and has not changed
              --report        with --in: plant nothing more, write down what is recorded
              --help          print this

            Planting all of them writes proof/planted/RESULTS.md. The exit code is 0 when every bug was
            found, 1 when one was not or the control failed, 2 for wrong usage.
            """;

    private boolean list;
    private boolean json;
    private boolean control = true;
    private boolean resume;
    private boolean report;
    private Optional<Path> in = Optional.empty();
    private int boundSeconds = 240;
    private final List<String> names = new ArrayList<>();

    private Planted() {}

    /**
     * @param arguments the folder of this program, and what the user gave
     */
    public static void main(String[] arguments) throws Exception {
        Planted planted = new Planted();
        List<String> given = List.of(arguments).subList(1, arguments.length);
        if (given.contains("--help")) {
            System.out.print(HELP);
            return;
        }
        System.exit(planted.read(given) ? planted.run(Path.of(arguments[0])) : 2);
    }

    private boolean read(List<String> given) {
        for (int i = 0; i < given.size(); i++) {
            String argument = given.get(i);
            switch (argument) {
                case "--list" -> list = true;
                case "--json" -> json = true;
                case "--resume" -> resume = true;
                case "--report" -> report = true;
                case "--no-control" -> control = false;
                case "--in" -> {
                    if (++i == given.size()) {
                        return wrong("--in wants a folder");
                    }
                    in = Optional.of(Path.of(given.get(i)).toAbsolutePath());
                }
                case "--bound" -> {
                    String seconds = ++i < given.size() ? given.get(i) : "";
                    if (!seconds.matches("[1-9][0-9]{0,4}")) {
                        return wrong("--bound wants seconds, 1 to 99999");
                    }
                    boundSeconds = Integer.parseInt(seconds);
                }
                default -> {
                    if (argument.startsWith("-")) {
                        return wrong("there is no option " + argument);
                    }
                    names.add(argument);
                }
            }
        }
        return true;
    }

    private static boolean wrong(String what) {
        System.err.println("planted: " + what + "; --help tells what there is");
        return false;
    }

    private int run(Path home) throws IOException, InterruptedException {
        List<Patch> all = Patch.all(home.resolve("patches"));
        List<Patch> chosen = all.stream().filter(this::isChosen).toList();
        if (chosen.isEmpty()) {
            wrong("no bug has a name like " + names);
            return 2;
        }
        if (list) {
            chosen.forEach(patch -> System.out.println(patch.name() + "  " + patch.seen()));
            return 0;
        }
        Path root = home.getParent().getParent();
        try (Scratch scratch = Scratch.copyOf(root, in)) {
            Trial trial = new Trial(scratch, boundSeconds);
            Ledger ledger = new Ledger(scratch.ledger(), !resume && !report);
            Optional<Finding> controlled = ledger.of(Optional.empty());
            if (control && !report && controlled.isEmpty()) {
                controlled = Optional.of(trial.control());
                ledger.add(controlled.get());
                if (!controlled.get().by().equals(Trial.GREEN)) {
                    System.err.println("planted: the control fails: " + controlled.get().by());
                    return 1;
                }
            }
            List<Finding> findings = new ArrayList<>();
            for (Patch patch : chosen) {
                findings.add(plantOrRecall(patch, trial, ledger));
            }
            Results results = new Results(controlled, findings);
            if (chosen.size() == all.size()) {
                Files.writeString(home.resolve("RESULTS.md"), results.markdown());
            }
            System.out.print(json ? results.json() : results.summary());
            return findings.stream().allMatch(Finding::isFound) ? 0 : 1;
        }
    }

    private Finding plantOrRecall(Patch patch, Trial trial, Ledger ledger)
            throws IOException, InterruptedException {
        Optional<Finding> recorded = ledger.of(Optional.of(patch));
        if (recorded.isPresent()) {
            return recorded.get();
        }
        if (report) {
            return new Finding(Optional.of(patch), false, "not planted yet", 0, 0, "none");
        }
        Finding finding = trial.plant(patch);
        ledger.add(finding);
        System.err.println(finding.line());
        return finding;
    }

    private boolean isChosen(Patch patch) {
        return names.isEmpty()
                || names.stream()
                        .anyMatch(
                                name ->
                                        patch.name().startsWith(name)
                                                || patch.name().substring(3).startsWith(name));
    }
}
