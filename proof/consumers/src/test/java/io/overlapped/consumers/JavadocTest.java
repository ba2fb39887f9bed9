package io.overlapped.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The documentation of the library is made without a warning. */
@Timeout(600)
class JavadocTest {
    private static final Map<String, String> MODULES =
            Map.of(
                    "core", "io.overlapped",
                    "uring", "io.overlapped.uring",
                    "nio", "io.overlapped.nio",
                    "session", "io.overlapped.session",
                    "sim", "io.overlapped.sim");

    @Test
    void javadocHasNothingToComplainOf(@TempDir Path folder) throws Exception {
        // missing: a comment says what the name does not; it need not repeat each parameter.
        List<String> arguments =
                new ArrayList<>(List.of("-quiet", "-Xdoclint:all,-missing", "-Werror"));
        MODULES.forEach(
                (module, name) ->
                        arguments.addAll(
                                List.of(
                                        "--module-source-path",
                                        name + "=../../library/" + module + "/src/main/java")));
        arguments.addAll(List.of("--module", String.join(",", MODULES.values())));
        arguments.addAll(List.of("--module-path", System.getProperty("java.class.path")));
        arguments.addAll(List.of("-d", folder.toString()));
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        int exit =
                ToolProvider.findFirst("javadoc")
                        .orElseThrow()
                        .run(writer, writer, arguments.toArray(String[]::new));
        assertEquals("", said.toString());
        assertEquals(0, exit);
        for (String module : List.of("core", "uring", "nio")) {
            String name = MODULES.get(module);
            String page = Files.readString(folder.resolve(name, "module-summary.html"));
            assertTrue(page.contains("src=\"doc-files/overview.svg\""), name + " shows no drawing");
            Path drawings = Path.of("../../library", module, "src/main/javadoc", name);
            assertTrue(
                    Files.exists(drawings.resolve("doc-files/overview.svg")),
                    name + " has no drawing");
        }
    }
}
