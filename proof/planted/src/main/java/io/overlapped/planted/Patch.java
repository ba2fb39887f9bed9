package io.overlapped.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A bug as a patch against the present sources, with a header that tells about it.
 *
 * @param name its number and name, as in {@code 04-deaf-after-enobufs}
 * @param bug what it is
 * @param seen who had it, and where
 * @param breaks the promise that it breaks
 * @param added the test that was written for it; empty if there was one
 * @param modules the folders of the modules that it changes
 * @param changesConstant whether a constant is among what it changes
 * @param change tells one change from another
 *     <p>Threads: a value.
 */
record Patch(
        String name,
        String bug,
        String seen,
        String breaks,
        String added,
        List<String> modules,
        boolean changesConstant,
        int change) {
    private static final Pattern CHANGED = Pattern.compile("^\\+\\+\\+ b/(.+?)/src/main/.*$");
    private static final Pattern CONSTANT =
            Pattern.compile("^[-+].*static final [a-zA-Z]+ [A-Z_]+ =", Pattern.MULTILINE);

    /** All there are, by number. */
    static List<Patch> all(Path folder) throws IOException {
        List<Patch> patches = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".patch")).sorted().toList()) {
                patches.add(read(file));
            }
        }
        return patches;
    }

    private static Patch read(Path file) throws IOException {
        String text = Files.readString(file);
        String header = text.substring(0, Math.max(0, text.indexOf("\ndiff --git")));
        TreeSet<String> modules = new TreeSet<>();
        for (String line : text.lines().toList()) {
            Matcher changed = CHANGED.matcher(line);
            if (changed.matches()) {
                modules.add(changed.group(1));
            }
        }
        return new Patch(
                file.getFileName().toString().replace(".patch", ""),
                field(header, "Bug"),
                field(header, "Seen"),
                field(header, "Breaks"),
                field(header, "Added"),
                List.copyOf(modules),
                CONSTANT.matcher(text).find(),
                // Where the lines are may change without the bug.
                text.substring(header.length()).replaceAll("(?m)^@@.*$", "").hashCode());
    }

    /** A field begins a line with its name; the lines that go on with it are indented. */
    private static String field(String header, String name) {
        Matcher found =
                Pattern.compile("^" + name + ": (.*(?:\\n {2}.*)*)", Pattern.MULTILINE)
                        .matcher(header);
        return found.find() ? found.group(1).replaceAll("\\n *", " ") : "";
    }
}
