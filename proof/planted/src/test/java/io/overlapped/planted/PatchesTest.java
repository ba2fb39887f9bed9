package io.overlapped.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The planted bugs do not rot: each can be planted in the sources of today. */
class PatchesTest {
    private static final Path ROOT = Path.of("../..");
    private static final String FOLDER = "proof/planted/patches/";

    @Test
    void everyPatchAppliesToThePresentSources() throws Exception {
        List<String> failures = new ArrayList<>();
        for (Patch patch : Patch.all(ROOT.resolve(FOLDER))) {
            Process git = start("git", "apply", "--check", FOLDER + patch.name() + ".patch");
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (git.waitFor() != 0) {
                failures.add(patch.name() + ": " + said.strip());
            }
        }
        assertEquals(
                List.of(),
                failures,
                "the sources changed below these patches; plant the same bug in the new lines");
    }

    @Test
    void everyPatchTellsItsStory() throws IOException {
        List<Patch> patches = Patch.all(ROOT.resolve(FOLDER));
        assertTrue(patches.size() >= 24, () -> patches.size() + " patches");
        for (int i = 0; i < patches.size(); i++) {
            Patch patch = patches.get(i);
            assertTrue(
                    patch.name().matches("%02d-[a-z0-9-]+".formatted(i + 1)),
                    () -> patch.name() + " is out of order");
            assertFalse(patch.bug().isEmpty(), patch::name);
            assertFalse(patch.seen().isEmpty(), patch::name);
            assertFalse(patch.breaks().isEmpty(), patch::name);
            assertFalse(Stage.of(patch.modules()).isEmpty(), patch::name);
        }
    }

    private static Process start(String... command) {
        try {
            return new ProcessBuilder(command)
                    .directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return Assumptions.abort("git cannot be run here: " + e.getMessage());
        }
    }
}
