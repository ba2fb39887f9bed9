package io.overlapped.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class BoardTextTest {
    @Test
    void theBoardShowsEveryPieceAndMarksOnesOwn() {
        WorldView view = new WorldView("Ada");
        view.apply(new Event.Avatar(1, 2, 0));
        view.apply(new Event.Entered(2, Kind.PLAYER, 0, 1, "Bob"));
        view.apply(new Event.Entered(3, Kind.PLAYER, 7, 7, "세종"));
        view.apply(new Event.Entered(10_000, Kind.NPC, 4, 1, "npc"));
        List<String> lines = BoardText.lines(view);
        assertEquals("+-----------------+", lines.get(0));
        assertEquals("| . . @ . . . . . |", lines.get(1));
        assertEquals("| B . . . * . . . |", lines.get(2));
        assertEquals("| . . . . . . . 세|", lines.get(8));
        assertEquals("@ Ada (2, 0)", lines.get(10));
        assertEquals("B Bob (0, 1)", lines.get(11));
        assertEquals("세세종 (7, 7)", lines.get(12));
    }

    @Test
    void onesOwnPieceCoversOthersInItsCell() {
        WorldView view = new WorldView("Ada");
        view.apply(new Event.Avatar(1, 0, 0));
        view.apply(new Event.Entered(2, Kind.PLAYER, 0, 0, "Bob"));
        view.apply(new Event.Entered(10_000, Kind.NPC, 0, 0, "npc"));
        assertTrue(BoardText.lines(view).get(1).startsWith("| @ ."));
    }

    @Test
    void aWideWorldIsShownAroundOnesOwnPiece() {
        WorldView view = new WorldView("Ada");
        view.apply(new Event.Welcome(1, 2_000, 2_000, 1_999, 1_000, 5, 50));
        view.apply(new Event.Entered(2, Kind.PLAYER, 1_998, 1_001, "Bob"));
        List<String> lines = BoardText.lines(view);
        assertEquals(BoardText.ROWS_MAX + 2 + 2, lines.size());
        assertTrue(lines.get(1 + BoardText.ROWS_MAX / 2).endsWith(". @ |"));
        assertTrue(lines.get(2 + BoardText.ROWS_MAX / 2).endsWith("B . |"));
    }

    @Test
    void aNameCannotSteerTheTerminal() {
        WorldView view = new WorldView("Ada");
        view.apply(new Event.Entered(2, Kind.PLAYER, 0, 0, "\u001b[2J\u202ex"));
        for (String line : BoardText.lines(view)) {
            assertTrue(line.chars().noneMatch(c -> c < 0x20 || c == 0x202e), line);
        }
    }

    @Test
    void aServerThatContradictsItselfIsFound() {
        WorldView view = new WorldView("Ada");
        assertThrows(IllegalStateException.class, () -> view.apply(new Event.Moved(5, 1, 1, 0)));
        assertThrows(IllegalStateException.class, () -> view.apply(new Event.Left(5)));
        view.apply(new Event.Entered(5, Kind.PLAYER, 0, 0, "Bob"));
        assertThrows(
                IllegalStateException.class,
                () -> view.apply(new Event.Entered(5, Kind.PLAYER, 0, 0, "Bob")));
    }
}
