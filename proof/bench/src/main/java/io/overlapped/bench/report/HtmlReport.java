package io.overlapped.bench.report;

import io.overlapped.bench.Results;

/** All results as one page. */
public final class HtmlReport {
    private HtmlReport() {}

    public static String page(Results results) {
        return results.toString();
    }
}
