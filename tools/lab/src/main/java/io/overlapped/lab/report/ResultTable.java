package io.overlapped.lab.report;

import io.overlapped.lab.model.About.Text;
import io.overlapped.lab.referee.LabResult;
import io.overlapped.lab.referee.ModelResult;
import io.overlapped.lab.referee.Numbers;
import io.overlapped.lab.referee.Row;
import io.overlapped.lab.referee.RowResult;
import java.util.List;
import java.util.stream.Collectors;

/** Every number of a run: one table a row of the referee, with the reasons where there is none. */
final class ResultTable {
    private static final int KIB = 1024;
    private static final List<Text> HEADS =
            List.of(
                    new Text("model", "모델"),
                    new Text("messages/s", "메시지/초"),
                    new Text("p50 µs", "p50 µs"),
                    new Text("p99 µs", "p99 µs"),
                    new Text("max µs", "최대 µs"),
                    new Text("CPU µs/message", "CPU µs/메시지"),
                    new Text("system calls/message", "시스템 호출/메시지"),
                    new Text("voluntary switches/message", "자발적 전환/메시지"),
                    new Text("forced switches/message", "강제 전환/메시지"),
                    new Text("threads", "스레드"),
                    new Text("KiB/connection", "KiB/연결"),
                    new Text("idle CPU %", "유휴 CPU %"),
                    new Text("verified bytes", "검증한 바이트"),
                    new Text("note", "비고"));

    private ResultTable() {}

    static String of(LabResult result, Row row) {
        StringBuilder table = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        HEADS.forEach(head -> table.append("<th>").append(Markup.both(head)).append("</th>"));
        table.append("</tr></thead><tbody>\n");
        for (ModelResult model : result.models()) {
            model.row(row.name()).ifPresent(found -> table.append(line(model.model(), found)));
        }
        return table.append("</tbody></table></div>\n").toString();
    }

    private static String line(String model, RowResult row) {
        String head = "<tr><th>" + Markup.escaped(model) + "</th>";
        Numbers numbers = row.numbers();
        if (numbers == null) {
            return head
                    + "<td colspan=\"%d\" class=\"reason\">%s: %s</td></tr>%n"
                            .formatted(HEADS.size() - 1, row.outcome(), Reasons.both(row.why()));
        }
        Double calls = numbers.callsPerMessage();
        String counted =
                calls == null
                        ? "<td title=\"%s\">–</td>".formatted(Markup.escaped(numbers.calls()))
                        : "<td title=\"%s\">%s</td>"
                                .formatted(Markup.escaped(numbers.calls()), Markup.number(calls));
        return head
                + cells(
                        numbers.messagesPerSecond(),
                        numbers.p50Micros(),
                        numbers.p99Micros(),
                        numbers.maxMicros(),
                        numbers.cpuMicrosPerMessage())
                + counted
                + cells(
                        numbers.voluntaryPerMessage(),
                        numbers.involuntaryPerMessage(),
                        numbers.threads(),
                        (double) numbers.residentBytesPerConnection() / KIB,
                        numbers.idleCpuPercent(),
                        (double) numbers.verifiedBytes())
                + "<td class=\"note\">"
                + Reasons.both(numbers.note())
                + "</td></tr>\n";
    }

    private static String cells(double... values) {
        return java.util.Arrays.stream(values)
                .mapToObj(value -> "<td>" + Markup.number(value) + "</td>")
                .collect(Collectors.joining());
    }
}
