package io.overlapped.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionsTest {
    private final Completions completions = new Completions();
    private final List<Long> passed = new ArrayList<>();

    @Test
    void orderOutlastsGrowth() {
        completions.add(1000, 0, 0);
        completions.passOn((token, _, _) -> passed.add(token));
        passed.clear();
        for (long i = 0; i < 500; i++) {
            completions.add(i, 0, 0);
        }
        assertEquals(500, completions.passOn((token, _, _) -> passed.add(token)));
        for (int i = 0; i < 500; i++) {
            assertEquals(i, passed.get(i));
        }
    }

    @Test
    void resultsAndFlagsKeepTheirSigns() {
        completions.add(Long.MAX_VALUE, -125, 0xFFFF_0001);
        completions.passOn(
                (token, result, flags) -> {
                    assertEquals(Long.MAX_VALUE, token);
                    assertEquals(-125, result);
                    assertEquals(0xFFFF_0001, flags);
                    passed.add(token);
                });
        assertEquals(1, passed.size());
    }

    @Test
    void whatIsAddedMeanwhileWaitsForTheNextTime() {
        completions.add(1, 0, 0);
        assertEquals(1, completions.passOn((token, _, _) -> completions.add(token + 1, 0, 0)));
        assertEquals(1, completions.passOn((token, _, _) -> passed.add(token)));
        assertEquals(List.of(2L), passed);
        assertTrue(completions.isEmpty());
    }

    @Test
    void aSinkThatThrowsLosesNothing() {
        completions.add(1, 0, 0);
        completions.add(2, 0, 0);
        assertThrows(
                IllegalStateException.class,
                () ->
                        completions.passOn(
                                (_, _, _) -> {
                                    throw new IllegalStateException();
                                }));
        completions.passOn((token, _, _) -> passed.add(token));
        assertEquals(List.of(2L), passed);
    }
}
