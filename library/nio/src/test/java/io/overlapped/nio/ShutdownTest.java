package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private static final File DESCRIPTORS = new File("/proc/self/fd");

    @Test
    void aDriverThatWasNeverUsedLeavesNoDescriptor() {
        new DriverHarness().close();
        int before = descriptors();
        for (int i = 0; i < 10; i++) {
            new DriverHarness().close();
        }
        assertEquals(before, descriptors());
    }

    @Test
    void whatIsPendingEndsWithTheDriver() throws IOException {
        new DriverHarness().close();
        int before = descriptors();
        DriverHarness harness = new DriverHarness();
        int listener = harness.listen();
        try (Socket _ = harness.connectTo(listener)) {
            int socket = harness.accept(listener);
            harness.driver.accept(harness.token(), listener);
            assertTrue(harness.isPending(harness.receive(socket)));
            assertTrue(harness.driver.shutdown());
        }
        assertEquals(before, descriptors());
        assertEquals(0, harness.driver.report().counters().get("landingBytes"));
        assertEquals(0, harness.driver.report().counters().get("handlersPending"));
    }

    @Test
    void theProbeLeavesNothingOpen() {
        NioDriverProvider provider = new NioDriverProvider();
        assertTrue(provider.probe().available());
        int before = descriptors();
        assertEquals("nio", provider.probe().driver());
        assertEquals(before, descriptors());
    }

    private static int descriptors() {
        assumeTrue(DESCRIPTORS.isDirectory(), "only Linux lists descriptors");
        return DESCRIPTORS.list().length;
    }
}
