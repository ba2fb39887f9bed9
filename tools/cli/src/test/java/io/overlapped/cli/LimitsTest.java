package io.overlapped.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {
    @Test
    void softAndHardLimitsAreReadFromTheKernelsTable() {
        Limits limits =
                Limits.of(
                        List.of(
                                "Limit                     Soft Limit           Hard Limit  Units",
                                "Max open files            1024                 524288      files",
                                "Max locked memory         65536                unlimited   bytes"));
        assertEquals(new Limits.Limit("1024", "524288"), limits.openFiles());
        assertEquals(new Limits.Limit("65536", "unlimited"), limits.lockedBytes());
    }

    @Test
    void whereThereIsNoTableTheLimitsAreUnknown() {
        assertEquals(new Limits.Limit("unknown", "unknown"), Limits.of(List.of()).openFiles());
    }
}
