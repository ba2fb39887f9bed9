package io.overlapped.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import io.overlapped.Proactor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"uring", "nio"})
@Timeout(300)
class WorldClientTest {
    @Parameter String driver;

    private Proactor proactor;
    private WorldServer server;
    private InetSocketAddress address;

    /** Keeps what it hears. */
    private static final class Heard implements WorldClient.Listener {
        final BlockingQueue<Object> all = new LinkedBlockingQueue<>();

        @Override
        public void changed(WorldView view, Event event) {
            all.add(event);
        }

        @Override
        public void ended(String why) {
            all.add(why);
        }

        <T> T next(Class<T> type) throws InterruptedException {
            while (true) {
                Object one = all.poll(60, TimeUnit.SECONDS);
                assertTrue(one != null, "nothing more was heard, waiting for " + type);
                if (type.isInstance(one)) {
                    return type.cast(one);
                }
            }
        }
    }

    @BeforeEach
    void open() {
        proactor = Proactor.start(Options.defaults().withDriver(driver));
        server = WorldServer.open(proactor, WorldOptions.of(WorldRules.board()).withTickMillis(10));
        address = server.listenCourse(new InetSocketAddress("127.0.0.1", 0));
    }

    @AfterEach
    void close() {
        server.close();
        proactor.close();
    }

    @Test
    void aPlayerComesInMovesAndLeaves() throws InterruptedException {
        Heard ada = new Heard();
        Heard bob = new Heard();
        WorldClient client = WorldClient.connect(proactor, address, "Ada", ada);
        int id = ada.next(Event.Avatar.class).id();
        try (WorldClient other = WorldClient.connect(proactor, address, "Bob", bob)) {
            bob.next(Event.Avatar.class);
            client.move(Direction.UP);
            Event.Moved moved = ada.next(Event.Moved.class);
            while (moved.id() != id) {
                moved = ada.next(Event.Moved.class);
            }
            assertTrue(WorldClient.delayMillis(moved, proactor.nanoTime()) < 60_000);
            client.close();
            assertEquals("You have left.", ada.next(String.class));
            assertEquals(new Event.Left(id), bob.next(Event.Left.class));
        }
    }

    @Test
    void aServerThatGoesIsReported() throws InterruptedException {
        Heard ada = new Heard();
        try (WorldClient client = WorldClient.connect(proactor, address, "Ada", ada)) {
            ada.next(Event.Avatar.class);
            server.close();
            assertEquals("The server has closed the connection.", ada.next(String.class));
        }
    }

    @Test
    void aRefusedNameIsReported() throws InterruptedException {
        Heard heard = new Heard();
        try (WorldClient client = WorldClient.connect(proactor, address, " ", heard)) {
            assertEquals(Refusal.NAME_EMPTY.reason(), heard.next(Event.Refused.class).reason());
        }
    }

    @Test
    void connectingToNobodyIsReported() throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        InetSocketAddress nobody = new InetSocketAddress("127.0.0.1", port);
        Heard heard = new Heard();
        try (WorldClient client = WorldClient.connect(proactor, nobody, "Ada", heard)) {
            String why = heard.next(String.class);
            assertTrue(why.startsWith("Nobody answers at"), why);
        }
    }

    @Test
    void aServerOfAnotherWireIsReported() throws IOException, InterruptedException {
        Heard heard = new Heard();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress there = new InetSocketAddress("127.0.0.1", other.getLocalPort());
            try (WorldClient client = WorldClient.connect(proactor, there, "Ada", heard);
                    Socket accepted = other.accept()) {
                accepted.getOutputStream().write(new byte[] {0, 0});
                assertEquals(
                        "What the server sends is not the course's wire.",
                        heard.next(String.class));
            }
        }
    }
}
