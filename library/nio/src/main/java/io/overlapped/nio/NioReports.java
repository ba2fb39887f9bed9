package io.overlapped.nio;

import io.overlapped.DriverReport;
import io.overlapped.DriverReport.Feature;
import java.nio.channels.AsynchronousChannelGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the driver found and what it uses, for people. */
final class NioReports {
    private NioReports() {}

    /**
     * @param group its class and its provider's say how the platform is asked
     */
    static DriverReport of(AsynchronousChannelGroup group, Map<String, Long> counters) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("jdk", Runtime.version().toString());
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("channelGroup", group.getClass().getName());
        facts.put("channelProvider", group.provider().getClass().getName());
        return new DriverReport(
                NioDriverProvider.NAME,
                true,
                "NIO.2 is part of every JDK",
                "",
                facts,
                features(group.getClass()),
                counters);
    }

    private static List<Feature> features(Class<?> group) {
        boolean completionPort = group.getSimpleName().equals("Iocp");
        return List.of(
                new Feature(
                        "completion port",
                        completionPort,
                        completionPort,
                        completionPort
                                ? "completions come from the system"
                                : "only Windows has it; elsewhere the JDK polls for readiness"),
                new Feature(
                        "outcomes on the driver's thread",
                        true,
                        true,
                        "the group's thread only polls, reads and writes"),
                new Feature(
                        "receive without a buffer",
                        true,
                        true,
                        "an idle connection holds 512 bytes of the driver's"),
                memory(),
                abortiveClose(),
                userTimeout());
    }

    private static Feature userTimeout() {
        String obstacle = SystemOptions.obstacle();
        return obstacle == null
                ? new Feature("user timeout", true, true, "by system call")
                : new Feature("user timeout", false, false, obstacle);
    }

    private static Feature memory() {
        boolean mapped = MappedMemory.isAvailable();
        return new Feature(
                "mapped memory",
                mapped,
                mapped,
                mapped
                        ? "it costs what was used of it and goes back to the system"
                        : "needs Linux and --enable-native-access; else it costs all of it at once");
    }

    private static Feature abortiveClose() {
        String obstacle = SystemOptions.obstacle();
        return obstacle == null
                ? new Feature("abortive close", true, true, "LINGER_SECONDS 0, by system call")
                : new Feature("abortive close", false, false, obstacle);
    }
}
