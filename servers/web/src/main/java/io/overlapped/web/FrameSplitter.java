package io.overlapped.web;

import io.overlapped.IoBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the native frames out of a stream of bytes; holds the beginning of at most one frame.
 *
 * <p>Threads: one.
 */
final class FrameSplitter {
    private static final int LENGTH_BYTES = 2;

    private byte[] rest = {};

    /**
     * The frames that these bytes complete, each with its length bytes; null if what stands there
     * is no frame. They share memory with one another, and with nothing else.
     */
    @Nullable List<ByteBuffer> split(IoBuffer received) {
        byte[] bytes = new byte[rest.length + received.readable()];
        System.arraycopy(rest, 0, bytes, 0, rest.length);
        received.copyTo(0, bytes, rest.length, received.readable());
        List<ByteBuffer> frames = new ArrayList<>();
        int at = 0;
        while (bytes.length - at >= LENGTH_BYTES) {
            int length = length(bytes, at);
            if (length == 0) {
                return null;
            }
            int end = at + LENGTH_BYTES + length;
            if (end > bytes.length) {
                break;
            }
            frames.add(ByteBuffer.wrap(bytes, at, end - at).slice());
            at = end;
        }
        rest = java.util.Arrays.copyOfRange(bytes, at, bytes.length);
        return frames;
    }

    /** How many bytes of a frame that is not complete it holds. */
    int restBytes() {
        return rest.length;
    }

    static int length(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }
}
