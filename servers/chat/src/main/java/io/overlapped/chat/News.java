package io.overlapped.chat;

import java.lang.foreign.MemorySegment;

/**
 * Something that happened in the room, encoded once for each wire.
 *
 * @param frames for native members; empty if they are not told
 * @param packets for lecture clients; empty if they are not told
 */
record News(MemorySegment frames, MemorySegment packets) {
    private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

    static News joined(Member who) {
        return new News(NativeFrames.joined(who.id(), who.name()), NOTHING);
    }

    static News left(Member who) {
        return new News(NativeFrames.left(who.id()), NOTHING);
    }

    /** A native member said something; lecture clients know no names but ids of one byte. */
    static News saidByNative(Member who, byte[] text) {
        byte[] named = Texts.encoded(who.name() + ": " + new String(text, Texts.CHARSET));
        return new News(NativeFrames.said(who.id(), text), LecturePackets.packets(0, named));
    }

    /** A lecture client said something, which need not be UTF-8 and may be empty. */
    static News saidByLecture(Member who, byte[] raw) {
        byte[] text = Texts.sayable(raw);
        return new News(
                text.length == 0 ? NOTHING : NativeFrames.said(who.id(), text),
                LecturePackets.packets(who.id(), raw));
    }
}
