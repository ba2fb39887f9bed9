package io.overlapped.bench.report;

/** Text in a page. */
final class Markup {
    private Markup() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&quot;");
    }

    static String tag(String name, String content) {
        return "<" + name + ">" + content + "</" + name + ">";
    }
}
