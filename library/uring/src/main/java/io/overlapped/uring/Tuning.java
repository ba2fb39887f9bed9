package io.overlapped.uring;

import io.overlapped.spi.DriverOptions;
import java.util.Map;
import java.util.Set;

/**
 * This driver's own settings, from {@link DriverOptions#tuning}.
 *
 * @param submissions entries of the submission queue, 1 to 32,768; default 256
 * @param completions entries of the completion queue, up to 65,536; by default enough for every
 *     operation and every provided buffer
 * @param bufferRing whether received bytes go to a ring of provided buffers; else a readiness poll
 *     comes first
 * @param multishot whether one receive may stay armed for many messages
 * @param batchScheduling whether the thread of a proactor that serves waiting threads lets them run
 *     before it, see {@link UringDriver#servesThreads}
 */
record Tuning(
        int submissions,
        int completions,
        boolean bufferRing,
        boolean multishot,
        boolean batchScheduling) {
    private static final String PREFIX = "uring.";
    private static final Set<String> NAMES =
            Set.of(
                    PREFIX + "submissions",
                    PREFIX + "completions",
                    PREFIX + "bufferRing",
                    PREFIX + "multishot",
                    PREFIX + "batchScheduling");
    private static final int SUBMISSIONS_MAX = 1 << 15;
    private static final int COMPLETIONS_MAX = 1 << 16;

    static Tuning of(DriverOptions options) {
        Map<String, String> given = options.tuning();
        for (String name : given.keySet()) {
            if (name.startsWith(PREFIX) && !NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "no setting is named '"
                                + name
                                + "'; there are: "
                                + String.join(", ", NAMES.stream().sorted().toList()));
            }
        }
        int enough =
                Math.min(
                        COMPLETIONS_MAX,
                        powerOfTwo(options.operationsMax() + options.buffersProvided()));
        int submissions = number(given, PREFIX + "submissions", 256, SUBMISSIONS_MAX);
        return new Tuning(
                submissions,
                Math.max(
                        submissions,
                        number(given, PREFIX + "completions", enough, COMPLETIONS_MAX)),
                flag(given, PREFIX + "bufferRing"),
                flag(given, PREFIX + "multishot"),
                flag(given, PREFIX + "batchScheduling"));
    }

    Tuning halved() {
        return new Tuning(
                Math.max(8, submissions / 2),
                Math.max(8, completions / 2),
                bufferRing,
                multishot,
                batchScheduling);
    }

    static int powerOfTwo(int atLeast) {
        return atLeast <= 1 ? 1 : Integer.highestOneBit(atLeast - 1) << 1;
    }

    private static int number(Map<String, String> given, String name, int otherwise, int max) {
        String text = given.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= 1 && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, with the bounds.
        }
        throw new IllegalArgumentException(
                name + " is '" + text + "'; it must be a number from 1 to " + max);
    }

    private static boolean flag(Map<String, String> given, String name) {
        String text = given.getOrDefault(name, "true");
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(
                    name + " is '" + text + "'; it must be true or false");
        }
        return text.equals("true");
    }
}
