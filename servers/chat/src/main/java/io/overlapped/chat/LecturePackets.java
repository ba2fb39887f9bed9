package io.overlapped.chat;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.overlapped.session.Framing;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The packets of the lecture's chat: size, id, text and its NUL. The lecture's own client reads
 * size and id as signed bytes, so no packet that goes out has a size over 127.
 */
final class LecturePackets {
    /** Texts on their way to the server: no header, a NUL at the end. */
    static final Framing UP = Framing.nulTerminated(Texts.BYTES_MAX + 1);

    /** Packets on their way to a client. */
    static final Framing DOWN = Framing.sizePrefixed(2, 255);

    static final int HEADER_BYTES = 2;

    /** Text and NUL of one packet. */
    static final int PAYLOAD_BYTES_MAX = 125;

    private LecturePackets() {}

    /** The pieces of a text, each as long as a packet can carry; one empty piece for none. */
    static List<byte[]> pieces(byte[] text) {
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        do {
            int end = Texts.cut(text, at, PAYLOAD_BYTES_MAX - 1);
            pieces.add(Arrays.copyOfRange(text, at, end));
            at = end;
        } while (at < text.length);
        return pieces;
    }

    /** As many packets as it takes, one behind the other. */
    static MemorySegment packets(int id, byte[] text) {
        ByteArrayOutputStream packets = new ByteArrayOutputStream();
        for (byte[] piece : pieces(text)) {
            packets.write(HEADER_BYTES + piece.length + 1);
            packets.write(id);
            packets.writeBytes(piece);
            packets.write(0);
        }
        return MemorySegment.ofArray(packets.toByteArray());
    }

    /** The sender's id in a packet. */
    static int id(MemorySegment packet) {
        return Byte.toUnsignedInt(packet.get(JAVA_BYTE, 1));
    }

    /** The text in a packet, up to its NUL or its end. */
    static byte[] text(MemorySegment packet) {
        byte[] rest = packet.asSlice(HEADER_BYTES).toArray(JAVA_BYTE);
        int end = 0;
        while (end < rest.length && rest[end] != 0) {
            end++;
        }
        return Arrays.copyOf(rest, end);
    }
}
