package io.overlapped.bench.load;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What the load generator measured.
 *
 * @param messages verified messages
 * @param nanos how long that took
 * @param serverNanos CPU time the server's process took
 * @param loadNanos CPU time the load generator took
 * @param loadWaitNanos time its threads were ready and had to wait for its core
 * @param lateMessages messages of an open loop that the load generator itself sent late
 * @param residentBytes the server's memory at the end
 * @param latency from when a message was sent, or due, to when all of its answer was there, in
 *     nanoseconds
 */
public record Reply(
        long messages,
        long nanos,
        long serverNanos,
        long loadNanos,
        long loadWaitNanos,
        long lateMessages,
        long residentBytes,
        Histogram latency) {
    private static final String RESULT = "result ";
    private static final String FAILED = "failed ";

    /** The line that {@link #of} reads. */
    String line() {
        ByteBuffer packed = ByteBuffer.allocate(latency.getNeededByteBufferCapacity());
        int length = latency.encodeIntoCompressedByteBuffer(packed);
        String text = Base64.getEncoder().encodeToString(Arrays.copyOf(packed.array(), length));
        return RESULT
                + "messages="
                + messages
                + " nanos="
                + nanos
                + " serverNanos="
                + serverNanos
                + " loadNanos="
                + loadNanos
                + " loadWaitNanos="
                + loadWaitNanos
                + " lateMessages="
                + lateMessages
                + " residentBytes="
                + residentBytes
                + " latency="
                + text;
    }

    static String failure(Throwable reason) {
        String words =
                reason instanceof IllegalStateException
                        ? String.valueOf(reason.getMessage())
                        : reason.toString();
        return FAILED + words.replace('\n', ' ');
    }

    /**
     * @throws IllegalStateException with the load generator's words, if it failed
     */
    public static Reply of(String line) {
        if (line.startsWith(FAILED)) {
            throw new IllegalStateException(line.substring(FAILED.length()));
        }
        Map<String, String> words =
                Arrays.stream(line.substring(RESULT.length()).split(" ", -1))
                        .map(word -> word.split("=", 2))
                        .collect(Collectors.toMap(word -> word[0], word -> word[1]));
        return new Reply(
                Long.parseLong(words.getOrDefault("messages", "")),
                Long.parseLong(words.getOrDefault("nanos", "")),
                Long.parseLong(words.getOrDefault("serverNanos", "")),
                Long.parseLong(words.getOrDefault("loadNanos", "")),
                Long.parseLong(words.getOrDefault("loadWaitNanos", "")),
                Long.parseLong(words.getOrDefault("lateMessages", "")),
                Long.parseLong(words.getOrDefault("residentBytes", "")),
                unpacked(words.getOrDefault("latency", "")));
    }

    private static Histogram unpacked(String text) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
        } catch (DataFormatException e) {
            throw new IllegalStateException("a histogram that cannot be read", e);
        }
    }
}
