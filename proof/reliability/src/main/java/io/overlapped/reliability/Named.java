package io.overlapped.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the tests that pages and rows name in the sources. */
final class Named {
    private static final Pattern IN_A_PAGE =
            Pattern.compile("`(?:[\\w/-]+ )?(\\w+Test)(?:\\.(\\w+))?`");

    private final List<Path> sources;

    Named(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            sources =
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(
                                    file ->
                                            file.toString()
                                                    .contains(
                                                            "src"
                                                                    + java.io.File.separator
                                                                    + "test"))
                            .toList();
        }
    }

    /** What a page names and the sources do not have. */
    List<String> missing(String page) throws IOException {
        List<String> missing = new ArrayList<>();
        Matcher matcher = IN_A_PAGE.matcher(page);
        while (matcher.find()) {
            if (!exists(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2))) {
                missing.add(matcher.group());
            }
        }
        return missing;
    }

    private boolean exists(String type, String method) throws IOException {
        for (Path source : sources) {
            if (source.endsWith(type + ".java")
                    && (method.isEmpty() || Files.readString(source).contains(method + "("))) {
                return true;
            }
        }
        return false;
    }
}
