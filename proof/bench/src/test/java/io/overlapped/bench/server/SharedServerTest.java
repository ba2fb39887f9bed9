package io.overlapped.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedServerTest {
    private static final int CONNECTIONS = 64;

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void theKernelDealsConnectionsOutToBothProactors(String driver) throws IOException {
        try (var server = open(driver)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                try (var socket =
                        new Socket(server.address().getAddress(), server.address().getPort())) {
                    socket.getOutputStream().write(i);
                    assertEquals(i, socket.getInputStream().read());
                }
            }
            for (Proactor proactor : server.proactors()) {
                // An accept, a receive, a send and an end for each connection; one for its post.
                long delivered = proactor.report().counters().getOrDefault("delivered", 0L);
                assertTrue(delivered > CONNECTIONS / 4, delivered + " were delivered by one");
            }
        }
    }

    private static SharedServer open(String driver) {
        try {
            return new SharedServer(driver, Mode.ECHO, 2);
        } catch (OverlappedException e) {
            Assumptions.abort(driver + " does not run here: " + e.getMessage());
            throw e;
        }
    }
}
