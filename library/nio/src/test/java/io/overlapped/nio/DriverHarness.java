package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.spi.Driver;
import io.overlapped.spi.DriverOptions;
import io.overlapped.spi.IoVector;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A driver as a proactor would drive it, and plain sockets as its peers. */
final class DriverHarness implements AutoCloseable {
    static final int BUFFER_BYTES = 1024;

    private static final long DEADLINE_NANOS = 60_000_000_000L;

    record Completion(int result, int flags) {
        int buffer() {
            return flags >>> Driver.BUFFER_SHIFT;
        }
    }

    final NioDriver driver;
    final Map<Long, Completion> completions = new HashMap<>();
    private final Arena arena = Arena.ofShared();
    private final Map<Integer, MemorySegment> buffers = new HashMap<>();
    private long tokens;

    DriverHarness() {
        this(BlockMemory.best());
    }

    /**
     * @param memory makes what the driver reads into and writes from
     */
    DriverHarness(BlockMemory memory) {
        driver = new NioDriver(new DriverOptions(64, 16, BUFFER_BYTES, Map.of()), memory);
    }

    long token() {
        long index = ++tokens % 1000;
        return tokens << 32 | index;
    }

    int listen() {
        int listener = driver.listen(loopback(), 16, false);
        assertTrue(listener >= 0, () -> "listen: " + listener);
        return listener;
    }

    static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** A plain socket that is connected to {@code listener}; its connection is to be accepted. */
    Socket connectTo(int listener) throws IOException {
        InetSocketAddress address = known(driver.localAddress(listener));
        return new Socket(address.getAddress(), address.getPort());
    }

    int accept(int listener) {
        long token = token();
        driver.accept(token, listener);
        int socket = await(token).result();
        assertTrue(socket >= 0, () -> "accept: " + socket);
        return socket;
    }

    void provide(int number) {
        MemorySegment memory = arena.allocate(BUFFER_BYTES);
        buffers.put(number, memory);
        driver.provide(number, memory);
    }

    MemorySegment memory(int bytes) {
        return arena.allocate(bytes);
    }

    MemorySegment memory(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        MemorySegment memory = arena.allocate(Math.max(1, bytes.length));
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return memory;
    }

    static IoVector vector(MemorySegment... pieces) {
        IoVector vector = new IoVector();
        for (MemorySegment piece : pieces) {
            vector.add(piece, 0, (int) piece.byteSize());
        }
        return vector;
    }

    static String text(MemorySegment memory, int count) {
        byte[] bytes = memory.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The provided buffer that a completed receive has chosen. */
    MemorySegment buffer(Completion completion) {
        assertEquals(Driver.BUFFER, completion.flags() & Driver.BUFFER, "it chose a buffer");
        return buffers.get(completion.buffer());
    }

    /** The text a completed receive has put into the buffer it chose. */
    String text(Completion completion) {
        return text(buffer(completion), completion.result());
    }

    long receive(int socket) {
        long token = token();
        driver.receive(token, socket);
        return token;
    }

    long send(int socket, String text) {
        long token = token();
        driver.send(token, socket, vector(memory(text)));
        return token;
    }

    /** Drives until this operation is complete. */
    Completion await(long token) {
        long start = System.nanoTime();
        while (!completions.containsKey(token)) {
            long left = DEADLINE_NANOS - (System.nanoTime() - start);
            assertTrue(left > 0, "completes in time");
            drive(left);
        }
        return completions.get(token);
    }

    int drive(long timeoutNanos) {
        return driver.drive(
                timeoutNanos,
                (token, result, flags) ->
                        assertEquals(
                                null,
                                completions.put(token, new Completion(result, flags)),
                                "completes once"));
    }

    /** Drives without waiting; whether the operation is not complete even so. */
    boolean isPending(long token) {
        drive(0);
        return !completions.containsKey(token);
    }

    void closeSocket(int socket) {
        long token = token();
        driver.close(token, socket);
        assertEquals(0, await(token).result());
    }

    @Override
    public void close() {
        assertTrue(driver.shutdown(), "nothing is in flight after shutdown");
    }

    private static <T> T known(T value) {
        assertNotNull(value);
        return value;
    }
}
