package io.overlapped.web;

/** Why a page's WebSocket was closed: a name that is counted, a status, and a sentence. */
enum PageClose {
    /** The page went away. */
    DONE(1000, "the page ended the connection"),
    /** The server behind ended the connection; its own words replace this sentence. */
    SERVER_CLOSED(1000, "the server ended the connection"),
    STOPPING(1001, "the server stops"),
    IDLE(1001, "nothing was said for too long"),
    TEXT_MESSAGE(1003, "send one native frame in each binary message, and no text"),
    EMPTY_MESSAGE(1007, "a message is empty; send one native frame in each"),
    LENGTH_MISMATCH(1007, "the length of a message does not agree with its length bytes"),
    PROTOCOL(1002, "the page broke the WebSocket protocol"),
    ON_BEHALF(1008, "a page speaks for itself alone"),
    RATE(1008, "too many messages; send fewer a second"),
    FRAME_DEADLINE(1008, "a message began but was not complete in time"),
    SLOW_PAGE(1008, "the page does not read"),
    TOO_LONG(1009, "a message is longer than this server takes"),
    FAILED(1011, "a fault inside the server; its log has it"),
    SERVER_UNREACHABLE(1013, "the server behind the page does not answer; try again later"),
    SERVER_STALLED(1013, "the server behind the page takes nothing; try again later"),
    TOO_MANY(1013, "as many pages are open as this server takes; try again later"),
    NO_BUFFERS(1013, "the server has no buffer left for this message; try again later");

    private final int code;
    private final String text;

    PageClose(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The WebSocket status code. */
    int code() {
        return code;
    }

    /** What the page is told. */
    String text() {
        return text;
    }

    /** Whether it is worth a line in the log: the page or the server behind did something wrong. */
    boolean isTrouble() {
        return this != DONE && this != SERVER_CLOSED && this != STOPPING;
    }
}
