package io.overlapped.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a run is asked for.
 *
 * @param profile what it is to say, where nothing else is asked for
 * @param rounds how often each row is measured in each workload
 */
record Settings(
        Profile profile,
        List<Row> rows,
        List<Workload> workloads,
        int rounds,
        Workload.Timing timing,
        boolean list,
        boolean json,
        Optional<Path> html) {
    private static final int ROUNDS_MAX = 1000;
    private static final double SECONDS_MAX = 600;

    /** What is wrong with a command line. */
    static final class WrongUsage extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongUsage(String message) {
            super(message);
        }
    }

    static Settings of(String... args) {
        return new Parser(args).settings();
    }

    private static final class Parser {
        private final Deque<String> words = new ArrayDeque<>();
        private List<String> only = List.of();
        private List<String> workloads = List.of();
        private int rounds;
        private double seconds;
        private Profile profile = Profile.FULL;
        private boolean list;
        private boolean json;
        private Optional<Path> html = Optional.empty();

        Parser(String... args) {
            for (String arg : args) {
                int cut = arg.startsWith("--") ? arg.indexOf('=') : -1;
                words.add(cut < 0 ? arg : arg.substring(0, cut));
                if (cut >= 0) {
                    words.add(arg.substring(cut + 1));
                }
            }
            while (!words.isEmpty()) {
                option(words.remove());
            }
        }

        private void option(String name) {
            switch (name) {
                case "--only" -> only = names(value(name));
                case "--workloads" -> workloads = names(value(name));
                case "--rounds" -> rounds = (int) number(name, 1, ROUNDS_MAX);
                case "--seconds" -> seconds = number(name, 0.1, SECONDS_MAX);
                case "--quick" -> choose(Profile.QUICK);
                case "--growth" -> choose(Profile.GROWTH);
                case "--proactors" -> choose(Profile.PROACTORS);
                case "--timeouts" -> choose(Profile.TIMEOUTS);
                case "--list" -> list = true;
                case "--json" -> json = true;
                case "--html" -> html = Optional.of(Path.of(value(name)));
                default -> throw new WrongUsage("unknown option '" + name + "'");
            }
        }

        private void choose(Profile wanted) {
            if (profile != Profile.FULL && profile != wanted) {
                throw new WrongUsage(
                        "--quick, --growth, --proactors and --timeouts exclude each other");
            }
            profile = wanted;
        }

        private String value(String name) {
            if (words.isEmpty()) {
                throw new WrongUsage(name + " needs a value");
            }
            return words.remove();
        }

        private double number(String name, double min, double max) {
            String text = value(name);
            try {
                double number = Double.parseDouble(text);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Said below, with the bounds.
            }
            throw new WrongUsage(
                    "%s is '%s'; it must be a number from %s to %s"
                            .formatted(name, text, plain(min), plain(max)));
        }

        private static String plain(double number) {
            return number == Math.rint(number) ? "%.0f".formatted(number) : "" + number;
        }

        Settings settings() {
            Workload.Timing timing = profile.timing();
            if (seconds > 0) {
                timing =
                        new Workload.Timing(
                                timing.warmMessages(),
                                timing.warmMillis(),
                                Math.round(seconds * 1000));
            }
            return new Settings(
                    profile,
                    chosen("row", only.isEmpty() ? profile.rows() : only, Row.ALL, Row::id),
                    chosen(
                            "workload",
                            workloads.isEmpty() ? profile.workloads() : workloads,
                            Workload.ALL,
                            Workload::id),
                    rounds > 0 ? rounds : profile.rounds(),
                    timing,
                    list,
                    json,
                    html);
        }
    }

    private static List<String> names(String list) {
        List<String> names = new ArrayList<>();
        for (String name : list.split(",", -1)) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        if (names.isEmpty()) {
            throw new WrongUsage("'" + list + "' names nothing; --list shows what there is");
        }
        return names;
    }

    /** Those named, in the order of all. */
    private static <T> List<T> chosen(
            String what, List<String> ids, List<T> all, Function<T, String> id) {
        List<String> known = all.stream().map(id).toList();
        for (String wanted : ids) {
            if (!known.contains(wanted)) {
                throw new WrongUsage(
                        "there is no %s '%s'; there are: %s"
                                .formatted(
                                        what,
                                        wanted,
                                        known.stream().collect(Collectors.joining(", "))));
            }
        }
        return all.stream().filter(one -> ids.contains(id.apply(one))).toList();
    }
}
