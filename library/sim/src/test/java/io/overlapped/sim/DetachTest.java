package io.overlapped.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.spi.DriverOptions;
import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream changes from one driver of a host to another. */
class DetachTest {
    private final World world = new World(1);
    private final Host host = world.host("host");
    private final SimDriver first = driver();
    private final SimDriver second = driver();
    private final SimDriver peers = driver();
    private final Map<Long, Integer> results = new HashMap<>();
    private long tokens;
    private int peer;

    @AfterEach
    void nothingIsLeft() {
        for (SimDriver driver : new SimDriver[] {first, second, peers}) {
            assertTrue(driver.shutdown());
        }
        assertEquals(0, host.detached().count());
        world.close();
    }

    @Test
    void itGoesOnInTheOther() {
        int detached = first.detach(accepted());
        assertTrue(detached >= 0, () -> "detach: " + detached);
        send(19);
        assertTrue(first.shutdown());
        int socket = second.attach(detached);
        assertEquals(peers.localAddress(peer), second.remoteAddress(socket));
        assertEquals(19, await(second, receive(second, socket)));
    }

    @Test
    void itIsAttachedOnce() {
        int detached = first.detach(accepted());
        assertTrue(second.attach(detached) >= 0);
        assertEquals(-Errno.EBADF, first.attach(detached));
    }

    @Test
    void thePeerLearnsThatNobodyAttachedIt() {
        int detached = first.detach(accepted());
        assertTrue(first.shutdown());
        first.discard(detached);
        assertEquals(0, await(peers, receive(peers, peer)));
        assertEquals(-Errno.EBADF, second.attach(detached));
    }

    @Test
    void oneThatIsInUseIsNotDetached() {
        int socket = accepted();
        long receive = receive(first, socket);
        assertEquals(-Errno.EBUSY, first.detach(socket));
        send(3);
        assertEquals(3, await(first, receive), "it goes on where it is");
    }

    private int accepted() {
        int listener =
                first.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8, false);
        long accept = ++tokens;
        first.accept(accept, listener);
        InetSocketAddress address = first.localAddress(listener);
        assertNotNull(address);
        peer = peers.open(address);
        long connect = ++tokens;
        peers.connect(connect, peer, address);
        assertEquals(0, await(peers, connect));
        return await(first, accept);
    }

    private void send(int bytes) {
        long token = ++tokens;
        peers.send(token, peer, pieces(bytes));
        assertEquals(bytes, await(peers, token));
    }

    private long receive(SimDriver driver, int socket) {
        long token = ++tokens;
        driver.receive(token, socket, pieces(64));
        return token;
    }

    private int await(SimDriver driver, long token) {
        while (!results.containsKey(token)) {
            driver.drive(1_000_000_000L, (completed, result, _) -> results.put(completed, result));
        }
        return results.get(token);
    }

    private static IoVector pieces(int bytes) {
        IoVector pieces = new IoVector();
        pieces.add(Arena.global().allocate(bytes), 0, bytes);
        return pieces;
    }

    private SimDriver driver() {
        return new SimDriver(host, new DriverOptions(16, 1, 64, Map.of()), false);
    }
}
