package io.overlapped.cli;

import io.overlapped.DriverReport;
import io.overlapped.Options;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What this machine offers, what each driver says of it, and what was chosen.
 *
 * @param machine facts by name, in a fixed order
 * @param drivers the preferred one first
 * @param chosen the report of the driver that was opened, or of the failure to open one
 */
record Diagnosis(
        Build build, Map<String, String> machine, List<DriverReport> drivers, DriverReport chosen) {
    private static final Path SYSCTL = Path.of("/proc/sys");

    /**
     * Tries every driver, and opens the one that is asked for.
     *
     * @param driver {@code auto} or a name
     */
    static Diagnosis make(String driver) {
        List<DriverReport> drivers = Proactor.drivers();
        return new Diagnosis(Build.running(), inspectMachine(), drivers, open(driver, drivers));
    }

    private static DriverReport open(String driver, List<DriverReport> drivers) {
        try (Proactor proactor = Proactor.open(Options.defaults().withDriver(driver))) {
            return proactor.report();
        } catch (OverlappedException e) {
            return drivers.stream()
                    .filter(report -> report.driver().equals(driver) && !report.available())
                    .findFirst()
                    .orElseGet(() -> unavailable(driver, String.valueOf(e.getMessage())));
        }
    }

    private static DriverReport unavailable(String driver, String reason) {
        return DriverReport.unavailable(driver, reason, "", Map.of());
    }

    private static Map<String, String> inspectMachine() {
        Limits limits = Limits.ofProcess();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("architecture", System.getProperty("os.arch"));
        facts.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put("java", System.getProperty("java.vm.version"));
        facts.put("heapMaxMiB", String.valueOf(Runtime.getRuntime().maxMemory() >> 20));
        facts.put("openFiles", range(limits.openFiles()));
        facts.put("lockedBytes", range(limits.lockedBytes()));
        facts.put("kernel.io_uring_disabled", sysctl("kernel/io_uring_disabled"));
        facts.put("net.core.somaxconn", sysctl("net/core/somaxconn"));
        return facts;
    }

    private static String range(Limits.Limit limit) {
        return limit.soft().equals(limit.hard())
                ? limit.soft()
                : limit.soft() + " (can be raised to " + limit.hard() + ")";
    }

    static String sysctl(String name) {
        // In one read: a sysctl answers the second with the end, and its file says it is empty, so
        // Files.readString would get the first digit.
        try (BufferedReader reader = Files.newBufferedReader(SYSCTL.resolve(name))) {
            String line = reader.readLine();
            return line == null ? "empty" : line.strip();
        } catch (IOException e) {
            return "not there";
        }
    }
}
