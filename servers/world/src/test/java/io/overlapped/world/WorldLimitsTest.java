package io.overlapped.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import io.overlapped.Proactor;
import io.overlapped.session.Limits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit ends its one client, under its own name, and nobody else notices. */
@ParameterizedClass
@ValueSource(strings = {"uring", "nio"})
@Timeout(300)
class WorldLimitsTest {
    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

    @Parameter String driver;

    private Proactor proactor;
    private WorldServer server;
    private InetSocketAddress courseAddress;
    private InetSocketAddress nativeAddress;
    private RawClient good;
    private final List<RawClient> clients = new ArrayList<>();

    @BeforeEach
    void open() {
        proactor = Proactor.start(Options.defaults().withDriver(driver));
    }

    private void serve(Limits limits, WorldRules rules) throws IOException {
        server =
                WorldServer.open(
                        proactor, WorldOptions.of(rules).withTickMillis(10).withLimits(limits));
        courseAddress = server.listenCourse(ANY);
        nativeAddress = server.listenNative(ANY);
        good = course().in("good");
    }

    @AfterEach
    void close() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        server.close();
        long start = System.nanoTime();
        while (proactor.buffers().leased() > 0 && System.nanoTime() - start < 60_000_000_000L) {
            Thread.onSpinWait();
        }
        assertEquals(0, proactor.buffers().leased(), "buffers leaked");
        proactor.close();
    }

    private RawClient course() throws IOException {
        return keep(new RawClient(courseAddress, true));
    }

    private RawClient onNative() throws IOException {
        return keep(new RawClient(nativeAddress, false));
    }

    private RawClient keep(RawClient client) {
        clients.add(client);
        return client;
    }

    private long count(CloseCode why) {
        return server.counts().getOrDefault(why.name(), 0L);
    }

    private void assertGoodIsWell() throws IOException {
        int before = moves(good);
        good.send(good.moveBytes(Direction.UP, 1));
        good.until(() -> moves(good) == before + 1);
    }

    private static int moves(RawClient client) {
        int count = 0;
        for (Event event : client.events) {
            if (event instanceof Event.Moved moved && moved.id() == client.id()) {
                count++;
            }
        }
        return count;
    }

    private static long pings(RawClient client) {
        return client.events.stream().filter(e -> e instanceof Event.Ping).count();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - start < 60_000_000_000L, "not in 60 s");
            Thread.sleep(2);
        }
    }

    @Test
    void aClientThatSaysNothingIsEndedAtTheLoginDeadline() throws IOException {
        serve(
                Limits.game().withLogin(new Limits.Login(Duration.ofMillis(1500), 4096, 8)),
                WorldRules.board());
        RawClient silent = onNative();
        course().untilEnd();
        silent.untilEnd();
        Event.Closing closing = assertInstanceOf(Event.Closing.class, silent.events.getLast());
        assertEquals(CloseCode.LOGIN_DEADLINE.code(), closing.reason());
        assertEquals(2, count(CloseCode.LOGIN_DEADLINE));
        assertGoodIsWell();
    }

    @Test
    void aPacketThatIsNeverCompletedIsEndedAtTheFrameDeadline() throws IOException {
        serve(
                Limits.game()
                        .withInput(new Limits.Input(Duration.ofMillis(300), 120, 60, 32 * 1024, 3)),
                WorldRules.board());
        RawClient slow = course().in("slow");
        slow.send(new byte[] {13, 1, 0});
        slow.untilEnd();
        assertEquals(1, count(CloseCode.FRAME_DEADLINE));
        assertGoodIsWell();
    }

    @Test
    void tooManyPacketsEndTheirClient() throws IOException {
        serve(
                Limits.game()
                        .withInput(new Limits.Input(Duration.ofSeconds(2), 10, 1, 32 * 1024, 0)),
                WorldRules.board());
        RawClient eager = onNative().in("eager");
        byte[] many = {};
        for (int i = 0; i < 20; i++) {
            many = Streams.join(many, eager.moveBytes(Direction.UP, i));
        }
        eager.send(many);
        eager.untilEnd();
        Event.Closing closing = assertInstanceOf(Event.Closing.class, eager.events.getLast());
        assertEquals(CloseCode.RATE.code(), closing.reason());
        assertGoodIsWell();
    }

    @Test
    void aSilentNativeClientIsAskedAndThenGivenUp() throws IOException, InterruptedException {
        serve(
                Limits.game()
                        .withSilence(
                                new Limits.Silence(
                                        Duration.ofMillis(300), Duration.ofMillis(2500))),
                WorldRules.board());
        RawClient dead = onNative().in("dead");
        RawClient alive = onNative().in("alive");
        Packet pong = new Packet();
        Thread answering =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    for (int pings = 1; pings <= 8; pings++) {
                                        int expected = pings;
                                        alive.until(() -> pings(alive) >= expected);
                                        NativeClientWire.pong(pong.clear(), expected);
                                        alive.sendNow(pong.copy());
                                    }
                                });
        int deadId = dead.id();
        good.until(() -> good.sees(deadId));
        dead.untilEnd();
        good.until(() -> !good.sees(deadId));
        answering.join();
        assertTrue(dead.events.stream().anyMatch(e -> e instanceof Event.Ping));
        Event.Closing closing = assertInstanceOf(Event.Closing.class, dead.events.getLast());
        assertEquals(CloseCode.IDLE.code(), closing.reason());
        assertEquals(8, pings(alive));
        assertTrue(!alive.ended, "one that answers is kept");
        assertGoodIsWell();
    }

    @Test
    void aClientThatDoesNotReadIsEndedAndTheWorldStaysBounded()
            throws IOException, InterruptedException {
        WorldRules busy =
                WorldRules.board().withNpcs(1_000, 1).withNpcsSleep(false).withMaxPlayers(20);
        serve(Limits.game().withOutput(new Limits.Output(64 * 1024, Duration.ofSeconds(2))), busy);
        Socket lazy = new Socket();
        lazy.setReceiveBufferSize(4096);
        lazy.connect(courseAddress);
        lazy.getOutputStream().write(good.loginBytes("lazy"));
        good.until(() -> server.players() == 2);
        Thread reader =
                Thread.ofPlatform()
                        .start(() -> good.until(() -> count(CloseCode.SLOW_CONSUMER) > 0));
        await(() -> count(CloseCode.SLOW_CONSUMER) == 1);
        reader.join();
        good.until(() -> server.players() == 1);
        lazy.close();
    }

    @Test
    void connectionsOverTheTotalAreEndedWithTheReason() throws IOException {
        serve(
                Limits.game().withAdmission(new Limits.Admission(2, 2, 100, Duration.ofMinutes(1))),
                WorldRules.board());
        onNative().in("two");
        onNative().in("three");
        RawClient over = onNative();
        over.untilEnd();
        Event.Closing closing = assertInstanceOf(Event.Closing.class, over.events.getLast());
        assertEquals(CloseCode.TOO_MANY.code(), closing.reason());
        assertGoodIsWell();
    }

    @Test
    void aHopIsNobodysAddressAndTellsWhoseAConnectionIs() throws IOException {
        // The listener is this machine's alone, so this machine is a hop.
        serve(
                Limits.game()
                        .withAdmission(
                                new Limits.Admission(1_000, 3, 1_000, Duration.ofMinutes(10))),
                WorldRules.board().withMaxPlayers(100));
        for (int i = 0; i < 80; i++) {
            onNative().in("member" + i);
        }
        for (int i = 0; i < 3; i++) {
            RawClient client = onNative();
            client.send(onBehalf(203, 0, 113, 9));
            client.in("hostile" + i);
        }
        assertEndsWith(CloseCode.TOO_MANY, onBehalf(203, 0, 113, 9));
        assertEndsWith(
                CloseCode.OUT_OF_TURN,
                Streams.join(onBehalf(203, 0, 113, 10), onBehalf(203, 0, 113, 11)));
        assertEndsWith(CloseCode.BAD_FIELD, onBehalf(203, 0, 113));
        assertGoodIsWell();
    }

    private void assertEndsWith(CloseCode code, byte[] sent) throws IOException {
        RawClient client = onNative();
        client.send(sent);
        client.untilEnd();
        Event.Closing closing = assertInstanceOf(Event.Closing.class, client.events.getLast());
        assertEquals(code.code(), closing.reason());
    }

    private static byte[] onBehalf(int... address) {
        byte[] frame = new byte[3 + address.length];
        frame[0] = (byte) (1 + address.length);
        frame[2] = NativeWire.ON_BEHALF;
        for (int i = 0; i < address.length; i++) {
            frame[3 + i] = (byte) address[i];
        }
        return frame;
    }
}
