package io.overlapped.chat;

import io.overlapped.session.CloseReason;
import io.overlapped.session.Offer;
import io.overlapped.session.Session;
import java.lang.foreign.MemorySegment;

/**
 * Somebody in the room.
 *
 * @param session where news go
 * @param isNative which wire it speaks
 */
record Member(int id, String name, Session session, boolean isNative) {
    /** Sends it the news; one that has no room for them does not read, and ends. */
    void tell(News news) {
        tell(isNative ? news.frames() : news.packets());
    }

    void tell(MemorySegment frames) {
        if (frames.byteSize() > 0 && session.sendFrames(frames) == Offer.FULL) {
            session.close(
                    CloseReason.SLOW_CONSUMER, session.outboxBytes() + " bytes wait to be read");
        }
    }
}
