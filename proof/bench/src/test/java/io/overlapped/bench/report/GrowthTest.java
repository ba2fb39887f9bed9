package io.overlapped.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.Test;

class GrowthTest {
    /** Two rows whose messages cost as many microseconds as there are connections, and KiB. */
    private static Results results(String... workloads) {
        List<Series> all = new ArrayList<>();
        for (String id : workloads) {
            for (Row row : Row.ALL.subList(0, 2)) {
                Workload workload = Workload.of(id);
                var series = new Series(row, workload);
                double micros = workload.connections() + workload.bytes() / 1024;
                series.add(new Sample(micros, 1, micros, 1, 0, 0, 0, 1, Optional.empty()));
                all.add(series);
            }
        }
        return new Results(Map.of(), List.of(), all);
    }

    @Test
    void aCurveHasItsPointsInOrderAndSaysHowMuchMoreTheLastCosts() {
        Results results = results("echo-1000", "echo-1", "pipelined-64", "echo-8");
        Growth growth = Growth.of(results).getFirst();
        assertEquals("connections", growth.quantity());
        assertEquals(List.of(1, 8, 1000), growth.values());
        assertEquals(2, growth.curves().size());
        assertEquals(List.of(1.0, 8.0, 1000.0), growth.curves().getFirst().micros());
        assertEquals(1000, growth.curves().getFirst().factor());
    }

    @Test
    void twoPointsAreNoCurve() {
        assertTrue(Growth.of(results("echo-64", "echo-1000")).isEmpty());
        assertTrue(Growth.of(results("idle")).isEmpty());
    }

    @Test
    void sizesAreACurveOfTheirOwnInEveryReport() {
        Results results = results("echo-64-4k", "echo-64", "echo-64-64k");
        Growth growth = Growth.of(results).getFirst();
        assertEquals(List.of(64, 4096, 65_536), growth.values());
        String json = JsonReport.text(results);
        assertTrue(json.contains("\"against\":\"bytes\",\"values\":[64,4096,65536]"), json);
        assertTrue(TextTable.text(results).contains("message µs against bytes"));
        assertTrue(HtmlReport.page(results).contains("<title>server CPU per message against its"));
    }
}
