package io.overlapped.session;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What happens in sessions, told to the program. One handler serves all sessions of a server; what
 * belongs to one session hangs on it ({@link Session#attach}).
 *
 * <p>No callback runs inside a call of the program's to this package, nor inside another callback.
 * One that throws ends its session with {@link CloseReason#HANDLER_FAILED}; no other session
 * notices.
 *
 * <p>Threads: the proactor's own.
 */
public interface SessionHandler {
    /** The session can be used: it was accepted, or its connect has succeeded. */
    default void opened(Session session) {}

    /**
     * One frame arrived.
     *
     * @param frame the frame, header and trailer included ({@link Framing#payload} finds the rest);
     *     valid until this returns. It may be on the heap or not and begins at any address, so read
     *     it with unaligned layouts
     */
    void received(Session session, MemorySegment frame);

    /**
     * There is room again, once after an {@link Offer#FULL} or a {@link Session#requestWritable}:
     * the moment to send the newest state.
     */
    default void writable(Session session) {}

    /** Nothing came for {@link Limits.Silence#ping}: the moment to ask for a sign of life. */
    default void quiet(Session session) {}

    /**
     * The session is about to end for a reason that still lets the peer be reached: what is sent in
     * here is the last that goes out.
     */
    default void closing(Session session, CloseReason reason, String detail) {}

    /**
     * The session has ended: called exactly once for each session, and last. The kit goes on by
     * itself to send what was accepted before, where the reason is {@link CloseReason#isPolite}.
     *
     * @param detail more about the reason, for people
     */
    default void closed(Session session, CloseReason reason, String detail) {}

    /**
     * What a connection that is turned away gets to read before it ends: whole frames, or null for
     * nothing. Such a connection is no session, and no other callback tells of it.
     */
    default @Nullable MemorySegment refusal(CloseReason reason) {
        return null;
    }
}
