package io.overlapped.chat;

import io.overlapped.session.CloseReason;
import io.overlapped.session.Session;
import io.overlapped.session.SessionHandler;
import java.lang.foreign.MemorySegment;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** The native wire from a client's side; types it does not know are skipped. */
final class NativeClientWire implements SessionHandler {
    private final String name;
    private final ChatListener listener;
    private final Map<Integer, String> names = new HashMap<>();
    private String farewell = "";

    NativeClientWire(String name, ChatListener listener) {
        this.name = name;
        this.listener = listener;
    }

    @Override
    public void opened(Session session) {
        session.sendFrames(NativeFrames.hello(NativeFrames.VERSION, Texts.encoded(name)));
    }

    @Override
    public void received(Session session, MemorySegment frame) {
        try {
            ByteBuffer body = NativeFrames.payload(frame);
            read(session, body.get(), body);
        } catch (BufferUnderflowException e) {
            session.close(CloseReason.PROTOCOL_ERROR, "a message that is too short");
        }
    }

    private void read(Session session, byte type, ByteBuffer body) {
        switch (type) {
            case NativeFrames.WELCOME -> {
                int id = body.getInt();
                names.put(id, name);
                listener.entered(id);
            }
            case NativeFrames.REFUSED -> {
                int _ = body.get();
                listener.refused(text(body, Byte.toUnsignedInt(body.get())));
                session.close();
            }
            case NativeFrames.JOINED -> {
                int id = body.getInt();
                String joined = text(body, Byte.toUnsignedInt(body.get()));
                names.put(id, joined);
                listener.joined(id, joined);
            }
            case NativeFrames.LEFT -> {
                int id = body.getInt();
                String left = names.remove(id);
                listener.left(id, left == null ? "#" + id : left);
            }
            case NativeFrames.SAID -> {
                int id = body.getInt();
                String text = text(body, Short.toUnsignedInt(body.getShort()));
                listener.said(id, names.getOrDefault(id, "#" + id), text);
            }
            case NativeFrames.SERVER_PING ->
                    session.sendFrames(NativeFrames.life(NativeFrames.PONG, body.getLong()));
            case NativeFrames.CLOSING -> {
                int _ = body.get();
                farewell = text(body, Byte.toUnsignedInt(body.get()));
            }
            default -> {}
        }
    }

    @Override
    public void quiet(Session session) {
        long now = session.proactor().nanoTime();
        session.sendFrames(NativeFrames.life(NativeFrames.PING, now));
    }

    @Override
    public void closed(Session session, CloseReason reason, String detail) {
        if (farewell.isEmpty()) {
            tellEnd(listener, reason, detail);
        } else {
            listener.ended("the server has ended the connection: " + farewell);
        }
    }

    static void tellEnd(ChatListener listener, CloseReason reason, String detail) {
        if (reason == CloseReason.CONNECT_FAILED) {
            listener.notConnected(detail);
        } else {
            listener.ended(wordsFor(reason, detail));
        }
    }

    /** What happened, for people. */
    private static String wordsFor(CloseReason reason, String detail) {
        String what =
                switch (reason) {
                    case PEER_CLOSED -> "the server has ended the connection";
                    case PEER_RESET -> "the server has reset the connection";
                    case CLOSED_BY_US -> "done";
                    case IDLE -> "the server does not answer any more";
                    default -> "the connection was ended: " + reason;
                };
        return detail.isEmpty() ? what : what + " (" + detail + ")";
    }

    private static String text(ByteBuffer body, int bytes) {
        if (body.remaining() < bytes) {
            throw new BufferUnderflowException();
        }
        byte[] utf8 = new byte[bytes];
        body.get(utf8);
        return new String(utf8, Texts.CHARSET);
    }
}
