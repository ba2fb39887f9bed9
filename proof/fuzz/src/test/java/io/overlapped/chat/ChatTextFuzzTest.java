package io.overlapped.chat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** UTF-8 that others made, and the packets that carry it. */
class ChatTextFuzzTest {

    @FuzzTest
    void whatMayBeSaidIsWhatIsLeftOfAnyBytes(byte[] data) {
        byte[] sayable = Texts.sayable(data);
        assertTrue(sayable.length == 0 || Texts.isSayable(sayable));
        assertArrayEquals(sayable, Texts.sayable(sayable));
        if (Texts.isSayable(data)) {
            assertArrayEquals(data, sayable);
        }
        Optional<String> decoded = Texts.decoded(data);
        decoded.ifPresent(text -> assertArrayEquals(data, Texts.encoded(text)));
    }

    @FuzzTest
    void aTextIsCutBetweenCodePoints(byte[] data) {
        boolean isText = Texts.decoded(data).isPresent();
        for (int bytesMax : new int[] {4, 5, 60, LecturePackets.PAYLOAD_BYTES_MAX - 1}) {
            int at = 0;
            while (at < data.length) {
                int end = Texts.cut(data, at, bytesMax);
                assertTrue(end > at && end - at <= bytesMax, "no progress at " + at);
                if (isText) {
                    assertTrue(Texts.decoded(Arrays.copyOfRange(data, at, end)).isPresent());
                }
                at = end;
            }
        }
    }

    @FuzzTest
    void lecturePacketsCarryTheWholeText(byte[] data) {
        byte[] text = withoutNul(data);
        MemorySegment packets = LecturePackets.packets(7, text);
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        long at = 0;
        while (at < packets.byteSize()) {
            int size = LecturePackets.DOWN.frameBytes(packets, at, packets.byteSize(), 0);
            assertTrue(size > LecturePackets.HEADER_BYTES && size <= 127, "size " + size);
            MemorySegment packet = packets.asSlice(at, size);
            assertEquals(7, LecturePackets.id(packet));
            back.writeBytes(LecturePackets.text(packet));
            at += size;
        }
        assertArrayEquals(text, back.toByteArray());
        // At worst a packet loses three bytes to a code point that does not fit.
        int count = 1 + text.length / (LecturePackets.PAYLOAD_BYTES_MAX - 1 - 3);
        assertTrue(packets.byteSize() <= text.length + 3 * count);
    }

    @FuzzTest
    void anyPacketOfTheLectureHasATextOfItsOwnBytes(byte[] data) {
        if (data.length < LecturePackets.HEADER_BYTES) {
            return;
        }
        MemorySegment packet = MemorySegment.ofArray(data);
        byte[] text = LecturePackets.text(packet);
        assertEquals(data[1] & 0xff, LecturePackets.id(packet));
        assertArrayEquals(
                Arrays.copyOfRange(
                        data,
                        LecturePackets.HEADER_BYTES,
                        LecturePackets.HEADER_BYTES + text.length),
                text);
    }

    @FuzzTest
    void aNameHasOneForm(byte[] data) {
        Names.Checked checked = Names.check(data);
        if (checked.refusal().isPresent()) {
            assertEquals("", checked.name());
            return;
        }
        String name = checked.name();
        byte[] utf8 = Texts.encoded(name);
        assertTrue(utf8.length > 0 && utf8.length <= Names.BYTES_MAX);
        assertEquals(checked, Names.check(utf8));
        assertEquals(Names.key(name), Names.key(Names.key(name)), name);
        List<byte[]> pieces = LecturePackets.pieces(utf8);
        assertEquals(1, pieces.size());
    }

    @FuzzTest
    void nativeFramesComeOutAsTheyWentIn(byte[] data) {
        byte[] text = Arrays.copyOf(data, Math.min(data.length, Texts.BYTES_MAX));
        ByteBuffer said = NativeFrames.payload(NativeFrames.said(-5, text));
        assertEquals(NativeFrames.SAID, said.get());
        assertEquals(-5, said.getInt());
        assertEquals(text.length, said.getShort());
        assertEquals(ByteBuffer.wrap(text), said);

        String name = new String(text, Texts.CHARSET);
        ByteBuffer joined = NativeFrames.payload(NativeFrames.joined(9, name));
        assertEquals(NativeFrames.JOINED, joined.get());
        assertEquals(9, joined.getInt());
        assertEquals(joined.get() & 0xff, joined.remaining());
        byte[] carried = new byte[joined.remaining()];
        joined.get(carried);
        assertTrue(name.startsWith(Texts.decoded(carried).orElseThrow()));
    }

    private static byte[] withoutNul(byte[] data) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte b : data) {
            if (b != 0) {
                text.write(b);
            }
        }
        return text.toByteArray();
    }
}
