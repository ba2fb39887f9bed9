package io.overlapped.lab.report;

import io.overlapped.lab.model.About.Text;

/**
 * A language of the report.
 *
 * <p>Threads: a value.
 */
public enum Language {
    EN,
    KO;

    /** The text in this language. */
    public String of(Text text) {
        return this == EN ? text.english() : text.korean();
    }

    String code() {
        return this == EN ? "en" : "ko";
    }
}
