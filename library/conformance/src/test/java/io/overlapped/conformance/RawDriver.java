package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.spi.Driver;
import io.overlapped.spi.DriverOptions;
import io.overlapped.spi.DriverProvider;
import io.overlapped.spi.IoVector;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** A driver without a proactor, for what only drivers promise each other. */
final class RawDriver {
    private static final long DEADLINE_NANOS = 60_000_000_000L;
    private static final int BUFFERS = 4;
    private static final int BUFFER_BYTES = 4096;

    static final DriverOptions OPTIONS = new DriverOptions(64, BUFFERS, BUFFER_BYTES, Map.of());

    final Driver driver;
    private final Map<Long, Integer> results = new HashMap<>();
    private long tokens;

    /** Belongs to the calling thread. */
    RawDriver(String name) {
        driver = provider(name).open(OPTIONS);
        for (int i = 0; i < BUFFERS; i++) {
            driver.provide(i, memory());
        }
    }

    static DriverProvider provider(String name) {
        return ServiceLoader.load(DriverProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Never freed, as a driver that was left may write to it. */
    static MemorySegment memory() {
        return Arena.global().allocate(BUFFER_BYTES);
    }

    long token() {
        long index = ++tokens % 64;
        return tokens << 32 | index;
    }

    int listen() {
        int listener = driver.listen(Bench.ANY_PORT, 64, false);
        assertTrue(listener >= 0, () -> "listen: " + listener);
        return listener;
    }

    /** A plain socket whose connection is to be accepted. */
    Socket connectTo(int listener) throws IOException {
        InetSocketAddress address = driver.localAddress(listener);
        assertNotNull(address);
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    int accept(int listener) {
        long token = token();
        driver.accept(token, listener);
        int socket = await(token);
        assertTrue(socket >= 0, () -> "accept: " + socket);
        return socket;
    }

    long startReceive(int socket, int pieces) {
        long token = token();
        if (pieces == 0) {
            driver.receive(token, socket);
        } else {
            driver.receive(token, socket, vector(pieces));
        }
        return token;
    }

    void close(int socket) {
        long token = token();
        driver.close(token, socket);
        assertTrue(await(token) == 0, "it closes");
    }

    /** Drives until the operation is complete; its result. */
    int await(long token) {
        long start = System.nanoTime();
        while (!results.containsKey(token)) {
            long left = DEADLINE_NANOS - (System.nanoTime() - start);
            assertTrue(left > 0, "it never completed");
            drive(left);
        }
        return results.get(token);
    }

    void drive(long timeoutNanos) {
        driver.drive(timeoutNanos, (token, result, _) -> results.put(token, result));
    }

    static IoVector vector(int pieces) {
        IoVector vector = new IoVector();
        for (int i = 0; i < pieces; i++) {
            vector.add(memory(), 0, BUFFER_BYTES);
        }
        return vector;
    }
}
