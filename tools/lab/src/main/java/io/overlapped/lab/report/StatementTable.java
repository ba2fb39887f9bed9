package io.overlapped.lab.report;

import io.overlapped.lab.model.About.Text;
import java.util.List;

/** What the lectures say, beside what the run says. */
final class StatementTable {
    static final Text TITLE = new Text("What the lectures say, and what came out", "강의의 주장과 측정 결과");
    private static final Text LEAD =
            new Text(
                    "Each statement is held against figures of this run alone; on another system,"
                            + " such as the Windows of the lectures, the same may come out"
                            + " otherwise.",
                    "각 주장을 이번 실행의 수치하고만 비교했다. 강의가 다루는 Windows 같은 다른 시스템에서는 결과가 다를 수" + " 있다.");
    private static final List<Text> HEADS =
            List.of(
                    new Text("statement", "주장"),
                    new Text("row", "행"),
                    new Text("verdict", "판정"),
                    new Text("figures", "근거"));

    private StatementTable() {}

    static String of(List<Statement> statements) {
        StringBuilder table = new StringBuilder("<section id=\"statements\">\n<h2>");
        table.append(Markup.both(TITLE)).append("</h2>\n<p>").append(Markup.both(LEAD));
        table.append("</p>\n<div class=\"scroll\"><table><thead><tr>");
        HEADS.forEach(head -> table.append("<th>").append(Markup.both(head)).append("</th>"));
        table.append("</tr></thead><tbody>\n");
        statements.forEach(statement -> table.append(line(statement)));
        return table.append("</tbody></table></div>\n</section>\n").toString();
    }

    private static String line(Statement statement) {
        return "<tr><td>%s</td><td>%s</td><td class=\"verdict %s\">%s</td><td>%s</td></tr>%n"
                .formatted(
                        Markup.both(statement.says()),
                        Markup.escaped(statement.rows()),
                        statement.verdict().label(),
                        Markup.both(statement.verdict().text()),
                        Reasons.both(statement.evidence()));
    }
}
