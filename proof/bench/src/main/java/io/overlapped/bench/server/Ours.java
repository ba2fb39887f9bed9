package io.overlapped.bench.server;

import io.overlapped.IoBuffer;
import io.overlapped.Options;
import io.overlapped.Proactor;
import io.overlapped.bench.Content;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jfr.Recording;

/** What our servers open their proactor with, the same in every style. */
final class Ours {
    private static final Duration SLOW = Duration.ofMillis(10);
    private static final long RECORDING_BYTES_MAX = 64L << 20;

    private static final String LIMITED = "limited";

    private Ours() {}

    /**
     * The defaults.
     *
     * <p>The system property {@code bench.tuning} holds settings of a driver to try, such as {@code
     * uring.submissions=512,uring.multishot=false}; {@code bench.buffers} other buffers than the
     * default, as {@code most,bytes,provided}.
     *
     * @param driver its name; {@code +timed} behind it dates operations and times routines, {@code
     *     +recorded} has the flight recorder record every one, {@code +limited} gives each the time
     *     of {@link #limit}
     */
    static Options options(String driver) {
        int cut = driver.indexOf('+');
        String name = cut < 0 ? driver : driver.substring(0, cut);
        String way = cut < 0 ? "" : driver.substring(cut + 1);
        Options opened = buffers(Options.defaults()).withDriver(name).withTuning(tuning());
        return watched(opened, way);
    }

    /** How long an operation of an echo may take: for ever, unless the driver's name says so. */
    static Duration limit(String driver) {
        return driver.endsWith("+" + LIMITED) ? Launch.LIMIT : Proactor.FOREVER;
    }

    /** What a source sends. */
    static IoBuffer content(Proactor proactor) {
        return proactor.buffers().take().append(Content.slice(0, Content.PERIOD));
    }

    /** Opened so that operations are watched, in a way that a row's argument names. */
    private static Options watched(Options options, String way) {
        return switch (way) {
            case "", LIMITED -> options;
            case "timed" -> options.withTimed(true).withSlowRoutine(SLOW);
            case "recorded" -> {
                record();
                yield options;
            }
            default -> throw new IllegalArgumentException("no way to watch: " + way);
        };
    }

    /** Has the flight recorder record every event of ours for as long as the process lives. */
    private static void record() {
        Recording recording = new Recording();
        for (String event : List.of("Submit", "Complete", "Cancel", "SlowRoutine")) {
            recording.enable("io.overlapped." + event);
        }
        recording.setMaxSize(RECORDING_BYTES_MAX);
        recording.start();
    }

    private static Options buffers(Options options) {
        String setting = System.getProperty("bench.buffers", "");
        if (setting.isEmpty()) {
            return options;
        }
        int[] counts = Stream.of(setting.split(",", -1)).mapToInt(Integer::parseInt).toArray();
        return options.withBuffers(counts[0], counts[1], counts[2]);
    }

    private static Map<String, String> tuning() {
        String settings = System.getProperty("bench.tuning", "");
        Map<String, String> tuning = new java.util.LinkedHashMap<>();
        for (String setting : settings.split(",", -1)) {
            int cut = setting.indexOf('=');
            if (cut > 0) {
                tuning.put(setting.substring(0, cut), setting.substring(cut + 1));
            }
        }
        return tuning;
    }
}
