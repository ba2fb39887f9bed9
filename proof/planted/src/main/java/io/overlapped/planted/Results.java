package io.overlapped.planted;

import static io.overlapped.planted.Finding.seconds;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The table of what was found, for people and for machines.
 *
 * <p>Threads: one.
 */
final class Results {
    private final Optional<Finding> control;
    private final List<Finding> findings;
    private final String commits;
    private final String date;

    Results(Optional<Finding> control, List<Finding> findings) {
        this.control = control;
        this.findings = findings;
        commits =
                findings.stream()
                        .map(Finding::commit)
                        .filter(commit -> !commit.equals("none"))
                        .distinct()
                        .collect(Collectors.joining(", "));
        date = ZonedDateTime.now(ZoneOffset.UTC).toLocalDate().toString();
    }

    /** One line. */
    String summary() {
        return "%d of %d found, control %s%n".formatted(found(), findings.size(), controlWord());
    }

    /** The page that is committed. */
    String markdown() {
        StringBuilder page = new StringBuilder();
        page.append("# Planted bugs\n\n")
                .append(
                        "Bugs that others had, and some of our own class, planted one by one in a copy")
                .append(" of the sources; the\nsuite has to find each. Written by")
                .append(" `proof/planted/run`, which tells more with `--help`.\n\n")
                .append(
                        "Commit `%s`, %s, JDK %s, %s.\n"
                                .formatted(commits, date, Runtime.version().feature(), system()))
                .append(
                        "Found: **%d of %d**. Control (all tests, no bug): %s.\n\n"
                                .formatted(found(), findings.size(), controlLine()))
                .append(
                        "Seconds are those of the tests until the first failure, the start of Maven")
                .append(
                        " and of each JVM included; the second\nfigure has the compilation in it.\n\n")
                .append("| bug | found by | s | s with compiling | seen |\n")
                .append("| --- | --- | ---: | ---: | --- |\n");
        for (Finding finding : findings) {
            page.append(
                    "| %s | %s | %s | %s | %s |\n"
                            .formatted(
                                    finding.name(),
                                    finding.isFound()
                                            ? "`" + finding.by() + "`"
                                            : "**no**: " + finding.by(),
                                    seconds(finding.testSeconds()),
                                    seconds(finding.testSeconds() + finding.compileSeconds()),
                                    finding.patch().map(Patch::seen).orElse("")));
        }
        return page.append(addedTests()).toString();
    }

    /** One object. */
    String json() {
        String bugs =
                findings.stream()
                        .map(
                                f ->
                                        "{\"name\":%s,\"found\":%s,\"by\":%s,\"testSeconds\":%s,\"compileSeconds\":%s}"
                                                .formatted(
                                                        quoted(f.name()),
                                                        f.isFound(),
                                                        quoted(f.by()),
                                                        seconds(f.testSeconds()),
                                                        seconds(f.compileSeconds())))
                        .collect(Collectors.joining(","));
        return "{\"commits\":%s,\"date\":%s,\"control\":%s,\"planted\":%d,\"found\":%d,\"bugs\":[%s]}%n"
                .formatted(
                        quoted(commits),
                        quoted(date),
                        quoted(controlWord()),
                        findings.size(),
                        found(),
                        bugs);
    }

    private String addedTests() {
        StringBuilder lines = new StringBuilder();
        for (Finding finding : findings) {
            String added = finding.patch().map(Patch::added).orElse("");
            if (!added.isEmpty()) {
                lines.append("- ").append(finding.name()).append(": ").append(added).append('\n');
            }
        }
        return lines.isEmpty() ? "" : "\n## Tests that were written for these bugs\n\n" + lines;
    }

    private long found() {
        return findings.stream().filter(Finding::isFound).count();
    }

    private String controlWord() {
        return control.isPresent() ? "green" : "not run";
    }

    private String controlLine() {
        return control.map(c -> "green in " + seconds(c.testSeconds()) + " s").orElse("not run");
    }

    private static String system() {
        return System.getProperty("os.name")
                + " "
                + System.getProperty("os.version")
                + ", "
                + Runtime.getRuntime().availableProcessors()
                + " processors";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
