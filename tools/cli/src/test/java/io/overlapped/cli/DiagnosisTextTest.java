package io.overlapped.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.DriverReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiagnosisTextTest {
    private static final DriverReport BLOCKED =
            DriverReport.unavailable(
                    "uring", "io_uring_setup answered EPERM", "allow it", Map.of("errno", "1"));
    private static final DriverReport RUNS =
            new DriverReport(
                    "nio",
                    true,
                    "auto: uring is blocked",
                    "",
                    Map.of(),
                    List.of(
                            new DriverReport.Feature("alpha", true, true, "fast"),
                            new DriverReport.Feature("beta", true, false, "slow"),
                            new DriverReport.Feature("gamma", false, false, "")),
                    Map.of());
    private static final Diagnosis DIAGNOSIS =
            new Diagnosis(
                    new Build("1", "abc", "25", "Linux"),
                    Map.of("kernel", "6"),
                    List.of(BLOCKED, RUNS),
                    RUNS);

    @Test
    void peopleReadWhatIsBlockedWhyAndWhatWouldHelp() {
        List<String> lines = DiagnosisText.lines(DIAGNOSIS);
        assertTrue(lines.contains("driver uring: cannot run here"), lines::toString);
        assertTrue(lines.contains("  why                           io_uring_setup answered EPERM"));
        assertTrue(lines.contains("  remedy                        allow it"), lines::toString);
        assertTrue(lines.contains("driver nio: runs"), lines::toString);
        assertTrue(lines.contains("  alpha                         used: fast"), lines::toString);
        assertTrue(lines.contains("  beta                          found, not used: slow"));
        assertTrue(lines.contains("  gamma                         not found"), lines::toString);
        assertEquals("chosen: nio (auto: uring is blocked)", lines.getLast());
    }

    @Test
    void aDriverThatWasAskedForAndCannotRunIsNamedLast() {
        Diagnosis none = new Diagnosis(DIAGNOSIS.build(), Map.of(), List.of(BLOCKED), BLOCKED);
        assertEquals(
                "chosen: none; driver uring cannot run here, as said above",
                DiagnosisText.lines(none).getLast());
    }

    @Test
    void whereNothingIsInstalledTheLastLineSaysWhy() {
        DriverReport nothing =
                DriverReport.unavailable("auto", "no driver is installed", "", Map.of());
        Diagnosis none = new Diagnosis(DIAGNOSIS.build(), Map.of(), List.of(), nothing);
        assertEquals("chosen: none; no driver is installed", DiagnosisText.lines(none).getLast());
    }

    @Test
    void programsReadTheSame() {
        Map<String, Object> facts = DiagnosisText.facts(DIAGNOSIS);
        assertEquals(
                List.of("version", "commit", "java", "system", "machine", "drivers", "chosen"),
                List.copyOf(facts.keySet()));
        String json = Json.text(facts);
        assertTrue(
                json.contains(
                        "{\"driver\":\"uring\",\"available\":false,"
                                + "\"reason\":\"io_uring_setup answered EPERM\","
                                + "\"remedy\":\"allow it\",\"facts\":{\"errno\":\"1\"}"),
                json);
        assertTrue(
                json.contains(
                        "{\"name\":\"beta\",\"found\":true,\"used\":false,\"note\":\"slow\"}"),
                json);
    }
}
