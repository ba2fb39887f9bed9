package io.overlapped.lab.referee;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one model in one row.
 *
 * @param verifiedBytes all that came back and were compared
 * @param messages answered while it was measured
 * @param deliveries packets that reached a client meanwhile; of the chat job only, else 0
 * @param maxMicros the slowest answer, or as long as one that never came was waited for
 * @param callsPerMessage system calls; null where {@code calls} says why they were not counted
 * @param calls the most frequent system calls
 * @param idleCpuPercent of one core, while nobody sent anything
 * @param burstMillis until the median burst was answered in full; null without bursts
 * @param note what else is to be said; mostly empty
 *     <p>Threads: a value.
 */
public record Numbers(
        long verifiedBytes,
        long messages,
        long deliveries,
        double messagesPerSecond,
        double p50Micros,
        double p99Micros,
        double maxMicros,
        double cpuMicrosPerMessage,
        @Nullable Double callsPerMessage,
        String calls,
        double voluntaryPerMessage,
        double involuntaryPerMessage,
        int threads,
        long residentBytesPerConnection,
        double idleCpuPercent,
        @Nullable Double burstMillis,
        String note) {
    private static final double THOUSANDTHS = 1e3;

    /** By name, for programs. */
    Map<String, @Nullable Object> facts() {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("verifiedBytes", verifiedBytes);
        facts.put("messages", messages);
        facts.put("deliveries", deliveries);
        facts.put("messagesPerSecond", rounded(messagesPerSecond));
        facts.put("p50Micros", rounded(p50Micros));
        facts.put("p99Micros", rounded(p99Micros));
        facts.put("maxMicros", rounded(maxMicros));
        facts.put("cpuMicrosPerMessage", rounded(cpuMicrosPerMessage));
        facts.put("systemCallsPerMessage", rounded(callsPerMessage));
        facts.put("systemCalls", calls);
        facts.put("voluntarySwitchesPerMessage", rounded(voluntaryPerMessage));
        facts.put("involuntarySwitchesPerMessage", rounded(involuntaryPerMessage));
        facts.put("threads", threads);
        facts.put("residentBytesPerConnection", residentBytesPerConnection);
        facts.put("idleCpuPercent", rounded(idleCpuPercent));
        facts.put("burstMillis", rounded(burstMillis));
        facts.put("note", note);
        return facts;
    }

    private static @Nullable Double rounded(@Nullable Double value) {
        return value == null ? null : Math.round(value * THOUSANDTHS) / THOUSANDTHS;
    }
}
