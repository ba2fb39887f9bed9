package io.overlapped.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A copy of the sources in a folder of its own, with what has not been committed yet, in which
 * patches are applied and Maven builds.
 *
 * <p>Threads: one.
 */
final class Scratch implements AutoCloseable {
    /** How a command ended, and where its output is. */
    record Ended(boolean inTime, int status, double seconds, Path log) {
        boolean isGood() {
            return inTime && status == 0;
        }
    }

    private static final int GIT_SECONDS = 60;

    /** For JVMs that end before it pays to compile their code well. */
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final String TEST_JVM =
            "-Dtest.jvm=--enable-native-access=ALL-UNNAMED -XX:+EnableDynamicAgentLoading "
                    + SHORT_LIVED;

    /** Those of the copy, so that somebody may work on the others meanwhile. */
    private static final String PATCHES = "proof/planted/patches/";

    private final Path folder;
    private final boolean keep;
    private String commit = "unknown";
    private int logs;

    private Scratch(Path folder, boolean keep) {
        this.folder = folder;
        this.keep = keep;
    }

    /**
     * @param in where it is to be, and to stay; empty for a temporary folder
     */
    static Scratch copyOf(Path root, Optional<Path> in) throws IOException, InterruptedException {
        Path folder = in.isPresent() ? in.get() : Files.createTempDirectory("overlapped-planted-");
        Scratch scratch = new Scratch(folder.resolve("sources"), in.isPresent());
        Files.createDirectories(scratch.folder);
        Ended listed =
                scratch.run(
                        root,
                        GIT_SECONDS,
                        List.of("git", "ls-files", "-z", "-c", "-o", "--exclude-standard"));
        if (!listed.isGood()) {
            throw new IOException("git cannot list the sources: " + Files.readString(listed.log));
        }
        for (String name : Files.readString(listed.log).split("\0", -1)) {
            Path from = root.resolve(name);
            if (!name.isEmpty() && Files.isRegularFile(from)) {
                Path to = scratch.folder.resolve(name);
                Files.createDirectories(to.getParent());
                // What is the same keeps its time, and is not compiled again.
                if (!Files.exists(to) || Files.mismatch(from, to) >= 0) {
                    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Ended said =
                scratch.run(
                        root,
                        GIT_SECONDS,
                        List.of("git", "describe", "--always", "--dirty", "--abbrev=12"));
        if (said.isGood()) {
            scratch.commit = Files.readString(said.log).strip();
        }
        return scratch;
    }

    /** What was copied. */
    String commit() {
        return commit;
    }

    /** Where findings are recorded. */
    Path ledger() {
        return folder.resolveSibling("findings.tsv");
    }

    boolean has(String module) {
        return Files.exists(folder.resolve(module).resolve("pom.xml"));
    }

    Path reports(String module) {
        return folder.resolve(module).resolve("target/surefire-reports");
    }

    void apply(Patch patch, boolean backwards) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "apply"));
        if (backwards) {
            command.add("-R");
        }
        command.add(PATCHES + patch.name() + ".patch");
        Ended ended = run(folder, GIT_SECONDS, command);
        if (!ended.isGood()) {
            throw new IOException(
                    patch.name()
                            + " does not apply to the present sources; bring it up to date: "
                            + Files.readString(ended.log));
        }
    }

    /** Has the modules compiled anew: a constant lives on in the classes that use it. */
    void forgetClasses(Patch patch) throws IOException {
        if (!patch.changesConstant()) {
            return;
        }
        for (String module : patch.modules()) {
            for (String built : List.of("classes", "test-classes", "maven-status")) {
                delete(folder.resolve(module).resolve("target").resolve(built));
            }
        }
    }

    /** Runs Maven on these modules and those below, for at most so many seconds. */
    Ended maven(Collection<String> modules, double seconds, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "nice",
                                "mvn",
                                "-o",
                                "-B",
                                "-ntp",
                                MavenLog.TIMED,
                                TEST_JVM,
                                "-pl",
                                String.join(",", modules),
                                "-am",
                                // Classes of other modules are as they were; see forgetClasses.
                                "-Dmaven.compiler.useIncrementalCompilation=false"));
        command.addAll(List.of(arguments));
        return run(folder, seconds, command);
    }

    private Ended run(Path in, double seconds, List<String> command)
            throws IOException, InterruptedException {
        Path log = folder.resolveSibling("log-" + logs++ + ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(in.toFile());
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MAVEN_OPTS", SHORT_LIVED);
        long start = System.nanoTime();
        Process process = builder.start();
        process.getOutputStream().close();
        boolean inTime = process.waitFor((long) (seconds * 1_000), TimeUnit.MILLISECONDS);
        if (!inTime) {
            List<ProcessHandle> all = process.descendants().toList();
            process.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
            process.waitFor();
        }
        return new Ended(inTime, process.exitValue(), (System.nanoTime() - start) / 1e9, log);
    }

    @Override
    public void close() throws IOException {
        if (!keep) {
            delete(folder.getParent());
        }
    }

    private static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> below = Files.walk(path)) {
                for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
