package io.overlapped.nio;

import io.overlapped.nio.MemoryBlocks.Block;
import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of one stream. A send is copied into a block of the driver's, as much as fits,
 * and written from there; so a cancelled send is over at once, though its bytes may still leave.
 *
 * <p>Threads: the one that drives.
 */
final class Staging extends ChannelOperation<Integer> {
    private final NioStream stream;
    private long token = NioSocket.NONE;
    private @Nullable Block block;

    /** The peer took less than it was offered, so that a write is likely to wait. */
    private boolean slow;

    Staging(NioStream stream) {
        super(stream);
        this.stream = stream;
    }

    void send(long itsToken, IoVector pieces) {
        if (isUnderWay()) {
            // A cancelled send is still being written: nothing may follow it.
            stream.driver().complete(itsToken, -Errno.EPIPE, Driver.NO_FLAGS);
            return;
        }
        int wanted = MemoryBlocks.sizeFor((int) Math.min(Integer.MAX_VALUE, pieces.totalBytes()));
        Block target =
                stream.driver()
                        .stagingMemory()
                        .take(slow ? Math.min(MemoryBlocks.MEDIUM, wanted) : wanted);
        if (target == null) {
            stream.driver().complete(itsToken, -Errno.ENOMEM, Driver.NO_FLAGS);
            return;
        }
        token = itsToken;
        block = target;
        target.buffer.limit(gather(pieces, target));
        start();
    }

    boolean cancel(long itsToken) {
        if (token != itsToken) {
            return false;
        }
        finish(-Errno.ECANCELED, Driver.CUT);
        return true;
    }

    @Override
    void begin() {
        stream.channel().write(held().buffer, null, this);
    }

    @Override
    void ended(@Nullable Integer count, @Nullable Throwable failure) {
        Block written = held();
        block = null;
        if (failure == null) {
            slow = written.buffer.hasRemaining();
        }
        stream.driver().stagingMemory().give(written);
        if (token == NioSocket.NONE) {
            return;
        }
        if (failure != null) {
            finish(-SocketErrors.errno(failure, SocketErrors.Call.SEND), Driver.NO_FLAGS);
        } else {
            finish(count == null ? 0 : count, Driver.NO_FLAGS);
        }
    }

    private Block held() {
        Block held = block;
        if (held == null) {
            throw new AssertionError("a write without memory");
        }
        return held;
    }

    private void finish(int result, int flags) {
        long itsToken = token;
        token = NioSocket.NONE;
        stream.driver().complete(itsToken, result, flags);
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
