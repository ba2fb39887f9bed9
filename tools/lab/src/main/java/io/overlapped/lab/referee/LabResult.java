package io.overlapped.lab.referee;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a whole run.
 *
 * @param machine where it was measured, by name
 *     <p>Threads: a value.
 */
public record LabResult(Map<String, String> machine, double seconds, List<ModelResult> models) {
    /** Whether no model's answers were wrong or never came. */
    public boolean isGood() {
        return models.stream().noneMatch(ModelResult::hasFailed);
    }

    /** By name, for programs. */
    public Map<String, @Nullable Object> facts() {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("machine", machine);
        facts.put("seconds", Math.round(seconds * 10) / 10.0);
        facts.put("good", isGood());
        facts.put("models", models.stream().map(ModelResult::facts).toList());
        return facts;
    }
}
