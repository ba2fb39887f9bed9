package io.overlapped.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.session.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("drivers")
class NativeChatTest {
    @Parameter String driver;

    static Stream<String> drivers() {
        return Site.drivers();
    }

    @Test
    void membersHearWhoComesWhoSpeaksAndWhoGoes() throws IOException {
        try (Site site = new Site(driver);
                NativeTalker ada = site.inRoom("Ada")) {
            NativeTalker bob = new NativeTalker(site.natives);
            bob.hello(" Bob ");
            ByteBuffer welcome = bob.expect(65);
            assertEquals(257, welcome.getInt());
            assertEquals(2, welcome.getShort());
            assertEquals("256 Ada", bob.hearJoined());
            assertEquals("257 Bob", ada.hearJoined());
            bob.say("hello, 세계");
            assertEquals("257 hello, 세계", ada.hear());
            assertEquals("257 hello, 세계", bob.hear());
            bob.close();
            assertEquals(257, ada.expect(68).getInt());
        }
    }

    @Test
    void lectureClientsAndNativeMembersHearEachOther() throws IOException {
        try (Site site = new Site(driver);
                NativeTalker ada = site.inRoom("Ada");
                Talker lecture = site.lecture()) {
            assertEquals("1 Client[1]", ada.hearJoined());
            ada.say("hello");
            assertEquals("256 hello", ada.hear());
            assertEquals("0 Ada: hello", lecture.hear());
            lecture.say("hi");
            assertEquals("1 hi", ada.hear());
            assertEquals("1 hi", lecture.hear());
            lecture.send("a\u0007b\0".getBytes(UTF_8));
            assertEquals("1 a\ufffdb", ada.hear());
            assertEquals("1 a\u0007b", lecture.hear());
            lecture.send((byte) 0xff, (byte) 0);
            assertEquals("1 \ufffd", ada.hear());
            String longest = "y".repeat(Texts.BYTES_MAX);
            ada.say(longest);
            assertEquals("256 " + longest, ada.hear());
        }
    }

    @Test
    void framesMayArriveSplitAtEveryByteOrJoined() throws IOException {
        try (Site site = new Site(driver);
                NativeTalker ada = new NativeTalker(site.natives)) {
            ada.sendOneByOne(NativeTalker.helloFrame(1, "Ada".getBytes(UTF_8)));
            ada.expect(65);
            ada.sendOneByOne(NativeTalker.sayFrame("split".getBytes(UTF_8)));
            assertEquals("256 split", ada.hear());
            byte[] one = NativeTalker.sayFrame("one".getBytes(UTF_8));
            byte[] two = NativeTalker.sayFrame("two".getBytes(UTF_8));
            ada.send(ByteBuffer.allocate(one.length + two.length).put(one).put(two).array());
            assertEquals(List.of("256 one", "256 two"), ada.hear(2));
        }
    }

    @Test
    void aBadNameIsRefusedWithItsReasonAndAnotherMayBeTried() throws IOException {
        try (Site site = new Site(driver);
                NativeTalker ada = site.inRoom("Ada");
                Talker lecture = site.lecture();
                NativeTalker late = new NativeTalker(site.natives)) {
            assertEquals("1 Client[1]", ada.hearJoined());
            late.hello("  ");
            assertEquals(Refusal.NAME_EMPTY.code(), late.hearRefused());
            late.hello("n".repeat(33));
            assertEquals(Refusal.NAME_TOO_LONG.code(), late.hearRefused());
            late.hello("n".repeat(100));
            assertEquals(Refusal.NAME_TOO_LONG.code(), late.hearRefused());
            late.send(NativeTalker.helloFrame(1, (byte) 0xc3));
            assertEquals(Refusal.NAME_MALFORMED.code(), late.hearRefused());
            late.hello("a\nb");
            assertEquals(Refusal.NAME_MALFORMED.code(), late.hearRefused());
            late.hello("ADA");
            assertEquals(Refusal.NAME_TAKEN.code(), late.hearRefused());
            late.hello("client[1]");
            assertEquals(Refusal.NAME_TAKEN.code(), late.hearRefused());
            late.hello("Grace");
            late.expect(65);
            assertTrue(lecture.socket.isConnected());
        }
    }

    @Test
    void anotherVersionIsRefusedAndClosed() throws IOException {
        try (Site site = new Site(driver);
                NativeTalker old = new NativeTalker(site.natives)) {
            old.send(NativeTalker.helloFrame(2, (byte) 'x'));
            assertEquals(Refusal.VERSION.code(), old.hearRefused());
            assertEquals(EndReason.REFUSED.code(), old.hearClosing());
        }
    }

    @Test
    void moreMembersThanThereMayBeAreRefused() throws IOException {
        try (Site site = new Site(driver, ChatOptions.defaults().withMembersMax(1));
                NativeTalker ada = site.inRoom("Ada");
                NativeTalker bob = new NativeTalker(site.natives)) {
            bob.hello("Bob");
            assertEquals(Refusal.FULL.code(), bob.hearRefused());
            ada.say("alone");
            assertEquals("256 alone", ada.hear());
            ada.close();
            Site.until(() -> site.server.members() == 0);
            bob.hello("Bob");
            bob.expect(65);
        }
    }

    @Test
    void everyBrokenRuleEndsThatClientAloneWithItsReason() throws IOException {
        try (Site site = new Site(driver);
                NativeTalker good = site.inRoom("Good")) {
            byte[] say = NativeTalker.sayFrame("x".getBytes(UTF_8));
            endsBeforeHello(site, EndReason.OUT_OF_TURN, say);
            endsBeforeHello(site, EndReason.UNKNOWN_TYPE, NativeTalker.frame(5));
            endsBeforeHello(site, EndReason.UNKNOWN_TYPE, NativeTalker.frame(65));
            endsBeforeHello(site, EndReason.TOO_SHORT, (byte) 0, (byte) 0);
            endsBeforeHello(site, EndReason.TOO_LONG, (byte) 0xff, (byte) 0xff);
            endsBeforeHello(site, EndReason.TOO_SHORT, NativeTalker.frame(1));
            endsBeforeHello(
                    site, EndReason.TOO_SHORT, NativeTalker.frame(1, (byte) 1, (byte) 0, (byte) 9));
            byte[] withTail = {1, 0, 1, 'a', 'b'};
            endsBeforeHello(site, EndReason.TOO_LONG, NativeTalker.frame(1, withTail));
            endsBeforeHello(site, EndReason.TOO_SHORT, NativeTalker.frame(3, new byte[7]));
            endsBeforeHello(site, EndReason.TOO_LONG, NativeTalker.frame(4, new byte[9]));
            endsInside(site, EndReason.OUT_OF_TURN, NativeTalker.helloFrame(1, (byte) 'x'));
            endsInside(site, EndReason.BAD_FIELD, NativeTalker.sayFrame());
            endsInside(site, EndReason.BAD_FIELD, NativeTalker.sayFrame((byte) 0xff));
            endsInside(site, EndReason.BAD_FIELD, NativeTalker.sayFrame((byte) 7));
            byte[] tooLong = "x".repeat(Texts.BYTES_MAX + 1).getBytes(UTF_8);
            endsInside(site, EndReason.BAD_FIELD, NativeTalker.sayFrame(tooLong));
            Site.until(() -> site.server.members() == 1);
            good.send(NativeTalker.frame(3, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
            while (true) {
                int length = good.in.readUnsignedByte() | good.in.readUnsignedByte() << 8;
                byte[] payload = good.in.readNBytes(length);
                if (payload[0] == NativeFrames.SERVER_PONG) {
                    assertEquals(8, payload[8]);
                    break;
                }
            }
        }
    }

    private static void endsBeforeHello(Site site, EndReason reason, byte... bytes)
            throws IOException {
        long before = site.ended(reason);
        try (NativeTalker bad = new NativeTalker(site.natives)) {
            bad.send(bytes);
            assertEquals(reason.code(), bad.hearClosing());
        }
        assertEquals(before + 1, site.ended(reason));
    }

    private static void endsInside(Site site, EndReason reason, byte... bytes) throws IOException {
        long before = site.ended(reason);
        try (NativeTalker bad = site.inRoom("Bad")) {
            bad.hearJoined();
            bad.send(bytes);
            assertEquals(reason.code(), bad.hearClosing());
        }
        assertEquals(before + 1, site.ended(reason));
        Site.until(() -> site.server.members() == 1);
    }

    @Test
    void whoSaysNoNameInTimeIsClosed() throws IOException {
        Limits limits = Limits.chat().withLogin(new Limits.Login(Duration.ofMillis(200), 4096, 8));
        try (Site site = new Site(driver, ChatOptions.defaults().withLimits(limits, limits));
                NativeTalker mute = new NativeTalker(site.natives)) {
            assertEquals(EndReason.LOGIN_DEADLINE.code(), mute.hearClosing());
        }
    }

    @Test
    void whoIsSilentIsPingedAndClosedWhenNothingComesBack() throws IOException {
        Limits limits =
                Limits.chat()
                        .withSilence(
                                new Limits.Silence(Duration.ofMillis(200), Duration.ofSeconds(2)));
        try (Site site = new Site(driver, ChatOptions.defaults().withLimits(limits, limits));
                NativeTalker silent = site.inRoom("Silent")) {
            silent.expect(72);
            int type;
            do {
                int length = silent.in.readUnsignedByte() | silent.in.readUnsignedByte() << 8;
                byte[] payload = silent.in.readNBytes(length);
                type = payload[0];
                assertTrue(type == 72 || payload[1] == EndReason.IDLE.code());
            } while (type == 72);
            assertEquals(1, site.ended(EndReason.IDLE));
        }
    }

    @Test
    void whoFloodsIsSlowedDownAndClosedAndTheOthersAreNot() throws IOException {
        Limits limits =
                Limits.chat()
                        .withInput(new Limits.Input(Duration.ofSeconds(10), 20, 50, 32 * 1024, 1));
        try (Site site = new Site(driver, ChatOptions.defaults().withLimits(limits, limits));
                NativeTalker good = site.inRoom("Good");
                NativeTalker flood = site.inRoom("Flood")) {
            good.hearJoined();
            Thread _ =
                    Thread.startVirtualThread(
                            () -> {
                                try {
                                    for (int i = 0; i < 5000; i++) {
                                        flood.say("spam");
                                    }
                                } catch (IOException closed) {
                                    // As it must.
                                }
                            });
            Site.until(() -> site.ended(EndReason.RATE) == 1);
            Site.until(() -> site.server.members() == 1);
            good.send(NativeTalker.frame(3, new byte[8]));
        }
    }

    @Test
    void aHopIsNobodysAddressAndTellsWhoseAConnectionIs() throws IOException {
        Limits three =
                Limits.chat()
                        .withAdmission(
                                new Limits.Admission(1_000, 3, 1_000, Duration.ofMinutes(10)));
        List<NativeTalker> talkers = new ArrayList<>();
        try (Site site = new Site(driver, ChatOptions.defaults().withLimits(three, three))) {
            // The listener is this machine's alone, so this machine is a hop.
            for (int i = 0; i < 80; i++) {
                talkers.add(site.inRoom("Member" + i));
            }
            for (int i = 0; i < 5; i++) {
                NativeTalker talker = new NativeTalker(site.natives);
                talkers.add(talker);
                talker.send(NativeTalker.frame(32, (byte) 203, (byte) 0, (byte) 113, (byte) 9));
                talker.hello("Hostile" + i);
                if (i < 3) {
                    talker.expect(NativeFrames.WELCOME);
                } else {
                    assertEquals(EndReason.TOO_MANY.code(), talker.hearClosing());
                }
            }
            Site.until(() -> site.ended(EndReason.TOO_MANY) == 2);
            for (NativeTalker talker : talkers) {
                talker.close();
            }
        }
    }

    @Test
    void whoSpeaksForAnotherSaysSoFirstAndWithAnAddress() throws IOException {
        byte[] told = NativeTalker.frame(32, (byte) 203, (byte) 0, (byte) 113, (byte) 9);
        try (Site site = new Site(driver);
                NativeTalker late = new NativeTalker(site.natives);
                NativeTalker twice = new NativeTalker(site.natives);
                NativeTalker wrong = new NativeTalker(site.natives)) {
            late.send(NativeTalker.frame(4, new byte[8]));
            late.send(told);
            assertEquals(EndReason.OUT_OF_TURN.code(), late.hearClosing());
            twice.send(told);
            twice.send(told);
            assertEquals(EndReason.OUT_OF_TURN.code(), twice.hearClosing());
            wrong.send(NativeTalker.frame(32, (byte) 203, (byte) 0, (byte) 113));
            assertEquals(EndReason.BAD_FIELD.code(), wrong.hearClosing());
        }
    }

    @Test
    void asManyMembersAsAreAskedForHaveConnections() {
        ChatOptions options = ChatOptions.defaults().withMembersMax(60_000);
        assertTrue(options.limits().admission().sessionsMax() >= 60_000);
        int usual = ChatOptions.defaults().limits().admission().sessionsMax();
        ChatOptions few = ChatOptions.defaults().withMembersMax(2);
        assertEquals(usual, few.limits().admission().sessionsMax());
    }

    @Test
    void aServerThatStopsSaysSo() throws IOException {
        try (Site site = new Site(driver);
                NativeTalker ada = site.inRoom("Ada")) {
            Thread stopping = Thread.startVirtualThread(site.server::close);
            assertEquals(EndReason.STOPPING.code(), ada.hearClosing());
            stopping.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
