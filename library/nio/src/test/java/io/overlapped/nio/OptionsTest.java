package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overlapped.StreamOption;
import io.overlapped.spi.DriverOptions;
import io.overlapped.spi.Errno;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private final DriverHarness harness = new DriverHarness();
    private final NioDriver driver = harness.driver;
    private int listener;
    private Socket peer;
    private int socket;

    @BeforeEach
    void connect() throws IOException {
        listener = harness.listen();
        peer = harness.connectTo(listener);
        socket = harness.accept(listener);
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        harness.close();
    }

    @Test
    void smallWritesLeaveAtOnceByDefault() {
        assertEquals(1, driver.get(socket, StreamOption.NO_DELAY));
        int connecting = driver.open(DriverHarness.loopback());
        assertEquals(1, driver.get(connecting, StreamOption.NO_DELAY));
    }

    @Test
    void aSwitchIsWhatItWasSetTo() {
        assertSwitches(StreamOption.NO_DELAY);
        assertSwitches(StreamOption.KEEP_ALIVE);
        assertSwitches(StreamOption.REUSE_ADDRESS);
    }

    @Test
    void streamsInheritWhatTheirListenerWasSetTo() throws IOException {
        assertEquals(1, driver.get(listener, StreamOption.NO_DELAY));
        assertEquals(0, driver.set(listener, StreamOption.NO_DELAY, 0));
        assertEquals(0, driver.set(listener, StreamOption.KEEP_ALIVE, 1));
        assertEquals(0, driver.get(listener, StreamOption.NO_DELAY));
        try (Socket _ = harness.connectTo(listener)) {
            int heir = harness.accept(listener);
            assertEquals(0, driver.get(heir, StreamOption.NO_DELAY));
            assertEquals(1, driver.get(heir, StreamOption.KEEP_ALIVE));
        }
    }

    @Test
    void bufferSizesAreTheKernels() {
        int factor = System.getProperty("os.name").equals("Linux") ? 2 : 1;
        assertEquals(0, driver.set(socket, StreamOption.SEND_BUFFER_BYTES, 32_768));
        assertEquals(factor * 32_768, driver.get(socket, StreamOption.SEND_BUFFER_BYTES));
        assertEquals(0, driver.set(socket, StreamOption.RECEIVE_BUFFER_BYTES, 32_768));
        assertEquals(factor * 32_768, driver.get(socket, StreamOption.RECEIVE_BUFFER_BYTES));
    }

    @Test
    void anOptionThatIsNotToBeHadIsSaidToBeMissing() {
        boolean missing = SystemOptions.obstacle() != null;
        int answer = missing ? -Errno.ENOPROTOOPT : 0;
        for (int each : new int[] {socket, listener}) {
            assertEquals(answer, driver.get(each, StreamOption.USER_TIMEOUT_MILLIS));
            assertEquals(answer, driver.set(each, StreamOption.USER_TIMEOUT_MILLIS, 7));
            assertEquals(missing ? answer : 7, driver.get(each, StreamOption.USER_TIMEOUT_MILLIS));
        }
    }

    @Test
    void optionsCanBeSetWhenTheOutputHasEnded() {
        assumeTrue(SystemOptions.obstacle() == null, SystemOptions::obstacle);
        assertEquals(0, driver.shutdownOutput(socket));
        for (StreamOption option : StreamOption.values()) {
            assertEquals(0, driver.set(socket, option, 0), option::name);
        }
        assertEquals(0, driver.get(socket, StreamOption.NO_DELAY));
        assertEquals(0, driver.get(socket, StreamOption.LINGER_SECONDS));
    }

    @Test
    void aSizeBelowZeroIsInvalid() {
        assertEquals(-Errno.EINVAL, driver.set(socket, StreamOption.SEND_BUFFER_BYTES, -5));
    }

    @Test
    void aLingerOfZeroMakesTheCloseAbortive() throws IOException {
        assertEquals(-1, driver.get(socket, StreamOption.LINGER_SECONDS));
        int result = driver.set(socket, StreamOption.LINGER_SECONDS, 0);
        if (SystemOptions.obstacle() != null) {
            assertEquals(-Errno.ENOPROTOOPT, result);
            return;
        }
        assertEquals(0, result);
        assertEquals(0, driver.get(socket, StreamOption.LINGER_SECONDS));
        harness.closeSocket(socket);
        peer.setSoTimeout(60_000);
        assertThrows(SocketException.class, () -> peer.getInputStream().read(), "reset");
    }

    @Test
    void aLingerSwitchedOffAgainLeavesTheCloseOrderly() throws IOException {
        if (driver.set(socket, StreamOption.LINGER_SECONDS, 0) == 0) {
            assertEquals(0, driver.set(socket, StreamOption.LINGER_SECONDS, -1));
        }
        assertEquals(-1, driver.get(socket, StreamOption.LINGER_SECONDS));
        harness.closeSocket(socket);
        peer.setSoTimeout(60_000);
        assertEquals(-1, peer.getInputStream().read());
    }

    @Test
    void settingsOfOtherDriversAreIgnoredAndUnknownOnesOfItsOwnRefused() {
        new NioDriver(new DriverOptions(1, 1, 64, Map.of("uring.submissions", "8"))).close();
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new NioDriver(new DriverOptions(1, 1, 64, Map.of("nio.size", "8"))));
        assertTrue(refused.getMessage().contains("nio.size"), refused::getMessage);
    }

    private void assertSwitches(StreamOption option) {
        for (int value : new int[] {1, 0, 1}) {
            assertEquals(0, driver.set(socket, option, value), option::name);
            assertEquals(value, driver.get(socket, option), option::name);
        }
    }
}
