package io.overlapped.lab.report;

import io.overlapped.lab.model.About.Text;
import java.util.Locale;

/**
 * Whether the figures of a run bear a statement out.
 *
 * <p>Threads: a value.
 */
public enum Verdict {
    CONFIRMED("confirmed", "확인됨"),
    REFUTED("not confirmed", "확인되지 않음"),
    OPEN("not measured", "측정하지 않음");

    private final String english;
    private final String korean;

    Verdict(String english, String korean) {
        this.english = english;
        this.korean = korean;
    }

    static Verdict of(boolean holds) {
        return holds ? CONFIRMED : REFUTED;
    }

    Text text() {
        return new Text(english, korean);
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
