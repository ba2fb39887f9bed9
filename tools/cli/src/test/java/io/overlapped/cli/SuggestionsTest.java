package io.overlapped.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
    private static final List<String> NAMES = List.of("--port", "--host", "--driver", "--style");

    @Test
    void aTypingErrorFindsTheName() {
        assertEquals(List.of("--port"), Suggestions.closest("--prot", NAMES));
        assertEquals(List.of("--driver"), Suggestions.closest("--drver", NAMES));
        assertEquals(List.of("--style"), Suggestions.closest("-style", NAMES));
    }

    @Test
    void aBeginningFindsTheName() {
        assertEquals(List.of("--driver"), Suggestions.closest("--dr", NAMES));
    }

    @Test
    void atMostTwoAreGivenTheClosestFirst() {
        assertEquals(
                List.of("aabb", "aabc"),
                Suggestions.closest("aabb", List.of("aacc", "aabc", "aabb")));
    }

    @Test
    void somethingElseFindsNothing() {
        assertEquals(List.of(), Suggestions.closest("--colour", NAMES));
    }

    @Test
    void theDistanceCountsInsertionsDeletionsReplacementsAndSwaps() {
        assertEquals(0, Suggestions.distance("port", "port"));
        assertEquals(1, Suggestions.distance("port", "ports"));
        assertEquals(1, Suggestions.distance("port", "prt"));
        assertEquals(1, Suggestions.distance("port", "part"));
        assertEquals(1, Suggestions.distance("port", "prot"));
        assertEquals(4, Suggestions.distance("", "port"));
    }
}
