package io.overlapped.lab.referee;

import io.overlapped.IoBuffer;
import java.lang.foreign.MemorySegment;

/**
 * A client of the echo job: what it sends comes back.
 *
 * <p>Threads: the proactor's.
 */
final class EchoConnection extends Connection {
    static final int MESSAGE_BYTES = 64;

    private final byte[] expected = new byte[MESSAGE_BYTES];
    private final MemorySegment expectedBytes = MemorySegment.ofArray(expected);
    private final byte[] scratch = new byte[MESSAGE_BYTES];
    private int verified;

    EchoConnection(int number, Load load) {
        super(number, load);
        Pattern.write(number, 0, expected, 0, MESSAGE_BYTES);
    }

    @Override
    int messageBytes() {
        return MESSAGE_BYTES;
    }

    @Override
    void append(IoBuffer buffer, int message) {
        Pattern.write(number, message, scratch, 0, MESSAGE_BYTES);
        buffer.append(scratch, 0, MESSAGE_BYTES);
    }

    @Override
    void verify(IoBuffer buffer) {
        MemorySegment bytes = buffer.bytes();
        long at = 0;
        while (at < bytes.byteSize()) {
            if (outstanding() == 0) {
                wrong((bytes.byteSize() - at) + " bytes more than were sent");
                return;
            }
            long length = Math.min(MESSAGE_BYTES - verified, bytes.byteSize() - at);
            long difference =
                    MemorySegment.mismatch(
                            bytes, at, at + length, expectedBytes, verified, verified + length);
            if (difference >= 0) {
                wrong("byte " + (verified + difference) + " of message " + answered());
                return;
            }
            at += length;
            verified += (int) length;
            if (verified == MESSAGE_BYTES) {
                verified = 0;
                Pattern.write(number, answered() + 1, expected, 0, MESSAGE_BYTES);
                answer();
            }
        }
    }
}
