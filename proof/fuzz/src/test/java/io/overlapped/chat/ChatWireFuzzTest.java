package io.overlapped.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.overlapped.fuzz.Cuts;
import io.overlapped.fuzz.Fed;
import io.overlapped.session.CloseReason;
import io.overlapped.session.Framing;
import io.overlapped.session.SessionHandler;
import io.overlapped.session.SessionReport;
import io.overlapped.session.SessionServer;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Both sides of the chat's wires, from the driver's completions to the room and the listener. */
class ChatWireFuzzTest {
    private static final byte[] WITNESS =
            NativeFrames.hello(NativeFrames.VERSION, Texts.encoded("Witness"))
                    .toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);

    private record Outcome(String answer, String seen, Map<CloseReason, Long> closed) {}

    @FuzzTest
    void aNativeServerAnswersTheSameHoweverTheBytesAreSplit(byte[] data) {
        Outcome whole = serveNative(Cuts.whole(data));
        for (Cuts cuts : Cuts.ways(data)) {
            assertEquals(whole, serveNative(cuts), cuts::toString);
        }
    }

    @FuzzTest
    void aLectureServerAnswersTheSameHoweverTheBytesAreSplit(byte[] data) {
        Outcome whole = serveLecture(Cuts.whole(data));
        for (Cuts cuts : Cuts.ways(data)) {
            assertEquals(whole, serveLecture(cuts), cuts::toString);
        }
    }

    @FuzzTest
    void aNativeClientUnderstandsTheSameHoweverTheBytesAreSplit(byte[] data) {
        List<String> whole = listen(Cuts.whole(data), false);
        for (Cuts cuts : Cuts.ways(data)) {
            assertEquals(whole, listen(cuts, false), cuts::toString);
        }
    }

    @FuzzTest
    void aLectureClientUnderstandsTheSameHoweverTheBytesAreSplit(byte[] data) {
        List<String> whole = listen(Cuts.whole(data), true);
        for (Cuts cuts : Cuts.ways(data)) {
            assertEquals(whole, listen(cuts, true), cuts::toString);
        }
    }

    private static Outcome serveNative(Cuts cuts) {
        return serve(
                cuts, NativeFrames.FRAMING, new NativeWire(new Room(), new Ends(), 3), WITNESS);
    }

    private static Outcome serveLecture(Cuts cuts) {
        return serve(cuts, LecturePackets.UP, new LectureWire(new Room(), new Ends()), new byte[0]);
    }

    /** One peer sends what it likes; another only watches, and has to be left unharmed. */
    private static Outcome serve(
            Cuts cuts, Framing framing, SessionHandler handler, byte[] entrance) {
        try (Fed fed = new Fed()) {
            SessionServer server = fed.serve(framing, Fed.unhurried(), handler);
            int witness = fed.arrive();
            fed.feed(witness, Cuts.whole(entrance));
            int peer = fed.arrive();
            fed.feed(peer, cuts);
            fed.end(peer);
            for (int seconds = 0; seconds < 5 && !fed.isClosed(peer); seconds++) {
                fed.second();
            }
            assertTrue(fed.isClosed(peer));
            SessionReport report = server.report();
            assertEquals(0, report.handlerFailures());
            assertEquals(1, report.open(), "the other one was closed too");
            assertEquals(0, fed.proactor().buffers().leased());
            requireFrames(fed.output(peer), framing);
            requireFrames(fed.output(witness), framing);
            return new Outcome(
                    HexFormat.of().formatHex(fed.output(peer)),
                    HexFormat.of().formatHex(fed.output(witness)),
                    report.closed());
        }
    }

    /** What a server sends can be cut by a client, to the last byte. */
    private static void requireFrames(byte[] output, Framing up) {
        Framing down = up.equals(LecturePackets.UP) ? LecturePackets.DOWN : NativeFrames.FRAMING;
        MemorySegment bytes = MemorySegment.ofArray(output);
        int at = 0;
        while (at < output.length) {
            int length = down.frameBytes(bytes, at, output.length, 0);
            assertTrue(length > 0 && length <= output.length - at, "no frame at " + at);
            if (down.equals(LecturePackets.DOWN)) {
                assertTrue(length <= 127, "the lecture's client reads " + length + " as negative");
            }
            at += length;
        }
    }

    private static List<String> listen(Cuts cuts, boolean isLecture) {
        Diary diary = new Diary();
        try (Fed fed = new Fed()) {
            ChatClient client =
                    isLecture
                            ? ChatClient.connectLecture(fed.proactor(), Fed.ADDRESS, diary)
                            : ChatClient.connectNative(fed.proactor(), Fed.ADDRESS, "Ada", diary);
            fed.settle();
            int stream = fed.newest();
            fed.feed(stream, cuts);
            fed.end(stream);
            for (int seconds = 0; seconds < 5 && !fed.isClosed(stream); seconds++) {
                fed.second();
            }
            assertTrue(fed.isClosed(stream));
            assertEquals(0, fed.proactor().buffers().leased());
            // Whole, as a peer can say these words too: the fuzzer has.
            String failed = "ended the connection was ended: HANDLER_FAILED";
            assertTrue(diary.lines.stream().noneMatch(line -> line.startsWith(failed)));
            client.close();
        }
        return diary.lines;
    }

    /** Writes down what it is told. */
    private static final class Diary implements ChatListener {
        final List<String> lines = new ArrayList<>();

        @Override
        public void entered(int id) {
            lines.add("entered " + id);
        }

        @Override
        public void joined(int id, String name) {
            lines.add("joined " + id + " " + name);
        }

        @Override
        public void left(int id, String name) {
            lines.add("left " + id + " " + name);
        }

        @Override
        public void said(int id, String name, String text) {
            lines.add("said " + id + " " + name + " " + text);
        }

        @Override
        public void refused(String reason) {
            lines.add("refused " + reason);
        }

        @Override
        public void notConnected(String reason) {
            lines.add("not connected " + reason);
        }

        @Override
        public void ended(String reason) {
            lines.add("ended " + reason);
        }
    }
}
