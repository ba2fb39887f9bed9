package io.overlapped.lab.report;

import io.overlapped.lab.model.About;
import org.jspecify.annotations.Nullable;

/**
 * One model's line in a chart.
 *
 * @param before the value to compare with, in charts of pairs
 * @param value null where the model has none
 * @param label behind the value, or why there is none
 */
record Bar(About model, @Nullable Double before, @Nullable Double value, String label) {
    static Bar of(About model, double value, String label) {
        return new Bar(model, null, value, label);
    }

    static Bar none(About model, String why) {
        return new Bar(model, null, null, why);
    }
}
