package io.overlapped.allocation;

import io.overlapped.Options;
import java.util.Arrays;
import java.util.List;

/** In which style the server learns of completions, and on which threads it awaits them. */
enum Style {
    ROUTINE("routine"),
    PORT("port"),
    EVENT_PLATFORM("event-platform"),
    EVENT_VIRTUAL("event-virtual");

    /** What it is called on the command line and in the table. */
    final String title;

    Style(String title) {
        this.title = title;
    }

    static Style of(String title) {
        return Arrays.stream(values())
                .filter(style -> style.title.equals(title))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no style '" + title + "'; there are " + titles()));
    }

    static List<String> titles() {
        return Arrays.stream(values()).map(style -> style.title).toList();
    }

    /** An echo server in this style, on a free port of the loopback. */
    EchoServer open(Options options) {
        return switch (this) {
            case ROUTINE -> new RoutineEcho(options);
            case PORT -> new PortEcho(options);
            case EVENT_PLATFORM -> new EventEcho(options, Thread.ofPlatform().daemon().factory());
            case EVENT_VIRTUAL -> new EventEcho(options, Thread.ofVirtual().factory());
        };
    }
}
