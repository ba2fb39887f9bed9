package io.overlapped.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Finds the names that someone may have meant. */
final class Suggestions {
    private static final int SUGGESTIONS_MAX = 2;

    private Suggestions() {}

    /** The options, or else the subcommands, of a command whose name is close to what was typed. */
    static List<String> closest(String typed, CommandLine command, boolean options) {
        Collection<String> names =
                options
                        ? command.getCommandSpec().optionsMap().keySet()
                        : command.getSubcommands().keySet();
        int cut = typed.indexOf('=');
        return closest(options && cut > 0 ? typed.substring(0, cut) : typed, names);
    }

    /**
     * At most two of the names: those that begin so, or differ in a third of the letters at most.
     */
    static List<String> closest(String typed, Collection<String> names) {
        record Candidate(String name, int distance) {}
        int distanceMax = Math.max(1, typed.length() / 3);
        Stream<Candidate> candidates =
                names.stream()
                        .map(
                                name ->
                                        new Candidate(
                                                name,
                                                name.startsWith(typed)
                                                        ? 0
                                                        : distance(typed, name)));
        return candidates
                .filter(candidate -> candidate.distance() <= distanceMax)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(SUGGESTIONS_MAX)
                .map(Candidate::name)
                .toList();
    }

    /**
     * Letters to insert, delete, replace or swap with their neighbour to turn one into the other.
     */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
