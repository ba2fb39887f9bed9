package io.overlapped.lab.report;

import io.overlapped.lab.model.About.Text;
import java.util.Locale;

/**
 * Whether the figures of a run bear a statement out.
 *
 * <p>Threads: a value.
 */
public enum Verdict {
    CONFIRMED(new Text("confirmed", "확인됨")),
    REFUTED(new Text("not confirmed", "확인되지 않음")),
    OPEN(new Text("not measured", "측정하지 않음"));

    private final Text text;

    Verdict(Text text) {
        this.text = text;
    }

    static Verdict of(boolean holds) {
        return holds ? CONFIRMED : REFUTED;
    }

    Text text() {
        return text;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
