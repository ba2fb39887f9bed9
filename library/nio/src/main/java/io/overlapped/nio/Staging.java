package io.overlapped.nio;

import io.overlapped.nio.MemoryBlocks.Block;
import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import java.lang.foreign.MemorySegment;
import java.nio.channels.CompletionHandler;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of one stream. A send is copied into a block of the driver's, as much as fits,
 * and written from there; so a cancelled send is over at once, though its bytes may still leave.
 *
 * <p>Threads: the one that drives.
 */
final class Staging implements CompletionHandler<Integer, @Nullable Void> {
    private final NioStream stream;
    private final NioDriver driver;
    private long token = NioSocket.NONE;
    private @Nullable Block block;

    /** The peer took less than it was offered, so that a write is likely to wait. */
    private boolean slow;

    Staging(NioStream stream, NioDriver driver) {
        this.stream = stream;
        this.driver = driver;
    }

    void send(long itsToken, IoVector pieces) {
        if (block != null) {
            // A cancelled send is still being written: nothing may follow it.
            driver.complete(itsToken, -Errno.EPIPE, Driver.NO_FLAGS);
            return;
        }
        int wanted = MemoryBlocks.sizeFor((int) Math.min(Integer.MAX_VALUE, pieces.totalBytes()));
        Block target =
                driver.stagingMemory().take(slow ? Math.min(MemoryBlocks.MEDIUM, wanted) : wanted);
        if (target == null) {
            driver.complete(itsToken, -Errno.ENOMEM, Driver.NO_FLAGS);
            return;
        }
        token = itsToken;
        block = target;
        target.buffer.limit(gather(pieces, target));
        write(target);
    }

    boolean cancel(long itsToken) {
        if (token != itsToken) {
            return false;
        }
        finish(-Errno.ECANCELED, Driver.CUT);
        return true;
    }

    boolean isWriting() {
        return block != null;
    }

    @Override
    public void completed(Integer count, @Nullable Void unused) {
        Block written = block;
        slow = written != null && written.buffer.hasRemaining();
        ended();
        if (token != NioSocket.NONE) {
            finish(count, Driver.NO_FLAGS);
        }
    }

    @Override
    public void failed(Throwable failure, @Nullable Void unused) {
        ended();
        if (token != NioSocket.NONE) {
            finish(-SocketErrors.errno(failure, SocketErrors.Call.SEND), Driver.NO_FLAGS);
        }
    }

    private void write(Block source) {
        driver.handlerStarted();
        boolean interrupted = driver.isInterrupted();
        try {
            stream.channel().write(source.buffer, null, this);
        } catch (RuntimeException e) {
            failed(e, null);
        }
        driver.keepInterrupt(interrupted);
    }

    private void ended() {
        driver.handlerEnded();
        if (block != null) {
            driver.stagingMemory().give(block);
            block = null;
        }
        if (stream.isClosing()) {
            stream.closeWhenQuiet();
        }
    }

    private void finish(int result, int flags) {
        long itsToken = token;
        token = NioSocket.NONE;
        driver.complete(itsToken, result, flags);
    }

    private static int gather(IoVector pieces, Block target) {
        int at = 0;
        for (int i = 0; i < pieces.count() && at < target.bytes(); i++) {
            int count = Math.min(target.bytes() - at, pieces.bytes(i));
            MemorySegment.copy(pieces.memory(i), pieces.start(i), target.memory, at, count);
            at += count;
        }
        return at;
    }
}
