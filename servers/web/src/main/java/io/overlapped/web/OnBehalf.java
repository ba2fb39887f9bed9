package io.overlapped.web;

import java.lang.foreign.MemorySegment;
import java.net.InetAddress;

/**
 * The frame that tells a server behind whose a stream is. It is the first, and this server's alone:
 * a page that could send it would speak for others.
 *
 * <p>Threads: any.
 */
final class OnBehalf {
    private static final byte TYPE = 32;
    private static final int HEADER_BYTES = 3;

    private OnBehalf() {}

    static MemorySegment frame(InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] frame = new byte[HEADER_BYTES + bytes.length];
        frame[0] = (byte) (1 + bytes.length);
        frame[2] = TYPE;
        System.arraycopy(bytes, 0, frame, HEADER_BYTES, bytes.length);
        return MemorySegment.ofArray(frame);
    }

    /** Whether a frame has this type. */
    static boolean is(int type) {
        return type == TYPE;
    }
}
