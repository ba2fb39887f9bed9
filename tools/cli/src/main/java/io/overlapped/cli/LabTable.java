package io.overlapped.cli;

import io.overlapped.lab.referee.LabResult;
import io.overlapped.lab.referee.ModelResult;
import io.overlapped.lab.referee.Numbers;
import io.overlapped.lab.referee.RowResult;
import java.io.PrintWriter;
import java.util.Locale;

/** The numbers of a run that fit a terminal; the page has all of them. */
final class LabTable {
    private static final int KIB = 1024;

    private LabTable() {}

    static void print(LabResult result, PrintWriter out) {
        out.printf(
                "%-18s %-9s %10s %9s %9s %8s %7s %8s %8s %7s%n",
                "model",
                "row",
                "messages/s",
                "p50 µs",
                "p99 µs",
                "CPU µs",
                "calls",
                "threads",
                "KiB/conn",
                "idle %");
        for (ModelResult model : result.models()) {
            model.rows().forEach(row -> print(model.model(), row, out));
        }
        long verified = result.models().stream().filter(ModelResult::isVerified).count();
        out.printf(
                "%d of %d models verified, %.1f s%n",
                verified, result.models().size(), result.seconds());
    }

    private static void print(String model, RowResult row, PrintWriter out) {
        Numbers numbers = row.numbers();
        if (numbers == null) {
            out.printf("%-18s %-9s %s: %s%n", model, row.row().name(), row.outcome(), row.why());
            return;
        }
        Double calls = numbers.callsPerMessage();
        out.printf(
                Locale.ROOT,
                "%-18s %-9s %10.0f %9.0f %9.0f %8.1f %7s %8d %8.1f %7.1f%s%n",
                model,
                row.row().name(),
                numbers.messagesPerSecond(),
                numbers.p50Micros(),
                numbers.p99Micros(),
                numbers.cpuMicrosPerMessage(),
                calls == null ? "-" : String.format(Locale.ROOT, "%.2f", calls),
                numbers.threads(),
                (double) numbers.residentBytesPerConnection() / KIB,
                numbers.idleCpuPercent(),
                numbers.note().isEmpty() ? "" : "  " + numbers.note());
    }
}
