package io.overlapped.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.overlapped.DriverReport;
import io.overlapped.IoBuffer;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server on a proactor of the caller's, which drives it on its own thread. */
class OwnProactorTest {
    private static final InetSocketAddress ANY_PORT =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    static List<String> drivers() {
        return Proactor.drivers().stream()
                .filter(DriverReport::available)
                .map(DriverReport::driver)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void theServerNeedsNoThreadAndLeavesTheProactorOpen(String driver) {
        try (Proactor proactor = Proactor.open(Options.defaults().withDriver(driver))) {
            EchoServer server = EchoServer.open(proactor, ANY_PORT, EchoOptions.defaults());
            Overlapped operation = new Overlapped();
            proactor.connect(operation, server.address()).await();
            TcpStream stream = operation.stream();
            try (IoBuffer buffer = proactor.buffers().take()) {
                stream.send(operation, buffer.append(new byte[] {7}, 0, 1)).await();
            }
            assertEquals(1, stream.receive(operation).await());
            try (IoBuffer buffer = operation.buffer()) {
                assertEquals(7, buffer.byteAt(0));
            }
            assertEquals(1, server.connected());
            server.close();
            assertEquals(0, server.connected());
            assertEquals(1, server.counts().get("ended.STOPPING"));
            stream.close();
            Overlapped again = proactor.connect(new Overlapped(), server.address());
            again.await(Proactor.FOREVER);
            assertFalse(again.status() == Status.OK, "the address is still open");
        }
    }

    @Test
    void aStyleThatNeedsThreadsIsRefused() {
        try (Proactor proactor = Proactor.open()) {
            for (EchoStyle style : List.of(EchoStyle.EVENT, EchoStyle.PORT)) {
                EchoOptions options = EchoOptions.defaults().withStyle(style, 1);
                assertThrows(
                        IllegalArgumentException.class,
                        () -> EchoServer.open(proactor, ANY_PORT, options));
            }
        }
    }
}
