package io.overlapped.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.bench.Results;
import io.overlapped.bench.Row;
import io.overlapped.bench.Sample;
import io.overlapped.bench.Series;
import io.overlapped.bench.Workload;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class HtmlReportTest {
    /** Every workload; C needs 4 µs, ours 4.04, all others 8; NIO.2 has no sample. */
    private static Results results() {
        List<Series> all = new ArrayList<>();
        for (Workload workload : Workload.ALL) {
            for (Row row : Row.ALL) {
                var series = new Series(row, workload);
                if (!row.id().equals("nio2")) {
                    double value =
                            switch (row.id()) {
                                case "c-uring" -> 4;
                                case "uring-routine" -> 4.04;
                                default -> 8;
                            };
                    series.add(sample(value));
                    series.add(sample(value));
                }
                all.add(series);
            }
        }
        return new Results(Map.of("system", "<Linux> & 'co'"), List.of("a \"note\""), all);
    }

    private static Sample sample(double value) {
        var latency = new Histogram(1_000_000_000L, 3);
        for (int i = 1; i <= 1000; i++) {
            latency.recordValue(i * 1000L);
        }
        return new Sample(value, 1e6 / value, value, 1, 0.5, 0, 0, 1 << 20, Optional.of(latency));
    }

    private static Document parsed(String page) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(page)));
    }

    @Test
    void thePageIsWellFormedAndNeedsNoOtherFile() throws Exception {
        String page = HtmlReport.page(results());
        Document document = parsed(page);
        int workloads = Workload.ALL.size();
        int plots = document.getElementsByTagName("svg").getLength();
        assertTrue(plots >= 3 * workloads, plots + " plots");
        for (String tag : List.of("script", "link", "img", "iframe")) {
            assertEquals(0, document.getElementsByTagName(tag).getLength(), tag);
        }
        assertFalse(page.contains("NaN"), "a figure that is none");
    }

    @Test
    void ratiosAreTakenToCAndToTheBestPeer() {
        String table = TextTable.text(results());
        String ours =
                table.lines()
                        .filter(line -> line.startsWith("  ours: uring, routine"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(ours.contains("1.01   1.01"), ours);
        assertTrue(table.contains("NIO.2") && table.contains("not run"), table);
    }

    @Test
    void theObjectHasEverySeries() {
        String json = JsonReport.text(results());
        int series = Workload.ALL.size() * Row.ALL.size();
        assertEquals(series, json.split("\"workload\":", -1).length - 1);
        assertTrue(json.contains("\"ratioToReference\":1.01"), "the ratio to C");
        assertTrue(json.contains("a \\\"note\\\""), "texts are quoted");
        assertEquals(1, json.lines().count());
    }
}
