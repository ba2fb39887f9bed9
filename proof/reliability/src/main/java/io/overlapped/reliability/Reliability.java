package io.overlapped.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks the pages that promise something, or writes the one that is made of rows and figures. */
public final class Reliability {
    private final Path root;

    Reliability(Path root) {
        this.root = root;
    }

    /**
     * {@code --write} writes the page; without it what is wrong is printed and the exit code is 1.
     */
    public static void main(String[] arguments) throws IOException {
        Reliability reliability = new Reliability(Path.of("").toAbsolutePath());
        if (List.of(arguments).contains("--write")) {
            Files.writeString(reliability.pageFile(), reliability.page());
            return;
        }
        List<String> wrong = reliability.wrong();
        wrong.forEach(System.err::println);
        System.exit(wrong.isEmpty() ? 0 : 1);
    }

    /** What does not hold of what the pages say. */
    List<String> wrong() throws IOException {
        List<String> wrong = new ArrayList<>();
        Named named = new Named(root);
        for (String page : List.of("docs/RELIABILITY.md", "SECURITY.md")) {
            for (String missing : named.missing(Files.readString(root.resolve(page)))) {
                wrong.add(page + " names " + missing + ", which is not among the tests");
            }
        }
        if (!Files.readString(pageFile()).equals(page())) {
            wrong.add("docs/RELIABILITY.md is not what rows and ledger say; write it with --write");
        }
        return wrong;
    }

    private String page() throws IOException {
        List<Row> rows = Row.parse(Files.readString(root.resolve("proof/reliability/rows.txt")));
        return Page.of(rows, new Ledger(root.resolve("proof/ledger.tsv")));
    }

    private Path pageFile() {
        return root.resolve("docs/RELIABILITY.md");
    }
}
