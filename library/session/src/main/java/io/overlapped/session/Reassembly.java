package io.overlapped.session;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what receives bring into frames. Whole frames are found in place; only the beginning of a
 * frame whose end is still to come is copied, to a heap array that grows with what has arrived. So
 * a peer that sends the first bytes of frames and no more costs those bytes, never a pool buffer.
 *
 * <p>Threads: one.
 */
final class Reassembly {
    private static final int PARTIAL_BYTES_MIN = 64;
    private static final int BLOCK_BYTES = 512;
    private static final byte[] NOTHING = {};

    private final Framing framing;
    private final int frameBytesMax;

    // What was fed and is not yet used up: [at, end) of input.
    private MemorySegment input = MemorySegment.NULL;
    private long at;
    private long end;

    // The first partialBytes bytes of a frame; its length once that is known.
    private byte[] partial = NOTHING;
    private int partialBytes;
    private int partialLength;

    private @Nullable MemorySegment frame;

    Reassembly(Framing framing) {
        this.framing = framing;
        frameBytesMax = framing.frameBytesMax();
    }

    /** Gives it bytes to cut, once it has used up those before; they are not copied. */
    void feed(MemorySegment bytes) {
        if (hasInput()) {
            throw new IllegalStateException(end - at + " bytes are not used up yet");
        }
        input = bytes;
        at = 0;
        end = bytes.byteSize();
    }

    /** Whether there are bytes that have not been looked at. */
    boolean hasInput() {
        return at < end;
    }

    /** How many bytes of an unfinished frame are kept. */
    int partialBytes() {
        return partialBytes;
    }

    /** How much memory it holds for an unfinished frame. */
    int keptBytes() {
        return partial.length;
    }

    /**
     * Finds the next frame.
     *
     * @return its length, and {@link #frame} has it; {@link Framing#INCOMPLETE} when all input is
     *     used up; or one of the framing's errors, after which nothing more can be found
     */
    int next() {
        frame = null;
        if (!hasInput()) {
            input = MemorySegment.NULL;
            return Framing.INCOMPLETE;
        }
        if (partialBytes > 0) {
            return complete();
        }
        int length = checked(framing.frameBytes(input, at, end, 0), end - at);
        if (length < 0) {
            return length;
        }
        if (length > 0 && length <= end - at) {
            frame = input.asSlice(at, length);
            at += length;
            return length;
        }
        partialLength = length;
        keep((int) (end - at));
        return Framing.INCOMPLETE;
    }

    /** The frame found last, valid as long as the memory that was fed, and until the next call. */
    MemorySegment frame() {
        if (frame == null) {
            throw new IllegalStateException("no frame was found");
        }
        return frame;
    }

    /** Copies the unused input, so that the memory that was fed can be given back. */
    void detach() {
        if (hasInput()) {
            byte[] copy = new byte[(int) (end - at)];
            MemorySegment own = MemorySegment.ofArray(copy);
            MemorySegment.copy(input, at, own, 0, copy.length);
            input = own;
            end = copy.length;
        } else {
            input = MemorySegment.NULL;
            end = 0;
        }
        at = 0;
    }

    /** Forgets everything. */
    void clear() {
        input = MemorySegment.NULL;
        at = 0;
        end = 0;
        frame = null;
        forgetPartial();
    }

    private int complete() {
        while (hasInput()) {
            int before = partialBytes;
            keep(blockBytes());
            int length = partialLength;
            if (length == 0) {
                MemorySegment kept = MemorySegment.ofArray(partial);
                length = checked(framing.frameBytes(kept, 0, partialBytes, before), partialBytes);
            }
            if (length < 0) {
                return length;
            }
            if (length > 0 && length <= before) {
                return Framing.MALFORMED;
            }
            if (length > 0 && length <= partialBytes) {
                at -= partialBytes - length;
                frame = MemorySegment.ofArray(partial).asSlice(0, length);
                forgetPartial();
                return length;
            }
            partialLength = length;
        }
        return Framing.INCOMPLETE;
    }

    /** How much to add before looking again: what is missing, or a block while that is unknown. */
    private int blockBytes() {
        int wanted = partialLength > 0 ? partialLength - partialBytes : BLOCK_BYTES;
        int room = frameBytesMax - partialBytes;
        return (int) Math.min(Math.min(wanted, room), end - at);
    }

    private void keep(int bytes) {
        int needed = partialBytes + bytes;
        if (needed > partial.length) {
            int doubled = Math.max(PARTIAL_BYTES_MIN, 2 * partial.length);
            int enough = partialLength > 0 ? partialLength : frameBytesMax;
            partial = Arrays.copyOf(partial, Math.max(needed, Math.min(doubled, enough)));
        }
        MemorySegment.copy(input, at, MemorySegment.ofArray(partial), partialBytes, bytes);
        partialBytes = needed;
        at += bytes;
    }

    private void forgetPartial() {
        partial = NOTHING;
        partialBytes = 0;
        partialLength = 0;
    }

    /** Holds a framing to its own bound. */
    private int checked(int length, long there) {
        boolean tooLong =
                length > frameBytesMax || (length == Framing.INCOMPLETE && there >= frameBytesMax);
        return tooLong ? Framing.TOO_LONG : length;
    }
}
