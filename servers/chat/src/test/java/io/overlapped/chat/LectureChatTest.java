package io.overlapped.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.session.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The lecture's wire; the nested classes are rows of the table of its programs' faults. */
@ParameterizedClass
@MethodSource("drivers")
class LectureChatTest {
    @Parameter String driver;

    static Stream<String> drivers() {
        return Site.drivers();
    }

    @Test
    void everybodyHearsEverybodyTheSenderToo() throws IOException {
        try (Site site = new Site(driver);
                Talker one = site.lecture();
                Talker two = site.lecture()) {
            one.say("one");
            assertEquals("1 one", one.hear());
            assertEquals("1 one", two.hear());
            two.say("한글 메시지");
            assertEquals("2 한글 메시지", one.hear());
            assertEquals("2 한글 메시지", two.hear());
        }
    }

    @Test
    void anEmptyMessageIsAMessage() throws IOException {
        try (Site site = new Site(driver);
                Talker one = site.lecture()) {
            one.say("");
            assertEquals("1 ", one.hear());
        }
    }

    @Test
    void aClientThatIsResetHarmsNoOther() throws IOException {
        try (Site site = new Site(driver);
                Talker good = site.lecture()) {
            for (int i = 0; i < 10; i++) {
                Talker bad = site.lecture();
                if (i % 2 == 0) {
                    bad.send((byte) 'x');
                }
                bad.reset();
                Site.until(() -> site.server.members() == 1);
            }
            good.say("still here");
            assertEquals("1 still here", good.hear());
        }
    }

    @Test
    void whatWasSaidBeforeTheEndIsHeard() throws IOException {
        try (Site site = new Site(driver);
                Talker one = site.lecture();
                Talker two = site.lecture()) {
            two.say("bye");
            two.socket.shutdownOutput();
            assertEquals("2 bye", one.hear());
            assertEquals("2 bye", two.hear());
            two.untilEnd();
            Site.until(() -> site.server.members() == 1);
        }
    }

    @Test
    void aMessageThatNeverEndsIsClosedAsTooLong() throws IOException {
        try (Site site = new Site(driver);
                Talker good = site.lecture();
                Talker bad = site.lecture()) {
            bad.send("x".repeat(Texts.BYTES_MAX + 1).getBytes(UTF_8));
            bad.untilEnd();
            assertEquals(1, site.ended(EndReason.TOO_LONG));
            good.say("fine");
            assertEquals("1 fine", good.hear());
        }
    }

    @Nested
    class D1 {
        @Test
        void messagesOf128And200And256BytesAreHeardWhole() throws IOException {
            try (Site site = new Site(driver);
                    Talker one = site.lecture();
                    Talker two = site.lecture()) {
                for (int bytes : new int[] {124, 125, 126, 127, 128, 200, 255, 256, 257, 3999}) {
                    String text = "a".repeat(bytes - 1);
                    one.say(text);
                    StringBuilder heard = new StringBuilder();
                    while (heard.length() < text.length()) {
                        String packet = two.hear();
                        assertTrue(packet.startsWith("1 "));
                        heard.append(packet.substring(2));
                    }
                    assertEquals(text, heard.toString());
                }
                one.say("end");
                assertEquals("1 end", two.hear());
            }
        }
    }

    @Nested
    class D2 {
        @Test
        void aLongMessageIsCutBetweenCodePoints() throws IOException {
            try (Site site = new Site(driver);
                    Talker one = site.lecture()) {
                String text = "가나다🙂".repeat(40);
                one.say(text);
                StringBuilder heard = new StringBuilder();
                while (heard.length() < text.length()) {
                    String piece = one.hear().substring(2);
                    assertTrue(piece.indexOf('\ufffd') < 0, piece);
                    heard.append(piece);
                }
                assertEquals(text, heard.toString());
            }
        }
    }

    @Nested
    class D3 {
        @Test
        void everyIdOfOneByteIsGivenOnceAndTheNextClientIsRefusedPolitely() throws IOException {
            List<Talker> all = new ArrayList<>();
            try (Site site = new Site(driver)) {
                for (int id = 1; id <= 255; id++) {
                    all.add(site.lecture());
                }
                Talker last = all.getLast();
                last.say("high");
                assertEquals("255 high", last.hear());
                assertEquals("255 high", all.get(127).hear());
                try (Talker tooMany = new Talker(site.lecture)) {
                    assertEquals("0 The chat is full.", tooMany.hear());
                    tooMany.untilEnd();
                }
                all.get(199).close();
                Site.until(() -> site.server.members() == 254);
                try (Talker next = site.lecture()) {
                    next.say("again");
                    assertEquals("200 again", next.hear());
                }
            } finally {
                for (Talker talker : all) {
                    talker.close();
                }
            }
        }
    }

    @Nested
    class D4 {
        @Test
        void splitAndJoinedMessagesArePutRight() throws IOException {
            try (Site site = new Site(driver);
                    Talker one = site.lecture();
                    Talker two = site.lecture()) {
                one.sendOneByOne("split at every byte\0".getBytes(UTF_8));
                assertEquals("1 split at every byte", two.hear());
                one.send("a\0bc\0\0d\0half".getBytes(UTF_8));
                assertEquals("1 a", two.hear());
                assertEquals("1 bc", two.hear());
                assertEquals("1 ", two.hear());
                assertEquals("1 d", two.hear());
                one.send(" and half\0".getBytes(UTF_8));
                assertEquals("1 half and half", two.hear());
            }
        }
    }

    @Nested
    class D6 {
        @Test
        void aClientThatDoesNotReadIsEndedAndTheOthersHearAll() throws IOException {
            var limits = ChatOptions.defaults().lectureLimits();
            var roomy =
                    limits.withInput(
                            new Limits.Input(
                                    limits.input().frameDeadline(),
                                    1_000_000,
                                    1_000_000,
                                    1 << 30,
                                    3));
            ChatOptions options = ChatOptions.defaults().withLimits(limits, roomy);
            try (Site site = new Site(driver, options);
                    Talker good = site.lecture();
                    Talker slow = new Talker(site.lecture)) {
                Site.until(() -> site.server.members() == 2);
                String text = "z".repeat(120);
                int said = 0;
                while (site.server.members() == 2 && said < 200_000) {
                    for (int i = 0; i < 50; i++) {
                        good.say(text);
                    }
                    for (int i = 0; i < 50; i++) {
                        assertEquals("1 " + text, good.hear());
                    }
                    said += 50;
                }
                assertEquals(1, site.server.members());
                assertEquals(1, site.ended(EndReason.SLOW_CONSUMER));
                assertTrue(slow.socket.isConnected());
            }
        }
    }
}
