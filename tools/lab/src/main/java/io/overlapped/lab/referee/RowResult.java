package io.overlapped.lab.referee;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of one row for one model.
 *
 * @param why what hindered it; empty if it was done
 * @param numbers null unless it was done
 *     <p>Threads: a value.
 */
public record RowResult(Row row, Outcome outcome, String why, @Nullable Numbers numbers) {
    static RowResult of(Row row, Outcome outcome, String why) {
        return new RowResult(row, outcome, why, null);
    }

    /** By name, for programs. */
    Map<String, @Nullable Object> facts() {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("row", row.name());
        facts.put("job", row.job());
        facts.put("connections", row.connections());
        facts.put("outcome", outcome);
        facts.put("why", why);
        facts.put("verified", outcome == Outcome.DONE);
        if (numbers != null) {
            facts.putAll(numbers.facts());
        }
        return facts;
    }
}
