package io.overlapped.lab.referee;

import io.overlapped.IoBuffer;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A client of the chat job: packets of a two-byte length and a payload; each goes to every client,
 * and the packets of one sender come in their order.
 *
 * <p>Threads: the proactor's.
 */
final class ChatConnection extends Connection {
    static final int LENGTH_BYTES = 2;
    static final int PAYLOAD_BYTES = 254;
    private static final int PACKET_BYTES = LENGTH_BYTES + PAYLOAD_BYTES;

    private final byte[] packet = new byte[PACKET_BYTES];
    private final byte[] expected = new byte[PACKET_BYTES];
    private final int[] next;
    private int filled;

    ChatConnection(int number, Load load) {
        super(number, load);
        next = new int[load.size()];
        Arrays.fill(next, -1);
        next[number] = 0;
    }

    @Override
    int messageBytes() {
        return PACKET_BYTES;
    }

    @Override
    void append(IoBuffer buffer, int message) {
        buffer.append(wire(number, message, expected), 0, PACKET_BYTES);
    }

    private static byte[] wire(int sender, int message, byte[] target) {
        ByteBuffer.wrap(target).putShort((short) PAYLOAD_BYTES);
        Pattern.write(sender, message, target, LENGTH_BYTES, PAYLOAD_BYTES);
        return target;
    }

    @Override
    void verify(IoBuffer buffer) {
        int at = 0;
        while (at < buffer.readable() && isOpen()) {
            int length = Math.min(PACKET_BYTES - filled, buffer.readable() - at);
            buffer.copyTo(at, packet, filled, length);
            at += length;
            filled += length;
            if (filled == PACKET_BYTES) {
                filled = 0;
                verifyPacket();
            }
        }
    }

    private void verifyPacket() {
        ByteBuffer header = ByteBuffer.wrap(packet, LENGTH_BYTES, Pattern.HEADER_BYTES);
        int sender = header.getInt();
        int message = header.getInt();
        if (sender < 0 || sender >= next.length) {
            wrong("a packet that nobody sent");
            return;
        }
        if (!Arrays.equals(packet, wire(sender, message, expected))) {
            wrong("a packet of client " + (sender + 1) + " with other bytes than were sent");
        } else if (next[sender] < 0 ? message != 0 && message != 1 : message != next[sender]) {
            wrong(
                    "packet %d of client %d came in place of %d"
                            .formatted(message, sender + 1, Math.max(0, next[sender])));
        } else {
            next[sender] = message + 1;
            load.delivered();
            if (sender == number) {
                answer();
            }
        }
    }
}
