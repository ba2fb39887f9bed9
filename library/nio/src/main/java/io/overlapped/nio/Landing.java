package io.overlapped.nio;

import io.overlapped.nio.MemoryBlocks.Block;
import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import io.overlapped.spi.ProvidedBuffers;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side of one stream. The channel reads into a block of the driver's, and a receive
 * copies from there; so a cancelled receive leaves its read armed, and what that read brings is for
 * the next receive.
 *
 * <p>A block is held only while a read is armed or bytes wait in it. It is small for a stream that
 * is mostly idle; its size follows what reads bring. The next read waits until its bytes are taken.
 *
 * <p>Threads: the one that drives.
 */
final class Landing extends ChannelOperation<Integer> {
    private static final int OPEN = Integer.MIN_VALUE;
    private static final int ROOMY_READS_MAX = 4;

    private final NioStream stream;
    private long token = NioSocket.NONE;

    /** Where the caller wants the bytes; null for a buffer of the driver's choice. */
    private @Nullable IoVector pieces;

    private @Nullable Block block;
    private int from;
    private int to;
    private int size = MemoryBlocks.SMALL;

    /** Reads in a row that a smaller block would have held. */
    private int roomyReads;

    private boolean waitsForBuffer;

    /** The channel has told the end, which has been put behind a write's outcome once. */
    private boolean endSeen;

    /** What ended the stream: 0, or a negated errno. */
    private int end = OPEN;

    Landing(NioStream stream) {
        super(stream);
        this.stream = stream;
    }

    void receive(long itsToken) {
        token = itsToken;
        advance();
    }

    void receive(long itsToken, IoVector itsPieces) {
        token = itsToken;
        pieces = stream.driver().copyOf(itsPieces);
        advance();
    }

    boolean cancel(long itsToken) {
        if (token != itsToken) {
            return false;
        }
        finish(-Errno.ECANCELED, Driver.NO_FLAGS);
        return true;
    }

    void bufferProvided() {
        waitsForBuffer = false;
        advance();
    }

    /** Bytes that a read has brought and nobody has taken. */
    boolean holdsBytes() {
        return from < to;
    }

    /** Gives back what is held; the channel is closed and no read is armed. */
    void release() {
        from = 0;
        to = 0;
        releaseBlock();
    }

    @Override
    void begin() {
        stream.channel().read(held().buffer, null, this);
    }

    @Override
    void ended(@Nullable Integer count, @Nullable Throwable failure) {
        if (failure != null) {
            end = -SocketErrors.errno(failure, SocketErrors.Call.RECEIVE);
        } else if (count == null || count < 0) {
            if (!endSeen && stream.isSending()) {
                // A reset is told to the first that asks. If that was the write whose outcome
                // stands behind this one, it is to be heard first: this is no end of the stream.
                endSeen = true;
                comeAgain(count);
                return;
            }
            end = 0;
        } else {
            to = count;
            resize(count);
        }
        if (from == to) {
            releaseBlock();
        }
        if (!stream.isClosing()) {
            advance();
        }
    }

    private void advance() {
        if (token == NioSocket.NONE) {
            return;
        }
        if (from < to) {
            deliver();
        } else if (end != OPEN) {
            finish(end, Driver.NO_FLAGS);
        } else if (!isUnderWay()) {
            arm();
        }
    }

    private void arm() {
        Block target = stream.driver().landingMemory().take(size);
        if (target == null) {
            finish(-Errno.ENOMEM, Driver.NO_FLAGS);
            return;
        }
        block = target;
        start();
    }

    private void deliver() {
        IoVector wanted = pieces;
        if (wanted != null) {
            int count = scatter(wanted);
            taken(count);
            finish(count, Driver.NO_FLAGS);
            return;
        }
        ProvidedBuffers<Landing> buffers = stream.driver().provided();
        int number = buffers.take();
        if (number == ProvidedBuffers.NONE) {
            waitsForBuffer = true;
            buffers.await(this);
            return;
        }
        MemorySegment target = buffers.taken(number);
        int count = (int) Math.min(to - from, target.byteSize());
        copy(target, 0, count);
        taken(count);
        finish(count, Driver.BUFFER | number << Driver.BUFFER_SHIFT);
    }

    private int scatter(IoVector wanted) {
        int before = from;
        for (int i = 0; i < wanted.count() && from < to; i++) {
            int count = Math.min(to - from, wanted.bytes(i));
            copy(wanted.memory(i), wanted.start(i), count);
            from += count;
        }
        int count = from - before;
        from = before;
        return count;
    }

    private void copy(MemorySegment target, int at, int count) {
        MemorySegment.copy(held().memory, from, target, at, count);
    }

    private Block held() {
        Block held = block;
        if (held == null) {
            throw new AssertionError("bytes without memory");
        }
        return held;
    }

    private void taken(int count) {
        from += count;
        if (from == to) {
            from = 0;
            to = 0;
            releaseBlock();
        }
    }

    /** A full block asks for a larger one next time, several that are not needed for a smaller. */
    private void resize(int count) {
        Block filled = block;
        int needed = MemoryBlocks.sizeFor(count);
        if (filled != null && count == filled.bytes()) {
            size = Math.min(MemoryBlocks.LARGE, filled.size + 1);
            roomyReads = 0;
        } else if (needed >= size) {
            roomyReads = 0;
        } else if (++roomyReads == ROOMY_READS_MAX) {
            size = needed;
            roomyReads = 0;
        }
    }

    private void finish(int result, int flags) {
        long itsToken = token;
        token = NioSocket.NONE;
        if (pieces != null) {
            stream.driver().recycle(pieces);
            pieces = null;
        }
        if (waitsForBuffer) {
            waitsForBuffer = false;
            stream.driver().provided().stopWaiting(this);
        }
        stream.driver().complete(itsToken, result, flags);
    }

    private void releaseBlock() {
        if (block != null) {
            stream.driver().landingMemory().give(block);
            block = null;
        }
    }
}
