package io.overlapped.bench.server;

import java.util.Locale;

/** What a server does with its connections. */
public enum Mode {
    /** Sends back what it receives. */
    ECHO,
    /** Receives, and answers the last byte of every MiB. */
    SINK,
    /** Sends without end once it has received something. */
    SOURCE,
    /** Sends what one connection, the publisher, sends to all the others. */
    FAN;

    /** The byte with which a subscriber of a {@link #FAN} names itself. */
    public static final byte SUBSCRIBER = 'S';

    /** The byte with which the publisher of a {@link #FAN} names itself. */
    public static final byte PUBLISHER = 'P';

    /** Its name on a command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Mode of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
