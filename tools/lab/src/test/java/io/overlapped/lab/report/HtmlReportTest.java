package io.overlapped.lab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.lab.model.About;
import io.overlapped.lab.model.About.Text;
import io.overlapped.lab.model.Kind;
import io.overlapped.lab.referee.LabResult;
import io.overlapped.lab.referee.ModelResult;
import io.overlapped.lab.referee.Numbers;
import io.overlapped.lab.referee.Outcome;
import io.overlapped.lab.referee.Row;
import io.overlapped.lab.referee.RowResult;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class HtmlReportTest {
    private static final String WHY = "1,018 <descriptors> & no more";

    private static About about(String name, Kind kind) {
        Text text = new Text("What it is & does.", "무엇을 & 하는가.");
        return new About(name, kind, text, text, text, "lab/" + name + ".java");
    }

    private static final List<About> MODELS =
            List.of(
                    about("polling", Kind.POLLING),
                    about("select", Kind.REACTOR),
                    about("overlapped-port", Kind.PROACTOR));

    private static LabResult result(List<Row> rows) {
        List<ModelResult> results = new ArrayList<>();
        for (int i = 0; i < MODELS.size(); i++) {
            double factor = i + 1;
            boolean limited = MODELS.get(i).name().equals("select");
            List<RowResult> all =
                    rows.stream()
                            .map(
                                    row ->
                                            limited && row.connections() >= 1000
                                                    ? new RowResult(row, Outcome.CANNOT, WHY, null)
                                                    : done(row, factor))
                            .toList();
            results.add(new ModelResult(MODELS.get(i).name(), all));
        }
        return new LabResult(Map.of("system", "a <machine>"), 12.3, results);
    }

    private static RowResult done(Row row, double factor) {
        Numbers numbers =
                new Numbers(
                        640,
                        10,
                        0,
                        1e5 / factor,
                        10 * factor,
                        20 * factor,
                        40 * factor,
                        5 * factor,
                        row.isQuick() ? factor : null,
                        "recvfrom 1.00",
                        0.5,
                        0.1,
                        (int) (10 * factor),
                        4096,
                        3 * factor,
                        row.burst() > 1 ? 7.5 : null,
                        row.slowReader() ? "the server ended the slow reader" : "");
        return new RowResult(row, Outcome.DONE, "", numbers);
    }

    private static String page(LabResult result, Language language) {
        return new HtmlReport(result, MODELS, source -> "../" + source).page(language);
    }

    private static Document parsed(String page)
            throws ParserConfigurationException, IOException, SAXException {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        String xml = page.substring(page.indexOf("<html"));
        return builder.parse(new InputSource(new StringReader(xml)));
    }

    @Test
    void thePageIsWellFormedAndHasAPlotForEachQuestion() throws Exception {
        Document page = parsed(page(result(Row.ALL), Language.EN));
        assertEquals(9, count(page(result(Row.ALL), Language.EN), "<div class=\"chart"));
        assertEquals(Row.ALL.size() + 1, page.getElementsByTagName("table").getLength());
        assertTrue(page.getDocumentElement().getTextContent().contains(WHY));
        // The file can be looked at by whoever changes the plots.
        Files.writeString(
                Files.createDirectories(Path.of("target")).resolve("sample-report.html"),
                page(result(Row.ALL), Language.EN));
    }

    @Test
    void thePageNeedsNothingElse() {
        String page = page(result(Row.ALL), Language.EN);
        assertFalse(page.contains("<script"), page);
        assertFalse(page.contains("<link"), page);
        assertFalse(page.contains("@import"), page);
        assertFalse(page.contains("url("), page);
        Matcher address = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(page);
        int links = 0;
        while (address.find()) {
            links++;
            String to = address.group(1);
            assertTrue(
                    to.startsWith("../lab/") || page.contains("id=\"" + to.substring(1) + "\""),
                    to);
        }
        assertTrue(links > MODELS.size());
    }

    @Test
    void bothLanguagesAreInItAndOneIsChosen() throws Exception {
        for (Language language : Language.values()) {
            String page = page(result(Row.ALL), language);
            assertTrue(page.contains("id=\"" + language.code() + "\" checked=\"checked\""), page);
            assertEquals(1, page.split("checked=\"checked\"", -1).length - 1);
            long english = count(page, "span lang=\"en\"");
            assertEquals(english, count(page, "span lang=\"ko\""));
            assertTrue(english > 30);
            parsed(page);
        }
    }

    private static long count(String page, String what) {
        return page.split(Pattern.quote(what), -1).length - 1L;
    }

    @Test
    void rowsThatWereNotRunAreSaidSo() throws Exception {
        Document one = parsed(page(result(List.of(Row.ALL.getFirst())), Language.EN));
        assertTrue(one.getDocumentElement().getTextContent().contains("were not run"));
        Document none = parsed(page(result(List.of()), Language.KO));
        assertTrue(none.getDocumentElement().getTextContent().contains("실행하지 않았다"));
    }

    @Test
    void eachQuestionHasASentenceOnWhatIsAtStakeAndOneMadeFromTheFigures() {
        for (List<Row> rows : List.of(Row.ALL, List.<Row>of())) {
            LabResult result = result(rows);
            Plots plots = new Plots(result, Map.of(), new Frame(source -> source));
            for (Question question : Questions.of(plots, new Findings(new Figures(result)))) {
                for (Text text : List.of(question.explanation(), question.finding())) {
                    assertEquals(1, sentences(text.english()), text.english());
                    assertEquals(1, sentences(text.korean()), text.korean());
                }
            }
        }
    }

    private static long sentences(String text) {
        return Stream.of(text.split("(?<=[.?!])( |$)", -1))
                .filter(sentence -> !sentence.isBlank())
                .count();
    }

    @Test
    void aFindingNamesTheModelsThatTheFiguresName() {
        Findings findings = new Findings(new Figures(result(Row.ALL)));
        assertTrue(findings.burst().english().contains("7.50 ms"), findings.burst().english());
        String idle = findings.nothingHappens().english();
        assertTrue(idle.contains("none used much") && idle.contains("overlapped-port (9 %)"), idle);
        String slow = findings.slowReaderInChat().english();
        assertTrue(slow.startsWith("Here 3 of 3 models ended"), slow);
        assertTrue(slow.contains("(1 ×)"), slow);
    }

    @Test
    void aStatementIsConfirmedRefutedOrOpenAsTheFiguresSay() {
        Map<String, Verdict> verdicts = new java.util.HashMap<>();
        Statements.of(result(Row.ALL)).forEach(one -> verdicts.put(one.name(), one.verdict()));
        assertEquals(Verdict.CONFIRMED, verdicts.get("select-limit"));
        assertEquals(Verdict.REFUTED, verdicts.get("port-best"));
        assertEquals(Verdict.OPEN, verdicts.get("coroutines"));
        Statements.of(result(List.of()))
                .forEach(one -> assertEquals(Verdict.OPEN, one.verdict(), one.name()));
    }

    @Test
    void aReasonIsSaidInBothLanguages() {
        Text reason = Reasons.of("62 of 63 others wait for ever; the server ended the slow reader");
        assertEquals("나머지 63개 중 62개가 끝없이 기다린다; 서버가 읽지 않는 클라이언트를 내보냈다", reason.korean());
    }
}
