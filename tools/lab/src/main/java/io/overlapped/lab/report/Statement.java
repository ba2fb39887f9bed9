package io.overlapped.lab.report;

import io.overlapped.lab.model.About.Text;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that the lectures say, held against a run.
 *
 * @param rows which rows tell
 * @param evidence the figures; a reason where there are none
 *     <p>Threads: a value.
 */
public record Statement(String name, Text says, String rows, Verdict verdict, String evidence) {
    /** By name, for programs. */
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("statement", name);
        facts.put("says", says.english());
        facts.put("rows", rows);
        facts.put("verdict", verdict.text().english());
        facts.put("evidence", evidence);
        return facts;
    }
}
