package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.spi.Probe;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program writes into a buffer and reads from it: numbers, text, and what others write. */
class BufferFaceTest {
    private final BufferPool pool =
            new BufferPool(
                    Options.defaults().withBuffers(4, 64, 1),
                    Thread.currentThread(),
                    Probe.NONE,
                    () -> {});
    private final IoBuffer buffer = pool.take();

    private byte[] bytes() {
        return buffer.bytes().toArray(ValueLayout.JAVA_BYTE);
    }

    @Test
    void numbersAreInNetworkOrder() {
        buffer.appendByte(0xC8).appendShort(0x0102).appendInt(0x03040506).appendLong(7);
        byte[] expected = {(byte) 0xC8, 1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0, 0, 7};
        assertArrayEquals(expected, bytes());
        assertEquals((byte) 0xC8, buffer.byteAt(0));
        assertEquals(0x0102, buffer.shortAt(1));
        assertEquals(0x03040506, buffer.intAt(3));
        assertEquals(7, buffer.longAt(7));
    }

    @Test
    void numbersAreInTheOrderThatIsNamed() {
        ByteOrder little = ByteOrder.LITTLE_ENDIAN;
        buffer.appendShort(0x0102, little).appendInt(0x03040506, little).appendLong(7, little);
        byte[] expected = {2, 1, 6, 5, 4, 3, 7, 0, 0, 0, 0, 0, 0, 0};
        assertArrayEquals(expected, bytes());
        assertEquals(0x0102, buffer.shortAt(0, little));
        assertEquals(0x03040506, buffer.intAt(2, little));
        assertEquals(7, buffer.longAt(6, little));
        assertEquals(0x0201, buffer.shortAt(0, ByteOrder.BIG_ENDIAN));
    }

    @Test
    void aNumberThatDoesNotFitIsRefusedAndNothingIsWritten() {
        assertThrows(IllegalArgumentException.class, () -> buffer.appendByte(256));
        assertThrows(IllegalArgumentException.class, () -> buffer.appendByte(-129));
        assertThrows(IllegalArgumentException.class, () -> buffer.appendShort(65_536));
        assertThrows(IllegalArgumentException.class, () -> buffer.appendShort(-32_769));
        assertEquals(0, buffer.readable());
        buffer.appendByte(255).appendByte(-128).appendShort(65_535).appendShort(-32_768);
        assertArrayEquals(new byte[] {-1, -128, -1, -1, -128, 0}, bytes());
    }

    @Test
    void aNumberWithoutRoomIsRefusedAndNothingIsWritten() {
        buffer.append(new byte[61], 0, 61);
        assertThrows(IllegalArgumentException.class, () -> buffer.appendInt(1));
        assertThrows(IllegalArgumentException.class, () -> buffer.appendLong(1));
        buffer.appendShort(1).appendByte(1);
        assertThrows(IllegalArgumentException.class, () -> buffer.appendByte(1));
        assertEquals(64, buffer.readable());
    }

    @Test
    void aNumberIsReadFromReadableBytesOnly() {
        buffer.appendInt(1).appendInt(2).consume(2);
        assertEquals(1, buffer.shortAt(0));
        assertEquals(0x1_0000, buffer.intAt(0));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.intAt(3));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.shortAt(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.longAt(0));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.byteAt(6));
    }

    /** A number is not text, and a call that takes both would mislead. */
    @Test
    void appendTakesNoNumber() {
        Set<Class<?>> taken =
                Stream.of(IoBuffer.class.getMethods())
                        .filter(method -> method.getName().equals("append"))
                        .map(method -> method.getParameterTypes()[0])
                        .collect(Collectors.toSet());
        assertEquals(Set.of(MemorySegment.class, byte[].class, String.class), taken);
        buffer.append("HTTP/1.1 ").append(String.valueOf(200)).append(" OK");
        assertEquals("HTTP/1.1 200 OK", buffer.text());
    }

    @Test
    void whatIsWrittenIntoTheRoomIsReadableOnceItIsProduced() {
        buffer.append("head ");
        MemorySegment room = buffer.room();
        assertEquals(59, room.byteSize());
        MemorySegment.copy(
                MemorySegment.ofArray("tail".getBytes(StandardCharsets.UTF_8)), 0, room, 0, 4);
        assertEquals("head ", buffer.text());
        assertEquals("head tail", buffer.produced(4).text());
        assertEquals(55, buffer.room().byteSize());
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.produced(56));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.produced(-1));
        assertEquals(0, buffer.produced(55).room().byteSize());
    }

    @Test
    void aFileIsReadIntoTheRoomAndWrittenFromTheBytes(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("file");
        Files.writeString(file, "0123456789");
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer room = buffer.append("> ").roomBuffer();
            assertEquals(10, channel.read(room));
            buffer.produced(room.position());
        }
        assertEquals("> 0123456789", buffer.text());
        Path copy = folder.resolve("copy");
        Files.createFile(copy);
        try (FileChannel channel = FileChannel.open(copy, java.nio.file.StandardOpenOption.WRITE)) {
            ByteBuffer out = buffer.byteBuffer();
            assertEquals(12, channel.write(out));
            buffer.consume(out.position());
        }
        assertEquals(0, buffer.readable());
        assertEquals("> 0123456789", Files.readString(copy));
    }

    @Test
    void aCodecWorksFromBufferToBuffer() throws DataFormatException {
        buffer.append("a".repeat(60));
        IoBuffer small = pool.take();
        IoBuffer large = pool.take();
        try (Deflater deflater = new Deflater();
                Inflater inflater = new Inflater()) {
            deflater.setInput(buffer.byteBuffer());
            deflater.finish();
            small.produced(deflater.deflate(small.roomBuffer()));
            assertTrue(deflater.finished() && small.readable() < 60);
            inflater.setInput(small.byteBuffer());
            large.produced(inflater.inflate(large.roomBuffer()));
        }
        assertEquals("a".repeat(60), large.text());
        small.close();
        large.close();
    }

    @Test
    void theRoomIsProtectedAsTheBytesAre() {
        buffer.append("x");
        buffer.borrowToSend();
        assertThrows(IllegalStateException.class, buffer::room);
        assertThrows(IllegalStateException.class, buffer::roomBuffer);
        assertThrows(IllegalStateException.class, () -> buffer.produced(1));
        assertThrows(IllegalStateException.class, () -> buffer.appendInt(1));
        assertTrue(buffer.bytes().isReadOnly(), "a send reads it");
        assertTrue(buffer.byteBuffer().isReadOnly());
        buffer.giveBack();
        assertFalse(buffer.bytes().isReadOnly());
        buffer.borrowToReceive();
        assertThrows(IllegalStateException.class, buffer::room);
        assertThrows(IllegalStateException.class, buffer::byteBuffer);
        assertThrows(IllegalStateException.class, () -> buffer.intAt(0));
        assertThrows(IllegalStateException.class, () -> buffer.produced(0));
        buffer.giveBack();
        buffer.close();
        for (Runnable late :
                Arrays.<Runnable>asList(
                        buffer::room, buffer::roomBuffer, () -> buffer.appendLong(1))) {
            assertThrows(IllegalStateException.class, late::run);
        }
    }
}
