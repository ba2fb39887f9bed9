package io.overlapped.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Leads from a page to the sources of the project, where the page can reach them. */
final class SourceLinks implements UnaryOperator<String> {
    private final @Nullable Path root;
    private final Path folder;

    private SourceLinks(@Nullable Path root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    /** Links for a page at this absolute path. */
    static SourceLinks from(Path page) {
        Path folder = page.getParent();
        return new SourceLinks(root(), folder == null ? page : folder);
    }

    /** The folder of the project that this program was built in, above its module path. */
    private static @Nullable Path root() {
        String modules = System.getProperty("jdk.module.path", "");
        Path at = modules.isEmpty() ? null : Path.of(modules).toAbsolutePath().normalize();
        while (at != null && !Files.isDirectory(at.resolve("tools/lab/src/main/java"))) {
            at = at.getParent();
        }
        return at;
    }

    @Override
    public String apply(String source) {
        if (root == null) {
            return source;
        }
        Path file = root.resolve(source);
        return file.getRoot().equals(folder.getRoot())
                ? folder.relativize(file).toString().replace('\\', '/')
                : file.toUri().toString();
    }
}
