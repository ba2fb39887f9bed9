package io.overlapped.lab.report;

import io.overlapped.lab.model.About;
import io.overlapped.lab.model.About.Text;
import io.overlapped.lab.model.Kind;
import io.overlapped.lab.referee.LabResult;
import io.overlapped.lab.referee.ModelResult;
import io.overlapped.lab.referee.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A run as one page that needs nothing else: plots as inline SVG, both languages, no script.
 *
 * <p>Threads: a value.
 */
public final class HtmlReport {
    private static final Text TITLE =
            new Text("The lab: one job, every I/O model", "실험실: 한 가지 일, 모든 I/O 모델");
    private static final Text INTRODUCTION =
            new Text(
                    "Each model served the same clients in a process of its own, and one client"
                            + " compared every byte that came back. A model's name leads to its"
                            + " source; its colour says how it learns that there is something to"
                            + " do.",
                    "모든 모델이 각자의 프로세스에서 같은 클라이언트를 상대했고, 하나의 클라이언트가 돌아온 바이트를 전부"
                            + " 비교했다. 모델 이름은 그 소스로 이어지고, 색은 할 일이 생겼음을 어떻게 아는지를"
                            + " 나타낸다.");
    private static final Text NOT_MEASURED =
            new Text("The rows for this plot were not run.", "이 그림에 필요한 행은 실행하지 않았다.");

    private static final Text MODELS = new Text("The models", "모델 소개");
    private static final Text NUMBERS = new Text("All numbers", "전체 수치");

    private final LabResult result;
    private final Map<String, About> models = new LinkedHashMap<>();
    private final UnaryOperator<String> link;

    /**
     * @param link from a source file, named from the root of the project, to its address in the
     *     page
     */
    public HtmlReport(LabResult result, List<About> models, UnaryOperator<String> link) {
        this.result = result;
        this.link = link;
        models.forEach(model -> this.models.put(model.name(), model));
    }

    /** The page, which shows {@code language} first. */
    public String page(Language language) {
        Plots plots = new Plots(result, models, new Frame(link));
        StringBuilder page = new StringBuilder();
        page.append("<!DOCTYPE html>\n<html lang=\"" + language.code() + "\"><head>");
        page.append("<meta charset=\"utf-8\"/>");
        page.append("<meta name=\"viewport\" content=\"width=device-width\"/>");
        page.append("<title>" + Markup.escaped(language.of(TITLE)) + "</title>");
        page.append("<style>\n" + style() + "</style></head>\n<body>\n");
        page.append(languageSwitch(language));
        page.append("<main>\n<h1>" + Markup.both(TITLE) + "</h1>\n");
        page.append("<p>" + Markup.both(INTRODUCTION) + "</p>\n");
        page.append(legend()).append(verdict());
        List<Question> questions = Questions.of(plots, new Findings(new Figures(result)));
        page.append(contents(questions));
        questions.forEach(question -> page.append(section(question)));
        page.append(statements());
        page.append(exhibits()).append(tables()).append(machine());
        return page.append("</main>\n</body></html>\n").toString();
    }

    private static String style() {
        try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
            if (css == null) {
                throw new IllegalStateException("report.css is missing in the module");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String languageSwitch(Language first) {
        StringBuilder choice = new StringBuilder();
        for (Language language : Language.values()) {
            choice.append(
                    "<input type=\"radio\" name=\"language\" id=\"%1$s\"%2$s/><label for=\"%1$s\">%3$s</label>%n"
                            .formatted(
                                    language.code(),
                                    language == first ? " checked=\"checked\"" : "",
                                    language == Language.EN ? "English" : "한국어"));
        }
        return choice.toString();
    }

    private static String legend() {
        Map<Kind, Text> kinds = new LinkedHashMap<>();
        kinds.put(Kind.POLLING, new Text("polling: it asks", "폴링: 물어본다"));
        kinds.put(Kind.BLOCKING, new Text("blocking: its thread waits", "블로킹: 스레드가 기다린다"));
        kinds.put(Kind.REACTOR, new Text("reactor: told that it may read", "리액터: 읽어도 된다고 통보받는다"));
        kinds.put(
                Kind.PROACTOR,
                new Text("proactor: told that it has been read", "프로액터: 다 읽었다고 통보받는다"));
        StringBuilder legend = new StringBuilder("<p class=\"legend\">");
        kinds.forEach(
                (kind, text) ->
                        legend.append("<span class=\"key %s\">●</span> ".formatted(kind.label()))
                                .append(Markup.both(text))
                                .append(" &#160; "));
        return legend.append("</p>\n").toString();
    }

    private String verdict() {
        long verified = result.models().stream().filter(ModelResult::isVerified).count();
        int all = result.models().size();
        return "<p class=\"%s\">%s</p>%n"
                .formatted(
                        result.isGood() ? "good" : "bad",
                        Markup.both(
                                new Text(
                                        verified + " of " + all + " models verified, byte by byte",
                                        "모델 " + all + "개 중 " + verified + "개가 바이트 단위로 검증됨")));
    }

    private static String contents(List<Question> questions) {
        StringBuilder contents = new StringBuilder("<ul class=\"contents\">\n");
        questions.forEach(question -> contents.append(entry(question.name(), question.title())));
        contents.append(entry("statements", StatementTable.TITLE));
        contents.append(entry("models", MODELS)).append(entry("numbers", NUMBERS));
        return contents.append("</ul>\n").toString();
    }

    private static String entry(String name, Text title) {
        return "<li><a href=\"#%s\">%s</a></li>%n".formatted(name, Markup.both(title));
    }

    private String statements() {
        return StatementTable.of(Statements.of(result));
    }

    private static String section(Question question) {
        String plot =
                question.plot().isEmpty()
                        ? "<p class=\"reason\">" + Markup.both(NOT_MEASURED) + "</p>\n"
                        : question.plot();
        return "<section id=\"%s\">%n<h2>%s</h2>%n<p>%s</p>%n<p class=\"finding\">%s</p>%n<p class=\"unit\">%s</p>%n%s</section>%n"
                .formatted(
                        question.name(),
                        Markup.both(question.title()),
                        Markup.both(question.explanation()),
                        Markup.both(question.finding()),
                        Markup.both(question.unit()),
                        plot);
    }

    private String exhibits() {
        StringBuilder list = new StringBuilder("<section id=\"models\">\n<h2>");
        list.append(Markup.both(MODELS)).append("</h2>\n<dl>\n");
        for (ModelResult measured : result.models()) {
            About model = models.getOrDefault(measured.model(), Unknown.model(measured.model()));
            list.append(
                    "<dt><a href=\"%s\" class=\"%s\">%s</a></dt><dd>%s"
                            .formatted(
                                    Markup.escaped(link.apply(model.source())),
                                    model.kind().label(),
                                    Markup.escaped(model.name()),
                                    Markup.both(model.what())));
            Text limit = model.limit();
            if (limit != null) {
                list.append(" <strong>").append(Markup.both(limit)).append("</strong>");
            }
            list.append("<br/>").append(Markup.both(model.slowClient())).append("</dd>\n");
        }
        return list.append("</dl>\n</section>\n").toString();
    }

    private String tables() {
        StringBuilder tables = new StringBuilder("<section id=\"numbers\">\n<h2>");
        tables.append(Markup.both(NUMBERS)).append("</h2>\n");
        for (Row row : Row.ALL) {
            if (result.models().stream().anyMatch(model -> model.row(row.name()).isPresent())) {
                tables.append("<h3 id=\"row-%1$s\">%1$s</h3>%n".formatted(row.name()));
                tables.append("<p>" + Markup.both(RowTexts.of(row)) + "</p>\n");
                tables.append(ResultTable.of(result, row));
            }
        }
        return tables.append("</section>\n").toString();
    }

    private String machine() {
        StringBuilder machine = new StringBuilder("<section id=\"machine\">\n<h2>");
        machine.append(Markup.both(new Text("Where and how", "어디서, 어떻게"))).append("</h2>\n<p>");
        result.machine()
                .forEach(
                        (name, value) ->
                                machine.append(Markup.escaped(name + ": " + value))
                                        .append("<br/>"));
        return machine.append("</p>\n</section>\n").toString();
    }
}
