package io.overlapped.lab.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.lab.model.Watch;
import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

class StepTest {
    @Test
    void aLineIsRead() {
        Step step =
                Step.parse(
                                "{\"nanos\":12,\"thread\":\"a\\\"b\",\"connection\":3,"
                                        + "\"step\":\"read\",\"detail\":\"42 bytes\"}")
                        .orElseThrow();
        assertEquals(new Step(12, "a\"b", 3, "read", "42 bytes"), step);
    }

    @Test
    void whatIsNoStepIsPassedOver() {
        assertTrue(Step.parse("listening 127.0.0.1:1 \"nanos\":1").isEmpty());
        assertTrue(Step.parse("{\"nanos\":1}").isEmpty());
        assertTrue(Step.parse("").isEmpty());
    }

    @Test
    void everyWordThatModelsUseHasAMeaning() throws IllegalAccessException {
        int words = 0;
        for (Field field : Watch.class.getFields()) {
            if (field.getType() == String.class) {
                words++;
                String word = (String) field.get(null);
                assertTrue(!Words.of(word, "").text().english().isEmpty(), word);
                assertTrue(!Words.of(word, "").text().korean().isEmpty(), word);
            }
        }
        assertTrue(words > 10);
    }
}
