package io.overlapped.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages that promise something say what the tests and the ledger say. */
class ReliabilityTest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    @Test
    void everyTestThatAPageNamesIsThereAndTheTableIsTheLedgers() throws IOException {
        assertEquals(List.of(), new Reliability(ROOT).wrong());
    }

    @Test
    void aTestThatIsNotThereIsFound() throws IOException {
        Named named = new Named(ROOT);
        assertEquals(
                List.of("`ReliabilityTest.thisIsNowhere`", "`NowhereTest`"),
                named.missing(
                        "`ReliabilityTest.thisIs"
                                + "Nowhere`, `NowhereTest` and"
                                + " `proof/reliability ReliabilityTest.aTestThatIsNotThereIsFound`"));
    }

    @Test
    void aRowWithoutItsPromiseIsRefusedByName() {
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class, () -> Row.parse("[T0]\nfault something\n"));
        assertTrue(String.valueOf(refusal.getMessage()).contains("T0 has no promise"));
    }

    @Test
    void theNewestLineOfTheLedgerIsTheOneThatCounts(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("ledger.tsv"),
                        """
                        # a comment
                        2026-01-01\taaa\tsim echo\t1..5\t10\t2\tpassed\told
                        2026-01-02\tbbb\tsim echo\t1..9\t20\t3\tpassed\tnew
                        """);
        Ledger ledger = new Ledger(file);
        assertEquals("new", ledger.last("sim echo").orElseThrow().figures());
        assertTrue(ledger.last("sim chat").isEmpty());
    }

    @Test
    void aLineThatLacksAColumnIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ledger.tsv"), "2026-01-01\taaa\n");
        assertThrows(IllegalArgumentException.class, () -> new Ledger(file));
    }
}
