package io.overlapped;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a driver is, can do here and has done.
 *
 * @param driver its name
 * @param available whether it runs here
 * @param reason why it was chosen, or why it cannot run; one sentence
 * @param remedy what would help where it cannot run; empty where it can
 * @param facts what it found out about the system, by name, in a fixed order
 * @param features what it could use, and whether it does
 * @param counters what has happened since it was opened, by name, in a fixed order
 *     <p>Threads: a value.
 */
public record DriverReport(
        String driver,
        boolean available,
        String reason,
        String remedy,
        Map<String, String> facts,
        List<Feature> features,
        Map<String, Long> counters) {

    /**
     * One thing a driver could use.
     *
     * @param found whether the system has it
     * @param used whether the driver uses it
     * @param note why not, or what it is for
     */
    public record Feature(String name, boolean found, boolean used, String note) {}

    public DriverReport {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        features = List.copyOf(features);
        counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
    }

    /** The report of a driver that cannot run here. */
    public static DriverReport unavailable(
            String driver, String reason, String remedy, Map<String, String> facts) {
        return new DriverReport(driver, false, reason, remedy, facts, List.of(), Map.of());
    }

    DriverReport because(String chosen) {
        return new DriverReport(driver, available, chosen, remedy, facts, features, counters);
    }

    DriverReport counting(Map<String, Long> more) {
        Map<String, Long> all = new LinkedHashMap<>(more);
        all.putAll(counters);
        return new DriverReport(driver, available, reason, remedy, facts, features, all);
    }
}
