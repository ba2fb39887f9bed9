package io.overlapped.web;

import static io.overlapped.web.PageSocket.frame;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import io.overlapped.Proactor;
import io.overlapped.chat.ChatOptions;
import io.overlapped.chat.ChatServer;
import io.overlapped.session.Limits;
import io.overlapped.session.Networks;
import io.overlapped.world.WorldOptions;
import io.overlapped.world.WorldRules;
import io.overlapped.world.WorldServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages all come from this machine, for the servers behind: whom do their limits count? */
final class HopsTest {
    private static final InetSocketAddress ANY =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int USERS = 80;
    private static final int WELCOME = 65;
    private static final int CLOSING = 71;

    @Test
    void eightyPagesComeThroughOneBridgeAndAHostileAddressIsStillLimited() throws Exception {
        Limits.Admission three = new Limits.Admission(1_000, 3, 1_000, Duration.ofMinutes(10));
        Limits chatLimits = Limits.chat().withAdmission(three);
        WorldOptions worldOptions =
                WorldOptions.of(WorldRules.board().withMaxPlayers(200))
                        .withLimits(Limits.game().withAdmission(three));
        ChatOptions chatOptions = ChatOptions.defaults().withLimits(chatLimits, chatLimits);
        try (Proactor proactor = Proactor.start(Options.defaults());
                WorldServer world = WorldServer.open(proactor, worldOptions);
                ChatServer chat = ChatServer.open(proactor, chatOptions);
                WebServer web =
                        WebServer.open(
                                new WebOptions(ANY, world.listenNative(ANY), chat.listenNative(ANY))
                                        .withLimits(PageLimits.DEFAULTS.withSockets(1_000))
                                        .withHops(Networks.LOOPBACK)
                                        .withAddressesTold())) {
            for (String path : List.of("/world", "/chat")) {
                List<PageSocket> pages = new ArrayList<>();
                for (int i = 0; i < USERS; i++) {
                    String address = "198.51.100." + (1 + i);
                    PageSocket page = PageSocket.openThrough(web.address(), path, address);
                    pages.add(page);
                    assertEquals(WELCOME, answer(page, "User" + i));
                }
                for (int i = 0; i < 5; i++) {
                    // What the page itself claims stands before what the proxy has added.
                    PageSocket page =
                            PageSocket.openThrough(
                                    web.address(), path, "192.0.2." + i, "203.0.113.9");
                    pages.add(page);
                    if (i < 3) {
                        assertEquals(WELCOME, answer(page, "Hostile" + i));
                    } else {
                        // It is turned away before it could say anything.
                        assertEquals(CLOSING, page.nextMessage()[2]);
                    }
                }
                // Somebody on this machine, for whom no proxy speaks, has no limit.
                for (int i = 0; i < 10; i++) {
                    PageSocket page = PageSocket.open(web.address(), path);
                    pages.add(page);
                    assertEquals(WELCOME, answer(page, "Own" + i));
                }
                pages.forEach(PageSocket::close);
            }
        }
    }

    @Test
    void theServerBehindIsToldBeforeThePageSaysAnything() throws Exception {
        try (NativeServer world = new NativeServer();
                WebServer web =
                        WebServer.open(
                                new WebOptions(ANY, world.address(), world.address())
                                        .withHops(Networks.ALL)
                                        .withAddressesTold());
                PageSocket page = PageSocket.openThrough(web.address(), "/world", "2001:db8::9")) {
            NativeServer.Peer peer = world.accept();
            page.send(frame(1, (byte) 7));
            assertArrayEquals(
                    frame(32, InetAddress.ofLiteral("2001:db8::9").getAddress()), peer.readFrame());
            assertArrayEquals(frame(1, (byte) 7), peer.readFrame());
        }
    }

    @Test
    void whatOneWhoIsNoProxyForwardsIsNotBelieved() throws Exception {
        try (NativeServer world = new NativeServer();
                WebServer web =
                        WebServer.open(
                                new WebOptions(ANY, world.address(), world.address())
                                        .withHops(Networks.of("10.0.0.7"))
                                        .withAddressesTold());
                PageSocket page = PageSocket.openThrough(web.address(), "/world", "192.0.2.1")) {
            NativeServer.Peer peer = world.accept();
            page.send(frame(1, (byte) 7));
            assertArrayEquals(frame(1, (byte) 7), peer.readFrame());
        }
    }

    @Test
    void aPageCannotSpeakForAnother() throws Exception {
        try (NativeServer world = new NativeServer();
                WebServer web =
                        WebServer.open(new WebOptions(ANY, world.address(), world.address()));
                PageSocket page = PageSocket.open(web.address(), "/world")) {
            NativeServer.Peer peer = world.accept();
            page.send(frame(32, (byte) 192, (byte) 0, (byte) 2, (byte) 1));
            PageSocket.Close close = page.closed();
            assertEquals(1008, close.code());
            assertTrue(close.reason().contains("speaks for itself"), close.reason());
            assertTrue(peer.isEnded());
        }
    }

    /** Says hello; the type of the answer. */
    private static int answer(PageSocket page, String name) throws InterruptedException {
        byte[] utf8 = name.getBytes(UTF_8);
        ByteBuffer hello =
                ByteBuffer.allocate(3 + utf8.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort((short) 1)
                        .put((byte) utf8.length)
                        .put(utf8);
        page.send(frame(1, hello.array()));
        return page.nextMessage()[2];
    }
}
