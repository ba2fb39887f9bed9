package io.overlapped.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The board in characters: one's own piece is {@code @}, other players are the first letters of
 * their names, NPCs are {@code *}. A world that is too large is shown around one's own piece.
 *
 * <p>Threads: any; the view is its caller's.
 */
public final class BoardText {
    /** Cells across that fit a terminal of 80 columns. */
    public static final int COLUMNS_MAX = 35;

    /** Cells down that fit a terminal of 24 lines, with the list below. */
    public static final int ROWS_MAX = 15;

    private static final int NAMES_MAX = 5;

    private BoardText() {}

    /** The lines of the board and of who is on it. */
    public static List<String> lines(WorldView view) {
        int columns = Math.min(view.width(), COLUMNS_MAX);
        int rows = Math.min(view.height(), ROWS_MAX);
        WorldView.Seen own = view.own();
        int left = own == null ? 0 : Math.clamp(own.x() - columns / 2, 0, view.width() - columns);
        int top = own == null ? 0 : Math.clamp(own.y() - rows / 2, 0, view.height() - rows);
        String[][] cells = cells(view, left, top, columns, rows);
        List<String> lines = new ArrayList<>();
        String edge = "+" + "-".repeat(2 * columns + 1) + "+";
        lines.add(edge);
        for (String[] row : cells) {
            StringBuilder line = new StringBuilder("| ");
            for (String cell : row) {
                line.append(cell);
            }
            lines.add(line.append('|').toString());
        }
        lines.add(edge);
        addNames(view, lines);
        return lines;
    }

    private static String[][] cells(WorldView view, int left, int top, int columns, int rows) {
        String[][] cells = new String[rows][columns];
        for (String[] row : cells) {
            Arrays.fill(row, ". ");
        }
        // Later ones cover earlier ones: NPCs, then players, then one's own piece.
        for (WorldView.Seen piece : view.others()) {
            if (piece.kind() == Kind.NPC) {
                put(cells, piece.x() - left, piece.y() - top, "* ");
            }
        }
        for (WorldView.Seen piece : view.others()) {
            if (piece.kind() == Kind.PLAYER) {
                put(cells, piece.x() - left, piece.y() - top, letter(piece.name()));
            }
        }
        WorldView.Seen own = view.own();
        if (own != null) {
            put(cells, own.x() - left, own.y() - top, "@ ");
        }
        return cells;
    }

    private static void put(String[][] cells, int column, int row, String text) {
        if (row >= 0 && row < cells.length && column >= 0 && column < cells[row].length) {
            cells[row][column] = text;
        }
    }

    private static void addNames(WorldView view, List<String> lines) {
        WorldView.Seen own = view.own();
        if (own != null) {
            lines.add("@ %s (%d, %d)".formatted(printable(own.name()), own.x(), own.y()));
        }
        int count = 0;
        for (WorldView.Seen piece : view.others()) {
            if (piece.kind() == Kind.PLAYER && ++count <= NAMES_MAX) {
                lines.add(
                        "%s%s (%d, %d)"
                                .formatted(
                                        letter(piece.name()),
                                        printable(piece.name()),
                                        piece.x(),
                                        piece.y()));
            }
        }
        if (count > NAMES_MAX) {
            lines.add("and %d more".formatted(count - NAMES_MAX));
        }
    }

    /** Two columns wide. */
    private static String letter(String name) {
        if (name.isEmpty()) {
            return "? ";
        }
        int first = printable(name).codePointAt(0);
        String text = Character.toString(first);
        return isWide(first) ? text : text + " ";
    }

    /** What comes from a server must not steer the terminal. */
    static String printable(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .forEach(
                        c ->
                                out.appendCodePoint(
                                        Character.isISOControl(c)
                                                        || Character.getType(c) == Character.FORMAT
                                                ? '?'
                                                : c));
        return out.toString();
    }

    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
    }
}
