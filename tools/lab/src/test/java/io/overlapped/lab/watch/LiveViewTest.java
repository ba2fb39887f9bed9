package io.overlapped.lab.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.lab.referee.CannotServeException;
import io.overlapped.lab.referee.ModelCommand;
import io.overlapped.lab.referee.StandIns;
import io.overlapped.lab.report.Language;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveViewTest {
    private final StringWriter out = new StringWriter();

    private boolean watch(String model, boolean terminal) throws CannotServeException {
        ModelCommand command = StandIns.command();
        PrintWriter writer = new PrintWriter(out, true);
        return new LiveView(model, command, writer, terminal, Language.EN, Duration.ZERO).run();
    }

    @Test
    void aPipeGetsTheStepsOfEachMessageAsLines() throws CannotServeException {
        assertTrue(watch(StandIns.RIGHT, false));
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.getFirst().equals("right: a client connects"), out::toString);
        assertEquals(3, lines.stream().filter(line -> line.contains("  read  ")).count());
        assertEquals(3, lines.stream().filter(line -> line.contains("[9 bytes]")).count() / 2);
        assertTrue(lines.contains("the client leaves"), out::toString);
        assertFalse(out.toString().contains("\u001b"), out::toString);
    }

    @Test
    void aTerminalGetsKernelAndProgramSideBySide() throws CannotServeException {
        assertTrue(watch(StandIns.RIGHT, true));
        assertTrue(out.toString().contains("▶ │"), out::toString);
        assertTrue(out.toString().contains("│ ◀"), out::toString);
    }

    @Test
    void aModelThatCannotRunSaysWhy() {
        CannotServeException e =
                assertThrows(CannotServeException.class, () -> watch(StandIns.REFUSES, false));
        assertEquals("this kernel has none", e.getMessage());
    }
}
