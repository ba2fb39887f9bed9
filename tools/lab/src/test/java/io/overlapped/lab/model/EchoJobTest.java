package io.overlapped.lab.model;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The echo, by every model. */
final class EchoJobTest {
    private static final String ALL = "io.overlapped.lab.model.Setup#all";
    private static final int CLIENTS = 65;

    /** More than the sockets of both ends and an outbox take. */
    private static final byte[] PATTERN = new byte[64 << 20];

    static {
        new Random(7).nextBytes(PATTERN);
    }

    private static final int STALLED_PASSES = 60;

    @ParameterizedTest
    @MethodSource(ALL)
    void bytesComeBackHoweverTheyWereSplit(Setup setup) throws Exception {
        byte[] message = "forty bytes, which are split everywhere.".getBytes(US_ASCII);
        try (Running server = Running.start(setup, Job.ECHO);
                Peer peer = server.connect()) {
            for (int split = 1; split < message.length; split++) {
                byte[] first = java.util.Arrays.copyOf(message, split);
                byte[] rest = java.util.Arrays.copyOfRange(message, split, message.length);
                peer.send(first);
                peer.expect(first);
                peer.send(rest);
                peer.expect(rest);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void moreBytesThanOneReadTakesComeBackInOrder(Setup setup) throws Exception {
        byte[] many = new byte[10 * Serving.READ_BYTES + 7];
        new Random(5).nextBytes(many);
        try (Running server = Running.start(setup, Job.ECHO);
                Peer peer = server.connect()) {
            peer.send(many);
            peer.endOutput();
            peer.expect(many);
            peer.expectEnd();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void sixtyFiveClientsAreServedAtOnce(Setup setup) throws Exception {
        try (Running server = Running.start(setup, Job.ECHO)) {
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                peers.add(server.connect());
            }
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < CLIENTS; i++) {
                    peers.get(i).send(("round " + round + " of " + i).getBytes(US_ASCII));
                }
                for (int i = CLIENTS - 1; i >= 0; i--) {
                    peers.get(i).expect(("round " + round + " of " + i).getBytes(US_ASCII));
                }
            }
            for (Peer peer : peers) {
                peer.close();
            }
            Running.await("every client has ended", () -> server.ended.get() == CLIENTS);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void clientsThatVanishLeaveTheOthersAlone(Setup setup) throws Exception {
        try (Running server = Running.start(setup, Job.ECHO);
                Peer stays = server.connect()) {
            for (int i = 0; i < 8; i++) {
                Peer goes = server.connect();
                goes.send(new byte[100]);
                if (i % 2 == 0) {
                    goes.reset();
                } else {
                    goes.close();
                }
            }
            Running.await("eight have ended", () -> server.ended.get() == 8);
            stays.send((byte) 1, (byte) 2);
            stays.expect(new byte[] {1, 2});
            assertEquals(9, server.accepted.get());
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void aClientThatDoesNotReadStopsNobodyAndLosesNothing(Setup setup) throws Exception {
        try (Running server = Running.start(setup, Job.ECHO);
                Peer other = server.connect();
                SocketChannel slow = SocketChannel.open(server.address())) {
            byte[] sent = fill(slow);
            for (int i = 0; i < 100; i++) {
                other.send((byte) i);
                other.expect(new byte[] {(byte) i});
            }
            slow.configureBlocking(true);
            slow.shutdownOutput();
            ByteBuffer back = ByteBuffer.allocate(sent.length + 1);
            while (slow.read(back) >= 0) {
                assertTrue(back.hasRemaining(), "more came back than was sent");
            }
            assertArrayEquals(sent, java.util.Arrays.copyOf(back.array(), back.position()));
        }
    }

    /** Sends until nothing more is taken, reading nothing; returns what was sent. */
    private static byte[] fill(SocketChannel slow) throws Exception {
        slow.configureBlocking(false);
        ByteBuffer left = ByteBuffer.wrap(PATTERN);
        int stalled = 0;
        while (stalled < STALLED_PASSES) {
            left.limit(Math.min(left.position() + (1 << 18), left.capacity()));
            if (slow.write(left) == 0) {
                stalled++;
                Thread.sleep(1);
            } else {
                stalled = 0;
            }
        }
        assertTrue(left.position() < PATTERN.length, "it never stopped reading");
        return java.util.Arrays.copyOf(PATTERN, left.position());
    }
}
