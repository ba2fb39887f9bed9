package io.overlapped.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was found so far, a line for each finding, so that a long run can be interrupted and goes on
 * where it was.
 *
 * <p>Threads: one.
 */
final class Ledger {
    private static final int FIELDS = 7;

    private final Path file;
    private final Map<String, Finding> findings = new LinkedHashMap<>();

    /**
     * @param fresh whether to forget what is recorded
     */
    Ledger(Path file, boolean fresh) throws IOException {
        this.file = file;
        if (fresh) {
            Files.deleteIfExists(file);
        } else if (Files.exists(file)) {
            Files.readAllLines(file).forEach(this::read);
        }
    }

    /** What was found of this bug, or of the control, if it has not changed since. */
    Optional<Finding> of(Optional<Patch> patch) {
        return Optional.ofNullable(findings.get(key(patch)))
                .map(f -> f.of(patch))
                .filter(f -> patch.isPresent() ? f.isFound() : f.by().equals(Trial.GREEN));
    }

    void add(Finding f) throws IOException {
        String line =
                String.join(
                        "\t",
                        key(f.patch()),
                        String.valueOf(f.isFound()),
                        Finding.seconds(f.compileSeconds()),
                        Finding.seconds(f.testSeconds()),
                        f.commit(),
                        f.by().replaceAll("\\s+", " "));
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        read(line);
    }

    private void read(String line) {
        List<String> fields = List.of(line.split("\t", FIELDS));
        if (fields.size() == FIELDS) {
            Finding finding =
                    new Finding(
                            Optional.empty(),
                            Boolean.parseBoolean(fields.get(2)),
                            fields.get(6),
                            Double.parseDouble(fields.get(3)),
                            Double.parseDouble(fields.get(4)),
                            fields.get(5));
            findings.put(fields.get(0) + "\t" + fields.get(1), finding);
        }
    }

    /** A bug is known by its name without its number, and by what it changes. */
    private static String key(Optional<Patch> patch) {
        return patch.map(p -> p.name().substring(3) + "\t" + Integer.toHexString(p.change()))
                .orElse("control\t-");
    }
}
