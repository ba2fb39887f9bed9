package io.overlapped.cli;

import io.overlapped.lab.model.About;
import io.overlapped.lab.model.Models;
import io.overlapped.lab.referee.CannotServeException;
import io.overlapped.lab.referee.LabResult;
import io.overlapped.lab.referee.ModelCommand;
import io.overlapped.lab.referee.Plan;
import io.overlapped.lab.referee.Progress;
import io.overlapped.lab.referee.Referee;
import io.overlapped.lab.referee.Row;
import io.overlapped.lab.report.HtmlReport;
import io.overlapped.lab.report.Language;
import io.overlapped.lab.report.RowTexts;
import io.overlapped.lab.report.Statement;
import io.overlapped.lab.report.Statements;
import io.overlapped.lab.watch.LiveView;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures every I/O model on the same job, or shows one at work. */
@Command(
        name = "lab",
        description = {
            "Serve the same job by each I/O model, measure all with one client that verifies every",
            "byte, and write the results as a page. Numbers are only comparable on a quiet machine.",
        },
        footer = {
            "",
            "Examples:",
            "  ./overlapped lab --quick",
            "  ./overlapped lab --models polling,select,epoll,overlapped-port --rows 1,64,1000",
            "  ./overlapped lab --watch overlapped-routine",
            "  ./overlapped lab --list",
        })
final class LabCommand implements Callable<Integer> {
    private static final double SECONDS = 2;

    /** The languages as they are typed. */
    enum Lang {
        en,
        ko
    }

    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin HelpOption help = new HelpOption();
    @Mixin JsonOption json = new JsonOption();

    @Option(
            names = "--models",
            paramLabel = "A,B",
            split = ",",
            description = "Only these models (default: all; see --list).")
    @Nullable List<String> models;

    @Option(
            names = "--rows",
            paramLabel = "A,B",
            split = ",",
            description = "Only these rows (default: all; see --list).")
    @Nullable List<String> rows;

    @Option(
            names = "--quick",
            description = "Rough numbers in less than 90 seconds, without the row of 9,000.")
    boolean quick;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long each row is measured (default: " + SECONDS + ").")
    @Nullable Double seconds;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Where the page is written (default: ${DEFAULT-VALUE}).")
    Path html = Path.of("lab-report.html");

    @Option(
            names = "--lang",
            paramLabel = "en|ko",
            description = "The language the page shows first, and of --watch and --list.")
    Lang lang = Lang.en;

    @Option(names = "--list", description = "Print the models and the rows, and end.")
    boolean list;

    @Option(
            names = "--watch",
            paramLabel = "MODEL",
            description = "Show step by step what this model and the kernel do for a message.")
    @Nullable String watched;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            return list(out);
        } else if (watched != null) {
            return watch(watched, out);
        }
        return measure(out);
    }

    private int list(PrintWriter out) {
        for (About model : Models.all()) {
            out.printf(
                    "%-20s%-10s%s%n",
                    model.name(), model.kind().label(), language().of(model.what()));
        }
        out.println();
        for (Row row : Row.ALL) {
            out.printf("%-20s%-10s%s%n", row.name(), row.job(), language().of(RowTexts.of(row)));
        }
        return Main.DONE;
    }

    private int watch(String model, PrintWriter out) {
        requireKnown("model", model, names(Models.all()));
        if (json.json) {
            throw usage("--watch and --json cannot be given together");
        }
        LiveView view =
                new LiveView(
                        model,
                        command(),
                        out,
                        Typing.isAtTerminal(),
                        language(),
                        LiveView.HUMAN_PACE);
        try {
            return view.run() ? Main.DONE : Main.FAILED;
        } catch (CannotServeException e) {
            throw new UserError(String.valueOf(e.getMessage()), "watch another model");
        }
    }

    private int measure(PrintWriter out) throws IOException {
        Plan plan = plan();
        List<String> chosen = chosen("model", models, names(Models.all()));
        List<Row> questions =
                chosen("row", rows, rowNames()).stream()
                        .map(name -> Row.named(name).orElseThrow())
                        .toList();
        // Before the minutes that measuring takes, not after them.
        Path page = writable(html);
        // The table is on standard output, and what is said meanwhile is not part of it.
        Progress progress =
                new LabProgress(spec.commandLine().getErr(), Typing.isAtTerminal(), plan.total());
        LabResult result = new Referee(plan, command(), progress).run(chosen, questions);
        SourceLinks links = SourceLinks.from(page);
        Files.writeString(page, new HtmlReport(result, Models.all(), links).page(language()));
        if (json.json) {
            Map<String, @Nullable Object> facts = result.facts();
            facts.put("statements", Statements.of(result).stream().map(Statement::facts).toList());
            facts.put("page", page.toString());
            out.println(Json.text(facts));
        } else {
            LabTable.print(result, out);
            out.println("report " + page.toUri());
        }
        return result.isGood() ? Main.DONE : Main.FAILED;
    }

    /** The file as a full path, in a folder that is there now. */
    private static Path writable(Path file) {
        Path page = file.toAbsolutePath().normalize();
        Path folder = page.getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
            if (Files.isDirectory(page)) {
                throw new UserError(file + " is a folder", "name a file in it with --html");
            }
            boolean isThere = Files.exists(page);
            if (!Files.isWritable(isThere || folder == null ? page : folder)) {
                throw new IOException("no permission");
            }
            return page;
        } catch (IOException e) {
            throw new UserError(
                    "the page " + file + " cannot be written: " + e.getMessage(),
                    "name a file in another folder with --html");
        }
    }

    private Language language() {
        return lang == Lang.en ? Language.EN : Language.KO;
    }

    private Plan plan() {
        if (quick && seconds != null) {
            throw usage("--quick and --seconds cannot be given together");
        }
        try {
            return quick ? Plan.quick() : Plan.full(seconds == null ? SECONDS : seconds);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private List<String> rowNames() {
        // Who names a row gets it, also in a quick run.
        return Row.ALL.stream()
                .filter(row -> !quick || row.isQuick() || rows != null)
                .map(Row::name)
                .toList();
    }

    private List<String> chosen(String what, @Nullable List<String> asked, List<String> known) {
        if (asked == null) {
            return known;
        }
        asked.forEach(name -> requireKnown(what, name, known));
        Set<String> once = new LinkedHashSet<>(asked);
        return List.copyOf(once);
    }

    private void requireKnown(String what, String name, List<String> known) {
        if (!known.contains(name)) {
            throw usage(
                    "there is no %s '%s'; there are %s"
                            .formatted(what, name, String.join(", ", known)));
        }
    }

    private static List<String> names(List<About> models) {
        return models.stream().map(About::name).collect(Collectors.toList());
    }

    private static ModelCommand command() {
        try {
            return ModelCommand.ownModules();
        } catch (IllegalStateException e) {
            throw new UserError("the lab starts processes of its own", "run ./overlapped lab");
        }
    }

    private ParameterException usage(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
