package io.overlapped.cli;

import io.overlapped.world.Direction;
import io.overlapped.world.WorldClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The game by lines: each line is letters, and the board is printed when all its moves have been
 * answered.
 */
final class WorldLines {
    private static final String END = "\u0004";

    private final BufferedReader in;
    private final PrintWriter out;
    private final WorldClient client;
    private final WorldPlay play;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private long moves;

    WorldLines(BufferedReader in, PrintWriter out, WorldClient client, WorldPlay play) {
        this.in = in;
        this.out = out;
        this.client = client;
        this.play = play;
    }

    void run() throws InterruptedException {
        // Its own thread, so that a server that goes is noticed while no line comes.
        Thread.ofPlatform().daemon().name("lines").start(this::read);
        Thread.ofPlatform().daemon().name("end").start(this::watch);
        print();
        while (!play.isOver()) {
            String line = lines.take();
            if (line.equals(END)) {
                break;
            }
            obey(line);
        }
        if (!play.hasLost()) {
            play.leave();
        }
    }

    private void read() {
        try {
            String line = in.readLine();
            while (line != null) {
                lines.add(line);
                line = in.readLine();
            }
        } catch (IOException broken) {
            // The same as the end of the input.
        }
        lines.add(END);
    }

    private void watch() {
        try {
            long seen = 0;
            while (!play.isOver()) {
                seen = play.awaitChange(seen);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lines.add(END);
    }

    private void obey(String line) throws InterruptedException {
        for (int i = 0; i < line.length() && !play.isOver(); i++) {
            char key = line.charAt(i);
            Direction way = wayOf(key);
            if (way != null) {
                client.move(way);
                play.awaitAnswers(++moves);
            } else if (key == 'q') {
                play.leave();
            } else if (!Character.isWhitespace(key)) {
                out.println("w a s d move, q leaves; '" + line.substring(i, i + 1) + "' does not");
            }
        }
        if (!play.isOver()) {
            print();
        }
    }

    private void print() {
        play.board().forEach(out::println);
        out.flush();
    }

    static @Nullable Direction wayOf(char key) {
        return switch (key) {
            case 'w' -> Direction.UP;
            case 'a' -> Direction.LEFT;
            case 's' -> Direction.DOWN;
            case 'd' -> Direction.RIGHT;
            default -> null;
        };
    }
}
