package io.overlapped.lab.model;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/**
 * A socket as the kernel has it: a number, and the calls that take it. It never waits.
 *
 * <p>Threads: one.
 */
final class Descriptor implements ByteChannel {
    private final Libc libc;
    private final int fd;
    private final ByteBuffer scratch;
    private boolean open = true;

    /**
     * @param scratch native memory for bytes that are in the heap, shared by a thread's sockets
     */
    Descriptor(Libc libc, int fd, ByteBuffer scratch) {
        this.libc = libc;
        this.fd = fd;
        this.scratch = scratch;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count = transferred("recv", libc.recv(fd, MemorySegment.ofBuffer(into)));
        if (count > 0) {
            into.position(into.position() + count);
        }
        // C says 0 at the end and EAGAIN for nothing; a channel says -1 and 0.
        return count == 0 ? -1 : Math.max(count, 0);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        ByteBuffer source = bytes;
        if (!bytes.isDirect()) {
            int some = Math.min(bytes.remaining(), scratch.capacity());
            source = scratch.clear().put(0, bytes, bytes.position(), some).limit(some);
        }
        int count = Math.max(transferred("send", libc.send(fd, MemorySegment.ofBuffer(source))), 0);
        bytes.position(bytes.position() + count);
        return count;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            libc.close(fd);
        }
    }

    /** How many bytes, or −1 if the call would have waited. */
    private static int transferred(String call, int result) throws IOException {
        if (result >= 0) {
            return result;
        }
        if (result == -Libc.EAGAIN || result == -Libc.EINTR) {
            return -1;
        }
        throw new IOException(call + " failed with errno " + -result);
    }
}
