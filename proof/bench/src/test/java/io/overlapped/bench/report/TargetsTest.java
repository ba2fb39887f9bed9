package io.overlapped.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.bench.Results;
import io.overlapped.bench.Row;
import io.overlapped.bench.Sample;
import io.overlapped.bench.Series;
import io.overlapped.bench.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class TargetsTest {
    /** C needs 4 µs, ours 4.04, all others 8; whatever the workload. */
    private static double plain(Series series) {
        return switch (series.row().id()) {
            case "c-uring" -> 4;
            case "uring-routine" -> 4.04;
            default -> 8;
        };
    }

    private static Results results(List<Workload> workloads, ToDoubleFunction<Series> value) {
        List<Series> all = new ArrayList<>();
        for (Workload workload : workloads) {
            for (Row row : Row.ALL) {
                var series = new Series(row, workload);
                series.add(sample(value.applyAsDouble(series)));
                all.add(series);
            }
        }
        return new Results(Map.of(), List.of(), all);
    }

    private static Sample sample(double value) {
        var latency = new Histogram(1_000_000_000L, 3);
        latency.recordValue(Math.round(value * 1000));
        return new Sample(value, 1e6 / value, value, 1, 0.5, 0, 0, 1, Optional.of(latency));
    }

    private static Verdict verdict(Results results, String target) {
        return Targets.judge(results).stream()
                .filter(verdict -> verdict.target().equals(target))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no target " + target));
    }

    private static boolean met(String target) {
        return verdict(results(Workload.ALL, TargetsTest::plain), target).isMet();
    }

    @Test
    void targetsAreMetOrNotByTheirLimits() {
        assertTrue(met("echo-64: uring-routine ÷ c-uring"), "1.01 of at most 1.03");
        assertFalse(met("echo-64: uring-port ÷ c-uring"), "2 of at most 1.10");
        assertTrue(met("echo-9000: uring-routine ÷ best Netty (netty-nio)"), "0.5 of 0.85");
        assertFalse(met("echo-64-64k: uring-routine ÷ best of all (c-uring)"), "1.01 of 1");
        assertFalse(met("stream-in: uring-routine ÷ best of all (c-uring)"), "1.01 of 1");
        assertTrue(met("open-40k: p99 of uring-routine ÷ best Java peer (netty-nio)"), "0.5 of 1");
        assertTrue(met("echo-1: uring-event ÷ virtual-threads"), "1 of 1");
        assertTrue(met("echo-64: nio-routine ÷ nio2"), "1 of 1");
    }

    @Test
    void aRateIsMetFromItsLimitUp() {
        String rate = ": deliveries a second of uring-routine ÷ best peer (c-uring)";
        assertFalse(met("fan-100-1" + rate), "0.99 of at least 1");
        Results ahead =
                results(
                        Workload.ALL,
                        series -> series.row().id().equals("uring-routine") ? 3 : plain(series));
        assertTrue(verdict(ahead, "fan-100-64" + rate).isMet(), "1.33 of at least 1.2");
    }

    @Test
    void idleMemoryHasALimitOfItsOwnForTheSessionKit() {
        Results heavy = results(List.of(Workload.of("idle")), _ -> 1200);
        String target = "idle: bytes an idle connection holds, ";
        assertFalse(verdict(heavy, target + "uring-routine").isMet(), "1,200 of 1,024");
        assertTrue(verdict(heavy, target + "uring-session").isMet(), "1,200 of 1,536");
    }

    @Test
    void growthIsTakenToTheGrowthOfC() {
        String target = "growth with connections, 64 to 9,000: uring-routine ÷ c-uring";
        assertTrue(verdict(results(Workload.ALL, TargetsTest::plain), target).isMet(), "both flat");
        Results steep =
                results(
                        Workload.ALL,
                        series ->
                                series.row().id().equals("uring-routine")
                                                && series.workload().id().equals("echo-9000")
                                        ? 5
                                        : plain(series));
        assertEquals(5 / 4.04, verdict(steep, target).measured(), 1e-9);
        assertFalse(verdict(steep, target).isMet(), "1.24 of 1.03");
    }

    @Test
    void twoProactorsAreComparedWithOne() {
        Results results = results(Workload.ALL, TargetsTest::plain);
        assertFalse(verdict(results, "echo-64: uring-routine-2 ÷ uring-routine").isMet(), "2");
        assertTrue(verdict(results, "echo-64: nio-routine-2 ÷ nio-routine").isMet(), "1");
    }

    @Test
    void aTargetThatTheRunSaysNothingOfIsThereAndSaysSo() {
        Results few = results(List.of(Workload.of("echo-64")), TargetsTest::plain);
        Verdict absent = verdict(few, "echo-1000: uring-routine ÷ c-uring");
        assertFalse(absent.isKnown(), "echo-1000 was not measured");
        assertEquals("not in this run", absent.remark());
        Verdict allocation = verdict(few, "bytes allocated per operation, uring, all styles");
        assertTrue(allocation.remark().contains("proof/allocation"), allocation.remark());
        assertTrue(HtmlReport.page(few).contains("not in this run"), "the page has them too");
    }

    @Test
    void aTargetIsNeitherMetNorMissedWhereSomethingElseUsedTheCores() {
        Results results = results(List.of(Workload.of("echo-64")), TargetsTest::plain);
        for (Series series : results.series()) {
            series.add(new Sample(4, 1, 4, 1, 0.5, 0.5, 0, 1, Optional.empty()));
        }
        Verdict verdict = verdict(results, "echo-64: uring-routine ÷ c-uring");
        assertEquals("not valid", verdict.status());
        assertFalse(verdict.isMet() || verdict.isMissed(), verdict.toString());
        assertTrue(JsonReport.text(results).contains("\"valid\":false"));
    }
}
