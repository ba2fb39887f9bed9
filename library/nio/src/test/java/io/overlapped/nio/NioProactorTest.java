package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NioProactorTest {
    private static final InetSocketAddress LOOPBACK =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Options OPTIONS = Options.defaults().withDriver("nio");

    @Test
    void theDriverIsFoundByItsName() {
        try (Proactor proactor = Proactor.open(OPTIONS)) {
            assertEquals("nio", proactor.report().driver());
            assertTrue(proactor.report().available());
            assertNotNull(proactor.report().facts().get("jdk"));
        }
    }

    @Test
    void aStreamComesBackAsItWasSent() throws IOException {
        long seed = System.nanoTime();
        byte[] sent = new byte[1_000_000];
        new SplittableRandom(seed).nextBytes(sent);
        try (Proactor proactor = Proactor.start(OPTIONS)) {
            TcpListener listener = proactor.listen(LOOPBACK);
            Overlapped _ = listener.accept(new Overlapped(NioProactorTest::echo));
            try (Socket socket = new Socket(LOOPBACK.getAddress(), listener.address().getPort())) {
                Thread writer = Thread.ofPlatform().start(() -> write(socket, sent));
                byte[] got = new byte[sent.length];
                InputStream in = socket.getInputStream();
                assertEquals(sent.length, in.readNBytes(got, 0, got.length), "seed " + seed);
                assertTrue(Arrays.equals(sent, got), "seed " + seed);
                assertEquals(-1, in.read());
                writer.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void aReceiveThatTimedOutIsFollowedByOneThatGetsTheNextByte() throws IOException {
        try (Proactor proactor = Proactor.open(OPTIONS)) {
            TcpListener listener = proactor.listen(LOOPBACK);
            Overlapped accept = listener.accept(new Overlapped());
            try (Socket socket = new Socket(LOOPBACK.getAddress(), listener.address().getPort())) {
                accept.await();
                TcpStream stream = accept.stream();
                Overlapped receive = stream.receive(new Overlapped());
                assertEquals(0, proactor.alertableWait(Duration.ofMillis(20)));
                receive.cancel();
                while (receive.isPending()) {
                    proactor.alertableWait();
                }
                assertEquals(Status.CANCELED, receive.status());
                socket.getOutputStream().write(42);
                Overlapped next = stream.receive(new Overlapped());
                assertEquals(1, next.await());
                try (IoBuffer buffer = next.buffer()) {
                    assertEquals(42, buffer.byteAt(0));
                }
            }
        }
    }

    private static void echo(Overlapped accepted) {
        TcpStream stream = accepted.stream();
        Overlapped _ = stream.receive(new Overlapped(done -> received(stream, done)));
    }

    private static void received(TcpStream stream, Overlapped receive) {
        if (receive.bytes() == 0) {
            stream.close();
            return;
        }
        IoBuffer buffer = receive.buffer();
        Overlapped _ =
                stream.send(
                        new Overlapped(
                                sent -> {
                                    buffer.close();
                                    Overlapped _ = stream.receive(receive);
                                }),
                        buffer);
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
