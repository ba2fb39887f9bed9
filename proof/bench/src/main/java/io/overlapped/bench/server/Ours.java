package io.overlapped.bench.server;

import io.overlapped.Options;
import io.overlapped.Proactor;
import java.time.Duration;
import java.util.Map;

/** What our servers open their proactor with, the same in every style. */
final class Ours {
    private static final Duration SLOW = Duration.ofMillis(10);

    private Ours() {}

    /**
     * The defaults, but for a source, whose content is one buffer.
     *
     * <p>The system property {@code bench.tuning} holds settings of a driver to try, such as {@code
     * uring.submissions=512,uring.multishot=false}; {@code bench.observed} switches on what watches
     * operations: {@code timed}, {@code slow} or both, {@code timed,slow}.
     */
    static Options options(String driver, Mode mode) {
        Options options = observed(Options.defaults()).withDriver(driver).withTuning(tuning());
        return mode == Mode.SOURCE ? options.withBuffers(1024, Launch.BUFFER_BYTES, 16) : options;
    }

    private static Options observed(Options options) {
        String watched = System.getProperty("bench.observed", "");
        return options.withTimed(watched.contains("timed"))
                .withSlowRoutine(watched.contains("slow") ? SLOW : Proactor.FOREVER);
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
