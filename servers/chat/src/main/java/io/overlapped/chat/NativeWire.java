package io.overlapped.chat;

import io.overlapped.session.CloseReason;
import io.overlapped.session.Session;
import io.overlapped.session.SessionHandler;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Native clients: they say who they are, and are in the room when their name is accepted. */
final class NativeWire implements SessionHandler {
    /** Ids below are those of lecture clients. */
    private static final int FIRST_ID = 256;

    private final Room room;
    private final Ends ends;
    private final int membersMax;
    private int nextId = FIRST_ID;
    private int inside;

    NativeWire(Room room, Ends ends, int membersMax) {
        this.room = room;
        this.ends = ends;
        this.membersMax = membersMax;
    }

    /** A client, in the room or not yet. */
    private static final class Guest {
        @Nullable Member member;
        @Nullable EndReason end;
        boolean heard;
    }

    @Override
    public void opened(Session session) {
        session.attach(new Guest());
    }

    @Override
    public void received(Session session, MemorySegment frame) {
        if (!(session.attachment() instanceof Guest guest)) {
            return;
        }
        ByteBuffer body = NativeFrames.payload(frame);
        byte type = body.get();
        boolean first = !guest.heard;
        guest.heard = true;
        switch (type) {
            case NativeFrames.HELLO -> hello(session, guest, body);
            case NativeFrames.SAY -> say(session, guest, body);
            case NativeFrames.PING, NativeFrames.PONG -> life(session, guest, type, body);
            case NativeFrames.ON_BEHALF -> onBehalf(session, guest, body, first);
            default -> end(session, guest, EndReason.UNKNOWN_TYPE, "type " + (type & 0xff));
        }
    }

    @Override
    public void quiet(Session session) {
        long now = session.proactor().nanoTime();
        session.sendFrames(NativeFrames.life(NativeFrames.SERVER_PING, now));
    }

    @Override
    public void closing(Session session, CloseReason reason, String detail) {
        if (reason != CloseReason.PEER_CLOSED && session.attachment() instanceof Guest guest) {
            EndReason end = guest.end != null ? guest.end : EndReason.of(reason);
            String text = detail.isEmpty() ? end.text() : end.text() + ": " + detail;
            session.sendFrames(NativeFrames.closing(end.code(), text));
        }
    }

    @Override
    public void closed(Session session, CloseReason reason, String detail) {
        if (session.attachment() instanceof Guest guest) {
            ends.count(guest.end != null ? guest.end : EndReason.of(reason));
            if (guest.member != null) {
                inside--;
                room.leave(guest.member);
            }
        }
    }

    @Override
    public @Nullable MemorySegment refusal(CloseReason reason) {
        EndReason end = EndReason.of(reason);
        return NativeFrames.closing(end.code(), end.text());
    }

    private static void onBehalf(Session session, Guest guest, ByteBuffer body, boolean first) {
        if (!first) {
            end(session, guest, EndReason.OUT_OF_TURN, "ON_BEHALF after another frame");
            return;
        }
        byte[] address = new byte[body.remaining()];
        body.get(address);
        try {
            boolean _ = session.countAs(InetAddress.getByAddress(address));
        } catch (UnknownHostException e) {
            end(session, guest, EndReason.BAD_FIELD, "an address of " + address.length + " bytes");
        }
    }

    private void hello(Session session, Guest guest, ByteBuffer body) {
        if (guest.member != null) {
            end(session, guest, EndReason.OUT_OF_TURN, "a second HELLO");
            return;
        }
        if (body.remaining() < 3) {
            end(session, guest, EndReason.TOO_SHORT, "HELLO");
            return;
        }
        int version = Short.toUnsignedInt(body.getShort());
        int nameBytes = Byte.toUnsignedInt(body.get());
        if (!isExact(session, guest, body, nameBytes, "HELLO")) {
            return;
        }
        byte[] name = new byte[nameBytes];
        body.get(name);
        Names.Checked checked = Names.check(name);
        if (version != NativeFrames.VERSION) {
            refuse(session, guest, Refusal.VERSION);
        } else if (checked.refusal().isPresent()) {
            refuse(session, guest, checked.refusal().get());
        } else if (room.isTaken(checked.name()) || LectureWire.isReserved(checked.name())) {
            refuse(session, guest, Refusal.NAME_TAKEN);
        } else if (inside >= membersMax) {
            refuse(session, guest, Refusal.FULL);
        } else {
            enter(session, guest, checked.name());
        }
    }

    private void enter(Session session, Guest guest, String name) {
        session.authenticated();
        Member member = new Member(nextId++, name, session, true);
        guest.member = member;
        inside++;
        member.tell(NativeFrames.welcome(member.id(), room.size() + 1));
        for (Member other : room.members()) {
            member.tell(NativeFrames.joined(other.id(), other.name()));
        }
        room.join(member);
    }

    private static void refuse(Session session, Guest guest, Refusal why) {
        session.sendFrames(NativeFrames.refused(why.code(), why.reason()));
        if (!why.mayTryAgain()) {
            end(session, guest, EndReason.REFUSED, why.reason());
        }
    }

    private void say(Session session, Guest guest, ByteBuffer body) {
        if (guest.member == null) {
            end(session, guest, EndReason.OUT_OF_TURN, "SAY before a name was accepted");
        } else if (body.remaining() < 2) {
            end(session, guest, EndReason.TOO_SHORT, "SAY");
        } else {
            int textBytes = Short.toUnsignedInt(body.getShort());
            if (isExact(session, guest, body, textBytes, "SAY")) {
                byte[] text = new byte[textBytes];
                body.get(text);
                if (Texts.isSayable(text)) {
                    Member who = guest.member;
                    room.said(who, text, News.saidByNative(who, text));
                } else {
                    end(session, guest, EndReason.BAD_FIELD, "text that cannot be said");
                }
            }
        }
    }

    private static void life(Session session, Guest guest, byte type, ByteBuffer body) {
        if (isExact(session, guest, body, Long.BYTES, type == NativeFrames.PING ? "PING" : "PONG")
                && type == NativeFrames.PING) {
            session.sendFrames(NativeFrames.life(NativeFrames.SERVER_PONG, body.getLong()));
        }
    }

    private static boolean isExact(
            Session session, Guest guest, ByteBuffer body, int bytes, String what) {
        if (body.remaining() == bytes) {
            return true;
        }
        boolean isShort = body.remaining() < bytes;
        end(session, guest, isShort ? EndReason.TOO_SHORT : EndReason.TOO_LONG, what);
        return false;
    }

    private static void end(Session session, Guest guest, EndReason why, String detail) {
        guest.end = why;
        session.close(CloseReason.PROTOCOL_ERROR, detail);
    }
}
