package io.overlapped.bench;

import io.netty.util.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Where a run takes place, and with what. */
final class Environment {
    private Environment() {}

    static Map<String, String> describe(Settings settings, Cores cores) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("commit", System.getProperty("overlapped.commit", "unknown"));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("processor", processor());
        facts.put(
                "cores",
                cores.server() < 0
                        ? "not pinned"
                        : "server on %d, load on %d".formatted(cores.server(), cores.load()));
        facts.put("java", System.getProperty("java.vm.version"));
        facts.put(
                "netty",
                Version.identify().values().stream()
                        .map(Version::artifactVersion)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse("unknown"));
        facts.put(
                "run",
                "%d rounds of %s s, warm-up of %,d messages or %s s%s"
                        .formatted(
                                settings.rounds(),
                                settings.timing().millis() / 1000.0,
                                settings.timing().warmMessages(),
                                settings.timing().warmMillis() / 1000.0,
                                note(settings.profile())));
        return facts;
    }

    private static String note(Profile profile) {
        return profile.note().isEmpty() ? "" : " (" + profile.note() + ")";
    }

    private static String processor() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
        return lines.stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
