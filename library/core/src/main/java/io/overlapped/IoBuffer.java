package io.overlapped;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a pool's memory with readable bytes at [start, end) and room at [end, capacity).
 *
 * <p>{@link #append} and {@link #appendInt} and their like write behind the readable bytes. What
 * writes by itself, such as a TLS engine, a codec or a file channel, gets the {@link #room} and
 * then says by {@link #produced} how much it wrote. Numbers are in network order, which is big
 * endian, unless another is named.
 *
 * <p>A receive borrows a buffer for itself alone and appends to it. A send borrows it beside other
 * sends and changes nothing, so that one buffer can be broadcast in many sends. Reading through
 * this object, changing or closing a buffer that a receive has borrowed throws; so does changing or
 * closing one that a send has borrowed. A segment got from {@link #bytes} is the caller's to put
 * away before a start: the JVM cannot take it back.
 *
 * <p>It may be started on streams of any proactor, of several at once too, and stays the program's
 * until it is closed, whichever proactors are closed before.
 *
 * <p>Threads: one at a time, handed over by starting an operation or taking its completion.
 */
public final class IoBuffer implements AutoCloseable {
    private static final VarHandle BORROWERS;

    static {
        try {
            BORROWERS =
                    MethodHandles.lookup().findVarHandle(IoBuffer.class, "borrowers", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // What borrowers holds below zero; from zero on it is the number of sends.
    private static final int RECEIVING = -1;
    private static final int PROVIDED = -2;
    private static final int FREE = -3;
    private static final int GONE = -4;

    private final BufferPool pool;
    private final MemorySegment memory;
    private final int number;

    private volatile int borrowers = FREE;
    private int start;
    private int end;
    private boolean marked;
    private @Nullable Throwable taken;
    private @Nullable Throwable lentAt;

    IoBuffer(BufferPool pool, MemorySegment memory, int number) {
        this.pool = pool;
        this.memory = memory;
        this.number = number;
    }

    public int capacity() {
        return (int) memory.byteSize();
    }

    /** How many bytes there are to read. */
    public int readable() {
        return end - start;
    }

    /** How many bytes of room there are at the end. */
    public int writable() {
        return capacity() - end;
    }

    /** The readable bytes, in place; read-only while a send has them. */
    public MemorySegment bytes() {
        requireReadable();
        MemorySegment bytes = memory.asSlice(start, (long) end - start);
        return borrowers == 0 ? bytes : bytes.asReadOnly();
    }

    /** The readable bytes, in place, as {@link #bytes}: for {@link #consume} of its position. */
    public ByteBuffer byteBuffer() {
        return bytes().asByteBuffer();
    }

    /**
     * The room behind the readable bytes, in place, to be written to. What was in it before may be
     * there still.
     */
    public MemorySegment room() {
        requireOwned();
        return memory.asSlice(end, writable());
    }

    /** The room, in place, as {@link #room}: for {@link #produced} of its position. */
    public ByteBuffer roomBuffer() {
        return room().asByteBuffer();
    }

    /** Makes the first {@code count} bytes of the room readable. */
    public IoBuffer produced(int count) {
        requireOwned();
        Objects.checkIndex(count, writable() + 1);
        end += count;
        return this;
    }

    /** The readable byte at {@code index}, the first being 0. */
    public byte byteAt(int index) {
        return memory.get(JAVA_BYTE, offset(index, Byte.BYTES));
    }

    /** The number in the two readable bytes from {@code index} on. */
    public short shortAt(int index) {
        return shortAt(index, ByteOrder.BIG_ENDIAN);
    }

    public short shortAt(int index, ByteOrder order) {
        return memory.get(Numbers.shorts(order), offset(index, Short.BYTES));
    }

    /** The number in the four readable bytes from {@code index} on. */
    public int intAt(int index) {
        return intAt(index, ByteOrder.BIG_ENDIAN);
    }

    public int intAt(int index, ByteOrder order) {
        return memory.get(Numbers.ints(order), offset(index, Integer.BYTES));
    }

    /** The number in the eight readable bytes from {@code index} on. */
    public long longAt(int index) {
        return longAt(index, ByteOrder.BIG_ENDIAN);
    }

    public long longAt(int index, ByteOrder order) {
        return memory.get(Numbers.longs(order), offset(index, Long.BYTES));
    }

    /** Copies {@code length} readable bytes from {@code index} on into {@code target}. */
    public void copyTo(int index, byte[] target, int offset, int length) {
        requireReadable();
        Objects.checkFromIndexSize(index, length, readable());
        MemorySegment.copy(memory, JAVA_BYTE, (long) start + index, target, offset, length);
    }

    /** The readable bytes as UTF-8 text; what is not UTF-8 becomes U+FFFD. */
    public String text() {
        byte[] copy = new byte[readable()];
        copyTo(0, copy, 0, copy.length);
        return new String(copy, StandardCharsets.UTF_8);
    }

    /**
     * @throws IllegalArgumentException if there is not enough room
     */
    public IoBuffer append(MemorySegment source) {
        int bytes = requireRoom(source.byteSize());
        MemorySegment.copy(source, 0, memory, end, bytes);
        end += bytes;
        return this;
    }

    /**
     * @throws IllegalArgumentException if there is not enough room
     */
    public IoBuffer append(byte[] source, int offset, int length) {
        requireRoom(length);
        MemorySegment.copy(source, offset, memory, JAVA_BYTE, end, length);
        end += length;
        return this;
    }

    /** Appends text as UTF-8. */
    public IoBuffer append(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return append(bytes, 0, bytes.length);
    }

    /**
     * Appends one byte, signed or unsigned. For a number as text see {@link #append(String)}.
     *
     * @throws IllegalArgumentException if it is not −128 to 255, or there is no room
     */
    public IoBuffer appendByte(int value) {
        byte one = (byte) Numbers.requireBits(value, Byte.SIZE);
        memory.set(JAVA_BYTE, grown(Byte.BYTES), one);
        return this;
    }

    /**
     * Appends two bytes, signed or unsigned.
     *
     * @throws IllegalArgumentException if it is not −32,768 to 65,535, or there is not enough room
     */
    public IoBuffer appendShort(int value) {
        return appendShort(value, ByteOrder.BIG_ENDIAN);
    }

    public IoBuffer appendShort(int value, ByteOrder order) {
        short two = (short) Numbers.requireBits(value, Short.SIZE);
        memory.set(Numbers.shorts(order), grown(Short.BYTES), two);
        return this;
    }

    /** Appends four bytes. */
    public IoBuffer appendInt(int value) {
        return appendInt(value, ByteOrder.BIG_ENDIAN);
    }

    public IoBuffer appendInt(int value, ByteOrder order) {
        memory.set(Numbers.ints(order), grown(Integer.BYTES), value);
        return this;
    }

    /** Appends eight bytes. */
    public IoBuffer appendLong(long value) {
        return appendLong(value, ByteOrder.BIG_ENDIAN);
    }

    public IoBuffer appendLong(long value, ByteOrder order) {
        memory.set(Numbers.longs(order), grown(Long.BYTES), value);
        return this;
    }

    /** Drops the first {@code count} readable bytes. */
    public IoBuffer consume(int count) {
        requireOwned();
        Objects.checkIndex(count, readable() + 1);
        start += count;
        return start == end ? clear() : this;
    }

    /** Moves the readable bytes to the front, so that all the room is behind them. */
    public IoBuffer compact() {
        requireOwned();
        MemorySegment.copy(memory, start, memory, 0, readable());
        end -= start;
        start = 0;
        return this;
    }

    public IoBuffer clear() {
        requireOwned();
        start = 0;
        end = 0;
        return this;
    }

    /** Whether an operation has borrowed it. */
    public boolean isLent() {
        return borrowers != 0;
    }

    /**
     * Gives the memory back to its pool.
     *
     * @throws IllegalStateException if it is lent to an operation, or was closed before
     */
    @Override
    public void close() {
        if (!BORROWERS.compareAndSet(this, 0, FREE) && !BORROWERS.compareAndSet(this, GONE, FREE)) {
            throw refusal();
        }
        pool.give(this);
    }

    int number() {
        return number;
    }

    MemorySegment memory() {
        return memory;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Where it was taken, or the receive was started that brought it. */
    @Nullable Throwable taken() {
        return taken;
    }

    /** Where the operation was started that has it, or had it last. */
    @Nullable Throwable lentAt() {
        return lentAt;
    }

    boolean isHeld() {
        return borrowers == 0;
    }

    boolean isProvided() {
        return borrowers == PROVIDED;
    }

    boolean isLentToOperation() {
        return borrowers > 0 || borrowers == RECEIVING;
    }

    /** From now on it is told whether the program still has it, and has had it all the time. */
    void mark() {
        marked = isHeld();
    }

    boolean isMarked() {
        return isHeld() && marked;
    }

    /** From the pool to the program. */
    void hand(boolean checked) {
        start = 0;
        end = 0;
        taken = checked ? new Throwable(Whereabouts.TAKEN) : null;
        marked = false;
        borrowers = 0;
    }

    /** From the pool to the driver, for a receive that will choose it. */
    void provide() {
        borrowers = PROVIDED;
    }

    /** From the driver to the program, with what it received. */
    void received(int bytes) {
        hand(false);
        end = bytes;
    }

    /** The receive that brought it was started there. */
    void takenBy(@Nullable Throwable started) {
        taken = started;
    }

    /** From the driver back to the pool, unused. */
    void free() {
        borrowers = FREE;
    }

    void grow(int bytes) {
        end += bytes;
    }

    void borrowToReceive() {
        if (writable() == 0) {
            requireOwned();
            throw new IllegalArgumentException("the buffer has no room to receive into");
        }
        if (!BORROWERS.compareAndSet(this, 0, RECEIVING)) {
            throw refusal();
        }
    }

    void borrowToSend() {
        while (true) {
            int count = borrowers;
            if (count < 0) {
                throw refusal();
            }
            if (readable() == 0) {
                throw new IllegalArgumentException("the buffer has no bytes to send");
            }
            if (BORROWERS.compareAndSet(this, count, count + 1)) {
                return;
            }
        }
    }

    /** To an operation of the proactor with that pool. */
    void lendTo(BufferPool borrower, boolean toReceive, @Nullable Throwable started) {
        boolean another = isOfAnother(borrower);
        if (another && !pool.keep()) {
            throw refusal();
        }
        try {
            if (toReceive) {
                borrowToReceive();
            } else {
                borrowToSend();
            }
        } catch (RuntimeException e) {
            if (another) {
                pool.letGo();
            }
            throw e;
        }
        if (started != null) {
            lentAt = started;
        }
    }

    /** Its proactor was abandoned: the program has it no more, unless it is lent. */
    void revoke() {
        var _ = BORROWERS.compareAndSet(this, 0, GONE);
    }

    /** The operation has ended. */
    void giveBackFrom(BufferPool borrower) {
        giveBack();
        if (isOfAnother(borrower)) {
            pool.letGo();
        }
    }

    boolean isOfAnother(BufferPool borrower) {
        return pool != borrower;
    }

    void giveBack() {
        if (borrowers == RECEIVING) {
            borrowers = 0;
        } else {
            BORROWERS.getAndAdd(this, -1);
        }
    }

    /** Where {@code bytes} readable ones begin, {@code index} behind the first. */
    private long offset(int index, int bytes) {
        requireReadable();
        return start + (long) Objects.checkFromIndexSize(index, bytes, readable());
    }

    /** Where the room began, of which {@code bytes} are readable now. */
    private int grown(int bytes) {
        int at = end;
        end += requireRoom(bytes);
        return at;
    }

    private int requireRoom(long bytes) {
        requireOwned();
        if (bytes > writable()) {
            throw new IllegalArgumentException(
                    bytes + " bytes do not fit: the buffer has room for " + writable());
        }
        return (int) bytes;
    }

    private void requireReadable() {
        if (borrowers < 0) {
            throw refusal();
        }
    }

    private void requireOwned() {
        if (borrowers != 0) {
            throw refusal();
        }
    }

    private IllegalStateException refusal() {
        return new IllegalStateException(
                switch (borrowers) {
                    case 0, GONE -> "the proactor of the buffer was abandoned: its memory is gone";
                    case RECEIVING -> "the buffer is lent to a receive; wait for its completion";
                    case FREE, PROVIDED -> "the buffer was closed: its memory is the pool's again";
                    default -> "the buffer is lent to a send; wait for its completion";
                });
    }
}
