package io.overlapped.lab.referee;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * The bytes of each message: who sent it, which one it is, and then bytes that follow from both, so
 * that bytes lost, doubled, exchanged or changed are found.
 *
 * <p>Threads: any.
 */
final class Pattern {
    /** Sender and number. */
    static final int HEADER_BYTES = 2 * Integer.BYTES;

    private static final int TABLE_BYTES = 1 << 16;
    private static final int SENDER_STRIDE = 977;
    private static final int NUMBER_STRIDE = 61;
    private static final byte[] TABLE = new byte[2 * TABLE_BYTES];

    static {
        new SplittableRandom(1).nextBytes(TABLE);
    }

    private Pattern() {}

    /** Writes message {@code number} of {@code sender} into {@code target}, {@code length} long. */
    static void write(int sender, int number, byte[] target, int offset, int length) {
        ByteBuffer.wrap(target, offset, HEADER_BYTES).putInt(sender).putInt(number);
        int from = (sender * SENDER_STRIDE + number * NUMBER_STRIDE) & (TABLE_BYTES - 1);
        System.arraycopy(TABLE, from, target, offset + HEADER_BYTES, length - HEADER_BYTES);
    }
}
