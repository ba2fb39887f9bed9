package io.overlapped.chat;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.overlapped.session.CloseReason;
import io.overlapped.session.Session;
import io.overlapped.session.SessionHandler;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lecture clients: they are in the room as soon as they are connected, under a name made of their
 * id.
 */
final class LectureWire implements SessionHandler {
    private static final byte[] FULL = Texts.encoded("The chat is full.");

    private final Room room;
    private final Ends ends;
    private final LectureIds ids = new LectureIds();

    LectureWire(Room room, Ends ends) {
        this.room = room;
        this.ends = ends;
    }

    /** The name of a lecture client, which no native member can take. */
    static String nameOf(int id) {
        return "Client[" + id + "]";
    }

    static boolean isReserved(String name) {
        return Names.key(name).matches("client\\[\\d+\\]");
    }

    @Override
    public void opened(Session session) {
        session.authenticated();
        int id = ids.take();
        if (id == 0) {
            session.sendFrames(LecturePackets.packets(0, FULL));
            session.close(CloseReason.TOO_MANY_SESSIONS, "all ids of one byte are taken");
            return;
        }
        Member member = new Member(id, nameOf(id), session, false);
        session.attach(member);
        room.join(member);
    }

    @Override
    public void received(Session session, MemorySegment frame) {
        if (session.attachment() instanceof Member member) {
            byte[] text = LecturePackets.UP.payload(frame).toArray(JAVA_BYTE);
            room.said(member, text, News.saidByLecture(member, text));
        }
    }

    @Override
    public void closed(Session session, CloseReason reason, String detail) {
        ends.count(EndReason.of(reason));
        if (session.attachment() instanceof Member member) {
            room.leave(member);
            ids.giveBack(member.id(), readers());
        }
    }

    @Override
    public @Nullable MemorySegment refusal(CloseReason reason) {
        return LecturePackets.packets(0, FULL);
    }

    private Set<Session> readers() {
        Set<Session> readers = new LinkedHashSet<>();
        for (Member member : room.members()) {
            if (!member.isNative()) {
                readers.add(member.session());
            }
        }
        return readers;
    }
}
