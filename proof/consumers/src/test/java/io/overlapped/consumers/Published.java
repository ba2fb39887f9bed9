package io.overlapped.consumers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a stranger's Maven would find of ours: the jars and poms of this build, and no parent. */
final class Published {
    static final List<String> MODULES = List.of("core", "uring", "nio", "session", "sim");
    static final String VERSION = System.getProperty("consumers.version", "");
    private static final Path LIBRARY = Path.of("../../library").toAbsolutePath().normalize();

    private Published() {}

    /** Whether this build made jars: {@code mvn test} does not, {@code mvn verify} does. */
    static boolean hasJars() {
        List<String> path =
                Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                        .splitAsStream(System.getProperty("java.class.path"))
                        .toList();
        return MODULES.stream().allMatch(module -> path.contains(jar(module).toString()));
    }

    static Path jar(String module) {
        return LIBRARY.resolve(module, "target", "overlapped-%s-%s.jar".formatted(module, VERSION));
    }

    static Path pom(String module) {
        return LIBRARY.resolve(module, "target", ".flattened-pom.xml");
    }

    /** Puts everything into the Maven repository in {@code folder}, as installing it would. */
    static void installInto(Path folder) throws IOException {
        for (String module : Stream.concat(MODULES.stream(), Stream.of("bom")).toList()) {
            String artifact = "overlapped-" + module;
            Path place = folder.resolve("io", "overlapped", artifact, VERSION);
            Files.createDirectories(place);
            Files.copy(pom(module), place.resolve(artifact + "-" + VERSION + ".pom"));
            if (!module.equals("bom")) {
                Files.copy(jar(module), place.resolve(artifact + "-" + VERSION + ".jar"));
            }
        }
    }
}
