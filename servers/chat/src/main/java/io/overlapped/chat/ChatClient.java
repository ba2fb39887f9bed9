package io.overlapped.chat;

import io.overlapped.Proactor;
import io.overlapped.session.CloseReason;
import io.overlapped.session.Limits;
import io.overlapped.session.Offer;
import io.overlapped.session.Session;
import io.overlapped.session.SessionClient;
import io.overlapped.session.SessionHandler;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * A client of either wire, on a proactor that the caller opened and closes.
 *
 * <p>Threads: any.
 */
public final class ChatClient implements AutoCloseable {
    /** The longest message, in bytes of UTF-8. */
    public static final int TEXT_BYTES_MAX = Texts.BYTES_MAX;

    /**
     * A native server answers pings, so one that is gone is found out: even one that has lost its
     * memory, whose last word was lost too.
     */
    private static final Limits.Silence NATIVE_SILENCE =
            new Limits.Silence(Duration.ofSeconds(15), Duration.ofSeconds(45));

    private final SessionClient client;
    private final Session session;
    private final boolean isLecture;

    private ChatClient(SessionClient client, Session session, boolean isLecture) {
        this.client = client;
        this.session = session;
        this.isLecture = isLecture;
    }

    /** Begins to connect to a native server, to enter under this name. */
    public static ChatClient connectNative(
            Proactor proactor, InetSocketAddress server, String name, ChatListener listener) {
        SessionHandler handler = new NativeClientWire(name, listener);
        Limits limits = Limits.client().withSilence(NATIVE_SILENCE);
        SessionClient client = SessionClient.open(proactor, limits, handler);
        return new ChatClient(client, client.connect(server, NativeFrames.FRAMING), false);
    }

    /** Begins to connect to a server of the lecture's wire, which knows no names. */
    public static ChatClient connectLecture(
            Proactor proactor, InetSocketAddress server, ChatListener listener) {
        SessionHandler handler = new LectureClientWire(listener);
        SessionClient client = SessionClient.open(proactor, Limits.client(), handler);
        return new ChatClient(client, client.connect(server, LecturePackets.DOWN), true);
    }

    /**
     * Says something.
     *
     * @throws IllegalArgumentException if it cannot be said: empty, too long, or with control
     *     characters
     */
    public void say(String text) {
        byte[] utf8 = Texts.encoded(text);
        if (!Texts.isSayable(utf8)) {
            throw new IllegalArgumentException(
                    "a message has 1 to "
                            + Texts.BYTES_MAX
                            + " bytes and no control characters; this one has "
                            + utf8.length
                            + " bytes");
        }
        MemorySegment frame =
                isLecture
                        ? LecturePackets.UP.encode(MemorySegment.ofArray(utf8))
                        : NativeFrames.say(utf8);
        client.execute(() -> send(frame));
    }

    /** How a server of the lecture's wire gives a text back: in as many pieces as it takes. */
    public static List<String> lecturePieces(String text) {
        return LecturePackets.pieces(Texts.encoded(text)).stream()
                .map(piece -> new String(piece, Texts.CHARSET))
                .toList();
    }

    private void send(MemorySegment frame) {
        if (session.sendFrames(frame) == Offer.FULL) {
            session.close(CloseReason.SLOW_CONSUMER, "the server does not read");
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** The lecture's wire from a client's side. */
    private static final class LectureClientWire implements SessionHandler {
        private final ChatListener listener;

        LectureClientWire(ChatListener listener) {
            this.listener = listener;
        }

        @Override
        public void opened(Session session) {
            listener.entered(0);
        }

        @Override
        public void received(Session session, MemorySegment packet) {
            int id = LecturePackets.id(packet);
            String text = new String(LecturePackets.text(packet), Texts.CHARSET);
            listener.said(id, id == 0 ? "" : LectureWire.nameOf(id), text);
        }

        @Override
        public void closed(Session session, CloseReason reason, String detail) {
            NativeClientWire.tellEnd(listener, reason, detail);
        }
    }
}
