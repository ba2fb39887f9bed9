package io.overlapped.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs jcstress in a process of its own and reads what it prints. {@code proof/stress/run} starts
 * it with the options of jcstress; the exit code is 0 when every test of ours passed and every twin
 * was found.
 */
public final class Jcstress {
    /** The tests of ours; their twins have {@code Twin} in the name of their class. */
    static final String TESTS = "\\.(Heap|Ring|Arrivals)(Twin)?Stress\\.";

    private static final String JVM_ARGUMENTS = "--enable-native-access=ALL-UNNAMED";
    private static final Pattern VERDICT =
            Pattern.compile("^\\.+ \\[(OK|FAILED|ERROR|INTERESTING)] (\\S+)", Pattern.MULTILINE);

    private Jcstress() {}

    /** Whether each test failed, by its name. */
    public static SortedMap<String, Boolean> run(Path folder, String tests, List<String> options)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("org.openjdk.jcstress.Main");
        command.addAll(List.of("-t", tests, "-v", "-r", folder.toString()));
        command.addAll(options);
        if (!options.contains("-jvmArgs")) {
            command.addAll(List.of("-jvmArgsPrepend", JVM_ARGUMENTS));
        }
        Path log = folder.resolve("jcstress.log").toAbsolutePath();
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            if (!process.waitFor(6, TimeUnit.HOURS)) {
                throw new IOException("jcstress does not end; see " + log);
            }
        } finally {
            process.destroy();
        }
        return verdicts(Files.readString(log));
    }

    private static SortedMap<String, Boolean> verdicts(String log) {
        SortedMap<String, Boolean> verdicts = new TreeMap<>();
        Matcher matcher = VERDICT.matcher(log);
        while (matcher.find()) {
            boolean failed = !matcher.group(1).equals("OK");
            verdicts.merge(matcher.group(2), failed, Boolean::logicalOr);
        }
        return verdicts;
    }

    /** Whether the name is that of a test with a planted fault. */
    public static boolean isTwin(String name) {
        return name.contains("TwinStress");
    }

    public static void main(String[] options) throws Exception {
        SortedMap<String, Boolean> verdicts =
                run(Path.of("target", "jcstress"), TESTS, List.of(options));
        boolean asWanted = !verdicts.isEmpty();
        for (var verdict : verdicts.entrySet()) {
            boolean failed = verdict.getValue();
            boolean isWanted = failed == isTwin(verdict.getKey());
            asWanted &= isWanted;
            System.out.printf(
                    "%-70s %s%s%n",
                    verdict.getKey(),
                    failed ? "forbidden outcome" : "passed",
                    isWanted ? "" : "   <-- not as it should be");
        }
        System.out.println(verdicts.size() + " tests; the whole log is in target/jcstress");
        System.exit(asWanted ? 0 : 1);
    }
}
