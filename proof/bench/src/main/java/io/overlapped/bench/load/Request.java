package io.overlapped.bench.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One measurement that the load generator is asked for, in one line of {@code key=value} words.
 *
 * @param port where the server listens
 * @param pid the server's process, whose CPU time is read
 * @param connections how many; for a fan-out, subscribers
 * @param bytes size of a message
 * @param inFlight messages a connection sends before it waits
 * @param perSecond messages a second of an open loop; else 0
 * @param warmMessages messages before the measuring begins
 * @param warmMillis the longest that may take
 * @param millis how long is measured
 */
public record Request(
        Kind kind,
        int port,
        long pid,
        int connections,
        int bytes,
        int inFlight,
        int perSecond,
        long warmMessages,
        long warmMillis,
        long millis) {

    /** What the load does. */
    public enum Kind {
        /** Each connection sends when it has its answer. */
        ECHO,
        /** Messages are due at fixed times, whether the server keeps up or not. */
        OPEN,
        /** Sends without end; the server answers a byte every MiB. */
        STREAM_IN,
        /** The server sends without end. */
        STREAM_OUT,
        /** One connection publishes to all the others. */
        FAN,
        /** Connects, has one message echoed, resets, and again. */
        CONNECT,
        /** Opens connections, has one message echoed on each, and holds them. */
        HOLD
    }

    static Request of(String line) {
        Map<String, String> words =
                Arrays.stream(line.split(" ", -1))
                        .map(word -> word.split("=", 2))
                        .collect(Collectors.toMap(word -> word[0], word -> word[1]));
        return new Request(
                Kind.valueOf(word(words, "kind").toUpperCase(Locale.ROOT)),
                Integer.parseInt(word(words, "port")),
                Long.parseLong(word(words, "pid")),
                Integer.parseInt(word(words, "connections")),
                Integer.parseInt(word(words, "bytes")),
                Integer.parseInt(word(words, "inFlight")),
                Integer.parseInt(word(words, "perSecond")),
                Long.parseLong(word(words, "warmMessages")),
                Long.parseLong(word(words, "warmMillis")),
                Long.parseLong(word(words, "millis")));
    }

    /** The line that {@link #of} reads. */
    public String line() {
        return "kind="
                + kind
                + " port="
                + port
                + " pid="
                + pid
                + " connections="
                + connections
                + " bytes="
                + bytes
                + " inFlight="
                + inFlight
                + " perSecond="
                + perSecond
                + " warmMessages="
                + warmMessages
                + " warmMillis="
                + warmMillis
                + " millis="
                + millis;
    }

    private static String word(Map<String, String> words, String key) {
        String value = words.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key + " in the request");
        }
        return value;
    }

    /** The same with another number of connections. */
    public Request with(int count) {
        return new Request(
                kind,
                port,
                pid,
                count,
                bytes,
                inFlight,
                perSecond,
                warmMessages,
                warmMillis,
                millis);
    }

    /** Bytes that a connection sends before it waits. */
    int chunkBytes() {
        return bytes * inFlight;
    }
}
