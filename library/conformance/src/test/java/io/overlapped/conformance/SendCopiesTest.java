package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.StreamOption;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes that are in no buffer of a pool are sent from a copy, which nobody has to put away. */
class SendCopiesTest {
    private static MemorySegment heap(String text) {
        return MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8));
    }

    @Conformance
    void bytesOnTheHeapAndOffItAreSent(Bench b) {
        var pair = b.pair();
        b.ok(pair.near().send(new Overlapped(), heap("heap ")));
        try (Arena arena = Arena.ofConfined()) {
            b.ok(pair.near().send(new Overlapped(), arena.allocateFrom("native").asSlice(0, 6)));
        }
        MemorySegment longs = MemorySegment.ofArray(new long[] {-1, -1});
        Overlapped send = b.ok(pair.near().send(new Overlapped(), longs.asSlice(3, 5)));
        assertEquals(5, send.bytes());
        assertFalse(send.hasBuffer());
        byte[] got = b.read(pair.far(), 16);
        assertEquals("heap native", new String(got, 0, 11, StandardCharsets.UTF_8));
        assertArrayEquals(new byte[] {-1, -1, -1, -1, -1}, Arrays.copyOfRange(got, 11, 16));
        assertEquals(0, b.client.buffers().leased());
    }

    @Conformance
    void theBytesAreTheCallersAgainAtOnce(Bench b) {
        var pair = b.pair();
        byte[] bytes = "as it was".getBytes(StandardCharsets.UTF_8);
        Overlapped send = pair.near().send(new Overlapped(), MemorySegment.ofArray(bytes));
        Arrays.fill(bytes, (byte) 0);
        b.ok(send);
        assertEquals("as it was", b.text(pair.far(), 9));
    }

    @Conformance
    void upToSixteenBuffersAreCopiedAndMoreIsRefused(Bench b) {
        var pair = b.pair();
        int most = 16 * b.client.buffers().bufferBytes();
        byte[] bytes = b.bytes(most);
        MemorySegment more = MemorySegment.ofArray(new byte[most + 1]);
        Overlapped send = new Overlapped();
        String message =
                assertThrows(IllegalArgumentException.class, () -> pair.near().send(send, more))
                        .getMessage();
        assertTrue(message.contains("16 buffers"), message);
        assertThrows(
                IllegalArgumentException.class,
                () -> pair.near().send(send, MemorySegment.ofArray(new byte[0])));
        assertFalse(send.isPending());
        pair.near().send(send, MemorySegment.ofArray(bytes));
        assertArrayEquals(bytes, b.read(pair.far(), most));
        b.ok(send);
        assertEquals(most, send.bytes());
        assertEquals(0, b.client.buffers().leased());
    }

    @Conformance
    void withoutBuffersItEndsAndNothingIsSent(Bench b) {
        Proactor small = b.open(b.options().withBuffers(8, 256, 2));
        TcpListener listener = b.listener();
        Overlapped accept = listener.accept(new Overlapped());
        TcpStream near = b.ok(small.connect(new Overlapped(), listener.address())).stream();
        TcpStream far = b.ok(accept).stream();
        List<IoBuffer> held = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            held.add(small.buffers().take());
        }
        List<Status> ends = new ArrayList<>();
        Overlapped starved = new Overlapped(done -> ends.add(done.status()));
        near.send(starved, MemorySegment.ofArray(new byte[2 * 256]));
        assertTrue(starved.isPending(), "a completion inside the start");
        b.ended(starved, Status.MEMORY_EXHAUSTED);
        b.until(() -> ends.equals(List.of(Status.MEMORY_EXHAUSTED)));
        assertFalse(starved.hasBuffer());
        assertEquals(5, small.buffers().leased());
        b.ok(near.send(new Overlapped(), heap("fits")));
        assertEquals("fits", b.text(far, 4));
        held.forEach(IoBuffer::close);
    }

    @Conformance
    void copiesGoBackHoweverTheSendEnds(Bench b) {
        var pair = b.pair();
        pair.near().set(StreamOption.SEND_BUFFER_BYTES, 64 * 1024);
        IoBuffer filling = b.filled(pair.near(), b.bytes(b.client.buffers().bufferBytes()));
        IoBuffer[] many = new IoBuffer[16];
        Arrays.fill(many, filling);
        for (int sent = 0; sent < 4 << 20; sent += 16 * filling.readable()) {
            pair.near().send(new Overlapped(), many);
        }
        Overlapped canceled = pair.near().send(new Overlapped(), heap("never"));
        Overlapped closed = pair.near().send(new Overlapped(), heap("never"));
        b.stillPending(canceled);
        assertEquals(3, b.client.buffers().leased());
        canceled.cancel();
        b.ended(canceled, Status.CANCELED);
        assertEquals(2, b.client.buffers().leased());
        b.ok(pair.near().close(new Overlapped()));
        assertFalse(closed.isPending());
        assertEquals(1, b.client.buffers().leased());
        Overlapped late = pair.near().send(new Overlapped(), heap("late"));
        b.ended(late, Status.CLOSED);
        assertEquals(1, b.client.buffers().leased());
    }

    @Conformance
    void aBlockThatIsPendingKeepsNoCopy(Bench b) {
        var pair = b.pair();
        Overlapped busy = pair.near().receive(new Overlapped());
        assertThrows(IllegalStateException.class, () -> pair.near().send(busy, heap("refused")));
        assertEquals(0, b.client.buffers().leased());
        b.ok(pair.far().send(new Overlapped(), heap("x")));
        b.ok(busy).buffer().close();
    }
}
