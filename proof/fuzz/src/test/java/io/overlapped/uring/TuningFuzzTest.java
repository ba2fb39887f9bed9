package io.overlapped.uring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.overlapped.spi.DriverOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings by name and value, as a program takes them from anywhere. */
class TuningFuzzTest {

    @FuzzTest
    void aSettingIsTakenOrItsNameOrBoundsAreSaid(byte[] data) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String line : new String(data, UTF_8).split("\n", 8)) {
            int cut = line.indexOf('=');
            if (cut >= 0) {
                settings.put(line.substring(0, cut), line.substring(cut + 1));
            }
        }
        try {
            Tuning tuning = Tuning.of(new DriverOptions(64, 16, 1024, settings));
            for (Tuning size = tuning; size.completions() > 8; size = size.halved()) {
                assertTrue(size.submissions() >= 1 && size.submissions() <= 1 << 15);
                assertTrue(size.completions() <= 1 << 16);
            }
            assertTrue(tuning.completions() >= tuning.submissions());
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            assertTrue(message.contains("must be") || message.contains("there are"), message);
        }
    }
}
