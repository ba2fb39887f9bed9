package io.overlapped.nio;

import io.overlapped.nio.MemoryBlocks.Block;
import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import io.overlapped.spi.ProvidedBuffers;
import java.lang.foreign.MemorySegment;
import java.nio.channels.CompletionHandler;
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
final class Landing implements CompletionHandler<Integer, @Nullable Void> {
    private static final int OPEN = Integer.MIN_VALUE;
    private static final int ROOMY_READS_MAX = 4;

    private final NioStream stream;
    private final NioDriver driver;
    private long token = NioSocket.NONE;

    /** Where the caller wants the bytes; null for a buffer of the driver's choice. */
    private @Nullable IoVector pieces;

    private @Nullable Block block;
    private int from;
    private int to;
    private int size = MemoryBlocks.SMALL;

    /** Reads in a row that a smaller block would have held. */
    private int roomyReads;

    private boolean armed;
    private boolean waitsForBuffer;

    /** What ended the stream: 0, or a negated errno. */
    private int end = OPEN;

    Landing(NioStream stream, NioDriver driver) {
        this.stream = stream;
        this.driver = driver;
    }

    void receive(long itsToken) {
        token = itsToken;
        advance();
    }

    void receive(long itsToken, IoVector itsPieces) {
        token = itsToken;
        pieces = driver.copyOf(itsPieces);
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

    boolean isArmed() {
        return armed;
    }

    /** Gives back what is held; the channel is closed and no read is armed. */
    void release() {
        from = 0;
        to = 0;
        releaseBlock();
    }

    @Override
    public void completed(Integer count, @Nullable Void unused) {
        disarmed();
        if (count < 0) {
            end = 0;
        } else {
            to = count;
            resize(count);
        }
        landed();
    }

    @Override
    public void failed(Throwable failure, @Nullable Void unused) {
        disarmed();
        end = -SocketErrors.errno(failure, SocketErrors.Call.RECEIVE);
        landed();
    }

    private void disarmed() {
        armed = false;
        driver.handlerEnded();
    }

    private void landed() {
        if (stream.isClosing()) {
            stream.closeWhenQuiet();
            return;
        }
        if (from == to) {
            releaseBlock();
        }
        advance();
    }

    private void advance() {
        if (token == NioSocket.NONE) {
            return;
        }
        if (from < to) {
            deliver();
        } else if (end != OPEN) {
            finish(end, Driver.NO_FLAGS);
        } else if (!armed) {
            arm();
        }
    }

    private void arm() {
        Block target = driver.landingMemory().take(size);
        if (target == null) {
            finish(-Errno.ENOMEM, Driver.NO_FLAGS);
            return;
        }
        block = target;
        armed = true;
        driver.handlerStarted();
        boolean interrupted = driver.isInterrupted();
        try {
            stream.channel().read(target.buffer, null, this);
        } catch (RuntimeException e) {
            failed(e, null);
        }
        driver.keepInterrupt(interrupted);
    }

    private void deliver() {
        IoVector wanted = pieces;
        if (wanted != null) {
            int count = scatter(wanted);
            taken(count);
            finish(count, Driver.NO_FLAGS);
            return;
        }
        ProvidedBuffers<Landing> buffers = driver.provided();
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
        Block source = block;
        if (source == null) {
            throw new AssertionError("bytes without memory");
        }
        MemorySegment.copy(source.memory, from, target, at, count);
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
            driver.recycle(pieces);
            pieces = null;
        }
        if (waitsForBuffer) {
            waitsForBuffer = false;
            driver.provided().stopWaiting(this);
        }
        driver.complete(itsToken, result, flags);
    }

    private void releaseBlock() {
        if (block != null) {
            driver.landingMemory().give(block);
            block = null;
        }
    }
}
