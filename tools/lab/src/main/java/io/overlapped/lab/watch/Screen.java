package io.overlapped.lab.watch;

import io.overlapped.lab.report.Language;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows steps: between two lines, kernel and program, at a person's pace on a terminal; as a list
 * in a pipe.
 */
final class Screen {
    private static final int LANE = 34;
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String BLUE = "\u001b[34m";
    private static final String GREEN = "\u001b[32m";
    private static final String PLAIN = "\u001b[0m";
    private static final double MICROS = 1e3;

    private final PrintWriter out;
    private final boolean terminal;
    private final Language language;
    private final Duration pace;

    Screen(PrintWriter out, boolean terminal, Language language, Duration pace) {
        this.out = out;
        this.terminal = terminal;
        this.language = language;
        this.pace = terminal ? pace : Duration.ZERO;
    }

    void say(String english, String korean) {
        String text = language == Language.EN ? english : korean;
        out.println(terminal ? BOLD + text + PLAIN : text);
        if (terminal) {
            String kernel = language == Language.EN ? "kernel" : "커널";
            String program = language == Language.EN ? "program" : "프로그램";
            out.println(DIM + " ".repeat(11) + kernel + " ".repeat(LANE - 6) + program + PLAIN);
        }
        out.flush();
        rest();
    }

    void show(Step step, int times, long firstNanos) {
        Words.Meaning meaning = Words.of(step.what(), step.detail());
        String since = String.format(Locale.ROOT, "+%.1f µs", (step.nanos() - firstNanos) / MICROS);
        String what = step.what() + (times > 1 ? " ×" + times : "");
        String detail = step.detail().isEmpty() ? "" : "[" + said(step.detail()) + "] ";
        String text = detail + language.of(meaning.text());
        if (terminal) {
            out.printf("%12s %s  %s%n", since, lane(meaning.way(), what), text);
        } else {
            out.printf("  %12s  %-14s %s%n", since, what, text.strip());
        }
        out.flush();
        rest();
    }

    private String said(String detail) {
        return language == Language.EN
                ? detail
                : detail.replace(" bytes", "바이트").replace(" times", "번");
    }

    /** The way of a step, drawn between the two. */
    private static String lane(Words.Way way, String what) {
        String rule = "─".repeat(Math.max(1, LANE - what.length() - 5));
        String space = " ".repeat(Math.max(1, LANE - what.length() - 2));
        return switch (way) {
            case TO_PROGRAM ->
                    BLUE + "│ " + BOLD + what + PLAIN + BLUE + " " + rule + "▶ │" + PLAIN;
            case TO_KERNEL ->
                    GREEN + "│ ◀" + rule + " " + BOLD + what + PLAIN + GREEN + " │" + PLAIN;
            case IN_KERNEL -> BLUE + "● " + BOLD + what + PLAIN + space + " │";
            case IN_PROGRAM -> "│ " + space + GREEN + BOLD + what + " ●" + PLAIN;
        };
    }

    private void rest() {
        if (pace.isZero()) {
            return;
        }
        try {
            Thread.sleep(pace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
