package io.overlapped.web;

import java.time.Duration;

/**
 * What pages may cost. None is unlimited. Times are kept up to a quarter of a second late.
 *
 * @param socketsMax WebSockets open at once; a page has two. 32,000 at most
 * @param messageBurst messages of one WebSocket at once
 * @param messagesPerSecond messages of one WebSocket in the long run
 * @param connectTimeout how long the server behind may take to answer
 * @param messageTimeout how long a message may take from its first byte to its last
 * @param stallTimeout how long a page, or the server behind, may leave bytes untaken
 * @param closeTimeout how long a page may take to answer a close
 * @param idleTimeout how long a WebSocket may carry nothing at all
 *     <p>Threads: a value.
 */
public record PageLimits(
        int socketsMax,
        int messageBurst,
        int messagesPerSecond,
        Duration connectTimeout,
        Duration messageTimeout,
        Duration stallTimeout,
        Duration closeTimeout,
        Duration idleTimeout) {

    /** Each takes two buffers of a pool that has no more. */
    private static final int SOCKETS_LIMIT = 32_000;

    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * 256 sockets, 240 messages at once and 120 a second, 5 seconds to connect and to close, 10 for
     * a message and for what is not taken, 2 minutes of silence.
     */
    public static final PageLimits DEFAULTS =
            new PageLimits(
                    256,
                    240,
                    120,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(2));

    public PageLimits {
        if (socketsMax < 1 || messageBurst < 1 || messagesPerSecond < 1) {
            throw new IllegalArgumentException(
                    "socketsMax, messageBurst and messagesPerSecond must be at least 1");
        }
        if (socketsMax > SOCKETS_LIMIT) {
            throw new IllegalArgumentException(
                    "socketsMax is " + socketsMax + "; it must be 1 to " + SOCKETS_LIMIT);
        }
        requireDuration("connectTimeout", connectTimeout);
        requireDuration("messageTimeout", messageTimeout);
        requireDuration("stallTimeout", stallTimeout);
        requireDuration("closeTimeout", closeTimeout);
        requireDuration("idleTimeout", idleTimeout);
    }

    private static void requireDuration(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; it must be more than zero and at most " + LONGEST);
        }
    }

    /** The same with another number of WebSockets. */
    public PageLimits withSockets(int max) {
        return new PageLimits(
                max,
                messageBurst,
                messagesPerSecond,
                connectTimeout,
                messageTimeout,
                stallTimeout,
                closeTimeout,
                idleTimeout);
    }

    /** The same with another pace of messages. */
    public PageLimits withMessages(int burst, int perSecond) {
        return new PageLimits(
                socketsMax,
                burst,
                perSecond,
                connectTimeout,
                messageTimeout,
                stallTimeout,
                closeTimeout,
                idleTimeout);
    }

    /** The same with other patience for a message and for bytes that nobody takes. */
    public PageLimits withStall(Duration message, Duration stall) {
        return new PageLimits(
                socketsMax,
                messageBurst,
                messagesPerSecond,
                connectTimeout,
                message,
                stall,
                closeTimeout,
                idleTimeout);
    }

    /** The same with other patience for silence. */
    public PageLimits withIdle(Duration idle) {
        return new PageLimits(
                socketsMax,
                messageBurst,
                messagesPerSecond,
                connectTimeout,
                messageTimeout,
                stallTimeout,
                closeTimeout,
                idle);
    }
}
