package io.overlapped.lab.referee;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of all rows for one model.
 *
 * <p>Threads: a value.
 */
public record ModelResult(String model, List<RowResult> rows) {
    /** Whether some row was done, and no row brought a wrong byte. */
    public boolean isVerified() {
        return rows.stream().anyMatch(row -> row.outcome() == Outcome.DONE)
                && rows.stream().noneMatch(row -> row.outcome() == Outcome.WRONG);
    }

    /** Whether its answers were wrong, or never came. */
    public boolean hasFailed() {
        boolean late = rows.stream().anyMatch(row -> row.outcome() == Outcome.LATE);
        boolean wrong = rows.stream().anyMatch(row -> row.outcome() == Outcome.WRONG);
        return wrong || (late && !isVerified());
    }

    /** The row of that name, if it was asked for. */
    public Optional<RowResult> row(String name) {
        return rows.stream().filter(result -> result.row().name().equals(name)).findFirst();
    }

    Map<String, @Nullable Object> facts() {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("model", model);
        facts.put("verified", isVerified());
        facts.put("rows", rows.stream().map(RowResult::facts).toList());
        return facts;
    }
}
