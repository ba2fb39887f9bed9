package io.overlapped.cli;

import io.overlapped.world.Direction;
import io.overlapped.world.WorldClient;
import java.io.PrintWriter;
import java.util.List;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/** The game on a terminal: keys move at once, the board is drawn whenever it changes. */
final class WorldScreen {
    private static final long REDRAW_PAUSE_MILLIS = 30;

    private enum Key {
        UP,
        DOWN,
        LEFT,
        RIGHT,
        LEAVE
    }

    private final Terminal terminal;
    private final WorldClient client;
    private final WorldPlay play;

    WorldScreen(Terminal terminal, WorldClient client, WorldPlay play) {
        this.terminal = terminal;
        this.client = client;
        this.play = play;
    }

    void run() throws InterruptedException {
        Attributes before = terminal.enterRawMode();
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.handle(Terminal.Signal.INT, _ -> play.leave());
        Thread.ofPlatform().daemon().name("keys").start(this::readKeys);
        try {
            long seen = -1;
            while (!play.isOver()) {
                seen = play.awaitChange(seen);
                draw();
                Thread.sleep(REDRAW_PAUSE_MILLIS);
            }
        } finally {
            terminal.puts(Capability.cursor_visible);
            terminal.puts(Capability.exit_ca_mode);
            terminal.setAttributes(before);
            terminal.flush();
        }
    }

    private void draw() {
        PrintWriter out = terminal.writer();
        terminal.puts(Capability.cursor_home);
        for (String line : play.board()) {
            line(out, line);
        }
        int delay = play.delayMillis();
        line(out, "");
        line(out, "arrows or w a s d move, q leaves" + (delay < 0 ? "" : "   " + delay + " ms"));
        terminal.puts(Capability.clr_eos);
        terminal.flush();
    }

    private void line(PrintWriter out, String text) {
        out.print(text);
        terminal.puts(Capability.clr_eol);
        out.print("\r\n");
    }

    private void readKeys() {
        BindingReader keys = new BindingReader(terminal.reader());
        KeyMap<Key> map = keyMap();
        while (!play.isOver()) {
            Key key = keys.readBinding(map);
            if (key == null || key == Key.LEAVE) {
                play.leave();
            } else {
                client.move(wayOf(key));
            }
        }
    }

    private static Direction wayOf(Key key) {
        return switch (key) {
            case UP -> Direction.UP;
            case DOWN -> Direction.DOWN;
            case LEFT -> Direction.LEFT;
            case RIGHT, LEAVE -> Direction.RIGHT;
        };
    }

    private KeyMap<Key> keyMap() {
        KeyMap<Key> map = new KeyMap<>();
        bind(map, Key.UP, "w", "A", Capability.key_up);
        bind(map, Key.DOWN, "s", "B", Capability.key_down);
        bind(map, Key.RIGHT, "d", "C", Capability.key_right);
        bind(map, Key.LEFT, "a", "D", Capability.key_left);
        map.bind(Key.LEAVE, List.of("q", KeyMap.ctrl('C'), KeyMap.ctrl('D')));
        return map;
    }

    /** What terminfo says and what terminals send in either of their two cursor key modes. */
    private void bind(KeyMap<Key> map, Key key, String letter, String arrow, Capability known) {
        map.bind(key, List.of(letter, "\u001b[" + arrow, "\u001bO" + arrow));
        String sequence = KeyMap.key(terminal, known);
        if (sequence != null && !sequence.isEmpty()) {
            map.bind(key, sequence);
        }
    }
}
