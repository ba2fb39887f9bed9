package io.overlapped.cli;

import io.overlapped.DriverReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A diagnosis for people and for programs. */
final class DiagnosisText {
    private static final int NAME_COLUMNS = 32;

    private DiagnosisText() {}

    /** The lines that people read. */
    static List<String> lines(Diagnosis diagnosis) {
        List<String> lines = new ArrayList<>();
        lines.add(diagnosis.build().line());
        lines.add("");
        diagnosis.machine().forEach((name, value) -> lines.add(row(name, value)));
        for (DriverReport driver : diagnosis.drivers()) {
            lines.add("");
            addDriver(lines, driver);
        }
        lines.add("");
        lines.add("chosen: " + choice(diagnosis));
        return lines;
    }

    private static String choice(Diagnosis diagnosis) {
        DriverReport chosen = diagnosis.chosen();
        if (chosen.available()) {
            return chosen.driver() + " (" + chosen.reason() + ")";
        }
        return diagnosis.drivers().contains(chosen)
                ? "none; driver " + chosen.driver() + " cannot run here, as said above"
                : "none; " + chosen.reason();
    }

    private static void addDriver(List<String> lines, DriverReport driver) {
        lines.add(
                "driver "
                        + driver.driver()
                        + (driver.available() ? ": runs" : ": cannot run here"));
        if (!driver.reason().isEmpty()) {
            lines.add(row("  why", driver.reason()));
        }
        if (!driver.remedy().isEmpty()) {
            lines.add(row("  remedy", driver.remedy()));
        }
        driver.facts().forEach((name, value) -> lines.add(row("  " + name, value)));
        for (DriverReport.Feature feature : driver.features()) {
            String state =
                    feature.used() ? "used" : feature.found() ? "found, not used" : "not found";
            String note = feature.note().isEmpty() ? "" : ": " + feature.note();
            lines.add(row("  " + feature.name(), state + note));
        }
    }

    private static String row(String name, String value) {
        return name + " ".repeat(Math.max(1, NAME_COLUMNS - name.length())) + value;
    }

    /** The object that programs read. */
    static Map<String, Object> facts(Diagnosis diagnosis) {
        Map<String, Object> facts = new LinkedHashMap<>(diagnosis.build().facts());
        facts.put("machine", diagnosis.machine());
        facts.put("drivers", diagnosis.drivers().stream().map(DiagnosisText::facts).toList());
        facts.put("chosen", facts(diagnosis.chosen()));
        return facts;
    }

    private static Map<String, Object> facts(DriverReport driver) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("driver", driver.driver());
        facts.put("available", driver.available());
        facts.put("reason", driver.reason());
        facts.put("remedy", driver.remedy());
        facts.put("facts", driver.facts());
        facts.put("features", driver.features().stream().map(DiagnosisText::facts).toList());
        return facts;
    }

    private static Map<String, Object> facts(DriverReport.Feature feature) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", feature.name());
        facts.put("found", feature.found());
        facts.put("used", feature.used());
        facts.put("note", feature.note());
        return facts;
    }
}
