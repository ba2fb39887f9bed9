package io.overlapped.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.lab.model.Models;
import io.overlapped.lab.referee.Row;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LabCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @Test
    void theListHasEachModelAndEachRow() {
        assertEquals(Main.DONE, run("lab", "--list", "--lang", "ko"));
        long lines = out.toString().lines().filter(line -> !line.isEmpty()).count();
        assertEquals(Models.all().size() + Row.ALL.size(), lines, out::toString);
        assertTrue(out.toString().contains("스레드"), out::toString);
    }

    @Test
    void whatThereIsNotIsWrongUsage() {
        String[][] wrong = {
            {"lab", "--models", "polling,none"},
            {"lab", "--rows", "66"},
            {"lab", "--watch", "none"},
            {"lab", "--seconds", "0"},
            {"lab", "--quick", "--seconds", "1"},
            {"lab", "--lang", "fr"},
        };
        for (String[] line : wrong) {
            assertEquals(Main.WRONG_USAGE, run(line), () -> String.join(" ", line));
        }
        assertEquals(wrong.length, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains("there is no row '66'; there are 1, 64,"));
    }

    @Test
    void aPageThatCannotBeWrittenIsSaidBeforeAnythingIsMeasured() {
        // A folder is in the place of the page: nothing may be started, so it fails at once.
        assertEquals(Main.FAILED, run("lab", "--quick", "--html", "target"));
        assertTrue(err.toString().contains("target is a folder"), err::toString);
        assertTrue(out.toString().isEmpty(), out::toString);
    }

    @Test
    void aSourceOfAnUnknownRootIsNamed() {
        // Without a module path the root is unknown, and the name is left as it is.
        SourceLinks links = SourceLinks.from(Path.of("report.html").toAbsolutePath());
        assertEquals("tools/lab/x.java", links.apply("tools/lab/x.java"));
    }
}
