package io.overlapped.lab.model;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The listening descriptor, and the clients by theirs: what select, poll and epoll share.
 *
 * <p>Threads: one.
 */
final class Descriptors implements Closeable {
    private static final int AF_INET = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;
    private static final int ADDRESS_BYTES = 16;
    private static final int PORT_OFFSET = 2;
    private static final int HOST_OFFSET = 4;
    private static final int SCRATCH_BYTES = 1 << 16;

    private final Serving serving;
    private final Arena arena = Arena.ofConfined();
    private final Libc libc = new Libc(arena);
    private final MemorySegment on;
    private final ByteBuffer shared = ByteBuffer.allocateDirect(Serving.READ_BYTES);
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    private final int door;
    private @Nullable ReactorClient[] clients = new ReactorClient[64];
    private int highest;

    private Descriptors(Serving serving) throws IOException {
        this.serving = serving;
        on = arena.allocateFrom(JAVA_INT, 1);
        door = checked("socket", libc.socket());
        highest = door;
    }

    /**
     * @throws CannotRunException where the numbers and layouts of these calls are not known
     */
    static Descriptors listen(Serving serving) throws IOException {
        requireLinux();
        Descriptors descriptors = new Descriptors(serving);
        try {
            serving.listening(descriptors.bind(serving.wanted()));
            return descriptors;
        } catch (IOException e) {
            descriptors.close();
            throw e;
        }
    }

    private static void requireLinux() {
        String system = System.getProperty("os.name");
        String machine = System.getProperty("os.arch");
        if (!system.equals("Linux") || !(isX86() || machine.equals("aarch64"))) {
            throw new CannotRunException(
                    "it calls the kernel of Linux on amd64 or aarch64, and this is "
                            + system
                            + " on "
                            + machine
                            + "; the model selector runs everywhere");
        }
    }

    /** Whether {@code struct epoll_event} is packed. */
    static boolean isX86() {
        return System.getProperty("os.arch").equals("amd64");
    }

    private InetSocketAddress bind(InetSocketAddress wanted) throws IOException {
        MemorySegment address = arena.allocate(ADDRESS_BYTES, Integer.BYTES);
        address.set(JAVA_SHORT, 0, (short) AF_INET);
        address.set(
                JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), PORT_OFFSET, (short) wanted.getPort());
        byte[] host = wanted.getAddress().getAddress();
        MemorySegment.copy(host, 0, address, JAVA_BYTE, HOST_OFFSET, HOST_OFFSET);
        checked("setsockopt", libc.setsockopt(door, SOL_SOCKET, SO_REUSEADDR, on));
        checked("bind", libc.bind(door, address));
        checked("listen", libc.listen(door, Serving.BACKLOG));
        MemorySegment length = arena.allocateFrom(JAVA_INT, ADDRESS_BYTES);
        checked("getsockname", libc.getsockname(door, address, length));
        int port =
                Short.toUnsignedInt(
                        address.get(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), PORT_OFFSET));
        return new InetSocketAddress(wanted.getAddress(), port);
    }

    Libc libc() {
        return libc;
    }

    Arena arena() {
        return arena;
    }

    /** The descriptor of the listening socket. */
    int door() {
        return door;
    }

    /** The highest descriptor there is. */
    int highest() {
        return highest;
    }

    /** Whose descriptor this is; null if nobody's. */
    @Nullable ReactorClient client(int fd) {
        return fd < clients.length ? clients[fd] : null;
    }

    /** The descriptor of the next client, or −1 if nobody is there. */
    int accept() {
        int fd = libc.accept(door);
        if (fd < 0) {
            if (fd != -Libc.EAGAIN && fd != -Libc.EINTR) {
                Door.shortage(serving, new IOException("accept failed with errno " + -fd));
            }
            return -1;
        }
        libc.setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, on);
        return fd;
    }

    /** Makes a client of an accepted descriptor. */
    ReactorClient add(int fd, ReactorClient.Wishes wishes) {
        if (fd >= clients.length) {
            clients = Arrays.copyOf(clients, 2 * fd);
        }
        highest = Math.max(highest, fd);
        ReactorClient client =
                new ReactorClient(
                        serving,
                        new Descriptor(libc, fd, scratch),
                        shared,
                        its -> {
                            if (!its.isOpen()) {
                                remove(fd);
                            }
                            wishes.changed(its);
                        });
        clients[fd] = client;
        return client;
    }

    /** A closed descriptor's number may be the next client's. */
    private void remove(int fd) {
        clients[fd] = null;
        while (highest > door && clients[highest] == null) {
            highest--;
        }
    }

    /** Closes the clients too, as their descriptors need the memory that goes away here. */
    @Override
    public void close() {
        for (ReactorClient client : clients) {
            if (client != null) {
                client.close();
            }
        }
        libc.close(door);
        arena.close();
    }

    static int checked(String call, int result) throws IOException {
        if (result < 0) {
            throw new IOException(call + " failed with errno " + -result);
        }
        return result;
    }
}
