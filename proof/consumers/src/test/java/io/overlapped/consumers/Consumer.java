package io.overlapped.consumers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A project of its own beside this module, built by a Maven that finds only what is published. */
record Consumer(String name, Path repository, Path jar, List<Path> dependencies) {
    private static final Path MAVEN = Path.of(System.getProperty("consumers.maven", ""), "bin/mvn");
    private static final Path JARS = Path.of(System.getProperty("consumers.jars", ""));

    /** Whether a Maven is there to build it with. */
    static boolean canBuild() {
        return Files.isExecutable(MAVEN) && Files.isDirectory(JARS);
    }

    /**
     * Builds the project in the folder {@code name}, with all that it makes below {@code target}.
     */
    static Consumer build(String name, Path target) throws IOException, InterruptedException {
        Path repository = target.resolve("repository");
        Published.installInto(repository);
        Path built = target.resolve("built");
        Commands.Said said =
                Commands.run(
                        List.of(
                                MAVEN,
                                "-B",
                                "-ntp",
                                "-f",
                                Path.of(name, "pom.xml").toAbsolutePath(),
                                "-s",
                                settings(target),
                                "-Dmaven.repo.local=" + repository,
                                "-Doverlapped.version=" + Published.VERSION,
                                "-Dbuilt=" + built,
                                "org.apache.maven.plugins:maven-resources-plugin:resources",
                                "org.apache.maven.plugins:maven-compiler-plugin:compile",
                                "org.apache.maven.plugins:maven-jar-plugin:jar"));
        if (said.exit() != 0) {
            throw new AssertionError(said.out() + said.err());
        }
        Path jar = built.resolve(name + "-consumer-1.jar");
        return new Consumer(name, repository, jar, dependencies(jar, repository));
    }

    /** Its jar and those it runs with, as a class path or a module path. */
    String path() {
        List<Path> all = new ArrayList<>(dependencies);
        all.addFirst(jar);
        return all.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Everything that is not ours comes from what this build has downloaded already. */
    private static Path settings(Path target) throws IOException {
        return Files.writeString(
                target.resolve("settings.xml"),
                """
                <settings>
                  <mirrors>
                    <mirror>
                      <id>downloaded</id>
                      <mirrorOf>*</mirrorOf>
                      <url>%s</url>
                    </mirror>
                  </mirrors>
                </settings>
                """
                        .formatted(JARS.toUri()));
    }

    private static List<Path> dependencies(Path jar, Path repository) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            String entries = file.getManifest().getMainAttributes().getValue("Class-Path");
            return Pattern.compile(" ").splitAsStream(entries).map(repository::resolve).toList();
        }
    }
}
