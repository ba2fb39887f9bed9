package io.overlapped.lab.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chat, by every model. */
final class ChatJobTest {
    private static final String ALL = "io.overlapped.lab.model.Setup#all";
    private static final int CLIENTS = 65;
    private static final int PAYLOAD_MAX = 65_535;

    @ParameterizedTest
    @MethodSource(ALL)
    void packetsAreWholeHoweverTheyWereSplitAndJoined(Setup setup) throws Exception {
        byte[] stream =
                Peer.join(Peer.packet(""), Peer.packet("first"), Peer.packet("the second one"));
        try (Running server = Running.start(setup, Job.CHAT);
                Peer listener = server.connect().join("here");
                Peer sender = server.connect().join("me too")) {
            assertEquals("me too", listener.hear());
            for (int split = 0; split <= stream.length; split++) {
                // When the packet in front is back, the piece behind it has arrived, too.
                byte[] front = Peer.packet("split at " + split);
                sender.send(Peer.join(front, Arrays.copyOf(stream, split)));
                listener.expect(front);
                sender.send(
                        Peer.join(
                                Arrays.copyOfRange(stream, split, stream.length),
                                Peer.packet("joined")));
                listener.expect(Peer.join(stream, Peer.packet("joined")));
                sender.expect(Peer.join(front, stream, Peer.packet("joined")));
            }
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void packetsThatComeByteByByteAndTheBiggestArriveWhole(Setup setup) throws Exception {
        byte[] biggest = new byte[PAYLOAD_MAX];
        new java.util.Random(3).nextBytes(biggest);
        try (Running server = Running.start(setup, Job.CHAT);
                Peer peer = server.connect()) {
            byte[] stream = Peer.join(Peer.packet("byte by byte"), Peer.packet(""));
            for (byte b : stream) {
                peer.send(b);
            }
            peer.expect(stream);
            peer.send(Peer.packet(biggest));
            peer.expect(Peer.packet(biggest));
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void everyoneOfSixtyFiveGetsEachPacketOnce(Setup setup) throws Exception {
        try (Running server = Running.start(setup, Job.CHAT)) {
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                peers.add(server.connect().join("hello " + i));
            }
            Set<String> said = new HashSet<>();
            for (int i = 0; i < CLIENTS; i++) {
                peers.get(i).say("from " + i);
                said.add("from " + i);
            }
            for (Peer peer : peers) {
                Set<String> heard = new HashSet<>();
                for (int i = 0; i < CLIENTS; i++) {
                    assertTrue(heard.add(hearFrom(peer)), "twice");
                }
                assertEquals(said, heard);
            }
            for (Peer peer : peers) {
                peer.close();
            }
            Running.await("every client has ended", () -> server.ended.get() == CLIENTS);
        }
    }

    /** The next that is no hello: how many of those it hears depends on when it came. */
    private static String hearFrom(Peer peer) throws Exception {
        String heard = peer.hear();
        while (heard.startsWith("hello")) {
            heard = peer.hear();
        }
        return heard;
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void packetsOfOneSenderStayInOrder(Setup setup) throws Exception {
        try (Running server = Running.start(setup, Job.CHAT);
                Peer listener = server.connect().join("listening");
                Peer sender = server.connect()) {
            for (int i = 0; i < 300; i++) {
                sender.say("number " + i);
            }
            sender.endOutput();
            for (int i = 0; i < 300; i++) {
                assertEquals("number " + i, listener.hear());
                assertEquals("number " + i, sender.hear());
            }
            sender.expectEnd();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void clientsThatVanishInTheMiddleOfAPacketLeaveTheOthersAlone(Setup setup) throws Exception {
        try (Running server = Running.start(setup, Job.CHAT);
                Peer stays = server.connect().join("staying")) {
            for (int i = 0; i < 8; i++) {
                Peer goes = server.connect().join("going " + i);
                assertEquals("going " + i, stays.hear());
                goes.send(Arrays.copyOf(Peer.packet("never heard"), 1 + i));
                if (i % 2 == 0) {
                    goes.reset();
                } else {
                    goes.close();
                }
            }
            Running.await("eight have ended", () -> server.ended.get() == 8);
            stays.say("still here");
            assertEquals("still here", stays.hear());
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void aClientThatDoesNotReadIsEndedAndStopsNobody(Setup setup) throws Exception {
        byte[] packet = Peer.packet(new byte[60_000]);
        try (Running server = Running.start(setup, Job.CHAT);
                Peer slow = new Peer(server.address(), Serving.READ_BYTES).join("slow");
                Peer other = server.connect().join("other")) {
            assertEquals("other", slow.hear());
            int sent = 0;
            for (; server.ended.get() == 0 && sent < 1_000; sent++) {
                other.send(packet);
                other.expect(packet);
            }
            assertEquals(1, server.ended.get(), "the slow one is still there");
            assertTrue((long) sent * packet.length > Outbox.LIMIT_BYTES);
            assertTrue(server.refusals.peek().contains("does not read"));
            other.say("going on");
            assertEquals("going on", other.hear());
        }
    }
}
