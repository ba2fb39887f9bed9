package io.overlapped.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SysctlTest {

    @Test
    void aNumberOfSeveralDigitsIsReadWhole() throws Exception {
        String path = "/proc/sys/net/core/somaxconn";
        Assumptions.assumeTrue(new File(path).exists(), "there is no " + path + " here");
        Process cat = new ProcessBuilder("cat", path).start();
        String whole =
                new String(cat.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(whole, Diagnosis.sysctl("net/core/somaxconn"));
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertEquals("not there", Diagnosis.sysctl("no/such/thing"));
    }
}
