package io.overlapped.bench;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
    private static List<String> limits(String most) {
        return List.of(
                "Limit                     Soft Limit           Hard Limit           Units     ",
                "Max processes             15             15             processes ",
                "Max open files            1024                 "
                        + most
                        + "            files     ");
    }

    @Test
    void aLimitThatIsTooLowIsTheReasonWithARemedy() {
        var missing =
                assertThrows(Unavailable.class, () -> OpenFiles.require(9000, limits("4096")));
        assertEquals(
                "it needs 9,200 open files, and the limit is 4096; raise it, such as by 'ulimit -n 18400'",
                missing.getMessage());
    }

    @Test
    void theHardLimitCounts() {
        assertDoesNotThrow(() -> OpenFiles.require(9000, limits("20000")));
        assertDoesNotThrow(() -> OpenFiles.require(9000, limits("unlimited")));
    }
}
