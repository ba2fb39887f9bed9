package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.overlapped.spi.Errno;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The JVM's limit to direct memory is reached: operations fail, and connections live on. */
class NoMemoryTest {
    private boolean isFull;

    private ByteBuffer memory(int bytes) {
        if (isFull) {
            throw new OutOfMemoryError("on purpose");
        }
        return ByteBuffer.allocateDirect(bytes);
    }

    @Test
    void aReceiveWithoutMemoryFailsAndTheNextOneWorks() throws IOException {
        try (DriverHarness harness = new DriverHarness(this::memory)) {
            int listener = harness.listen();
            try (Socket peer = harness.connectTo(listener)) {
                int socket = harness.accept(listener);
                harness.provide(0);
                isFull = true;
                assertEquals(-Errno.ENOMEM, harness.await(harness.receive(socket)).result());
                isFull = false;
                peer.getOutputStream().write('r');
                assertEquals("r", harness.text(harness.await(harness.receive(socket))));
                harness.closeSocket(socket);
            }
        }
    }

    @Test
    void aSendWithoutMemoryFailsAndTheNextOneWorks() throws IOException {
        try (DriverHarness harness = new DriverHarness(this::memory)) {
            int listener = harness.listen();
            try (Socket peer = harness.connectTo(listener)) {
                int socket = harness.accept(listener);
                isFull = true;
                assertEquals(-Errno.ENOMEM, harness.await(harness.send(socket, "no")).result());
                isFull = false;
                assertEquals(3, harness.await(harness.send(socket, "yes")).result());
                assertEquals('y', peer.getInputStream().read());
                harness.closeSocket(socket);
            }
        }
    }
}
