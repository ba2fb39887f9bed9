package io.overlapped.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.overlapped.StreamOption;
import io.overlapped.spi.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The system calls on sockets that do not wait: making, naming and setting them. Each answers with
 * a value, or a negated errno.
 *
 * <p>Threads: any.
 */
final class SocketCalls {
    private SocketCalls() {}

    static int listen(InetSocketAddress address, int backlog, boolean shared) {
        try (Arena arena = Arena.ofConfined()) {
            Libc libc = new Libc(arena);
            int fd = libc.socket(SocketAddresses.family(address));
            if (fd < 0) {
                return fd;
            }
            MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
            MemorySegment target = arena.allocate(SocketAddresses.BYTES_MAX, Long.BYTES);
            int result = libc.setsockopt(fd, Abi.SOL_SOCKET, Abi.SO_REUSEADDR, on);
            if (result >= 0 && shared) {
                result = libc.setsockopt(fd, Abi.SOL_SOCKET, Abi.SO_REUSEPORT, on);
            }
            if (result >= 0) {
                // Accepted sockets inherit it, which spares a call for each.
                result = libc.setsockopt(fd, Abi.IPPROTO_TCP, Abi.TCP_NODELAY, on);
            }
            if (result >= 0 && SocketAddresses.family(address) == Abi.AF_INET6) {
                // Whatever this system's default is, as what :: means must not depend on it.
                MemorySegment off = arena.allocateFrom(JAVA_INT, 0);
                result = libc.setsockopt(fd, Abi.IPPROTO_IPV6, Abi.IPV6_V6ONLY, off);
            }
            if (result >= 0) {
                result = libc.bind(fd, SocketAddresses.write(address, target));
            }
            if (result >= 0) {
                result = libc.listen(fd, backlog);
            }
            return result >= 0 ? fd : closed(libc, fd, result);
        }
    }

    static int open(InetSocketAddress peer) {
        try (Arena arena = Arena.ofConfined()) {
            Libc libc = new Libc(arena);
            int fd = libc.socket(SocketAddresses.family(peer));
            if (fd < 0) {
                return fd;
            }
            MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
            int result = libc.setsockopt(fd, Abi.IPPROTO_TCP, Abi.TCP_NODELAY, on);
            return result >= 0 ? fd : closed(libc, fd, result);
        }
    }

    static int set(int fd, StreamOption option, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment argument;
            if (option == StreamOption.LINGER_SECONDS) {
                argument = arena.allocate(Abi.linger_BYTES, Integer.BYTES);
                argument.set(JAVA_INT, Abi.linger_onoff, value < 0 ? 0 : 1);
                argument.set(JAVA_INT, Abi.linger_linger, Math.max(0, value));
            } else {
                argument = arena.allocateFrom(JAVA_INT, value);
            }
            return new Libc(arena).setsockopt(fd, level(option), name(option), argument);
        }
    }

    static int get(int fd, StreamOption option) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(Abi.linger_BYTES, Integer.BYTES);
            MemorySegment length = arena.allocateFrom(JAVA_INT, Abi.linger_BYTES);
            int result = new Libc(arena).getsockopt(fd, level(option), name(option), value, length);
            if (result < 0) {
                return result;
            }
            if (option == StreamOption.LINGER_SECONDS) {
                boolean on = value.get(JAVA_INT, Abi.linger_onoff) != 0;
                return on ? value.get(JAVA_INT, Abi.linger_linger) : -1;
            }
            return value.get(JAVA_INT, 0);
        }
    }

    static void close(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            new Libc(arena).close(fd);
        }
    }

    static @Nullable InetSocketAddress localAddress(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(SocketAddresses.BYTES_MAX, Long.BYTES);
            MemorySegment length = arena.allocateFrom(JAVA_INT, SocketAddresses.BYTES_MAX);
            int result = new Libc(arena).getsockname(fd, address, length);
            return result < 0 ? null : SocketAddresses.read(address);
        }
    }

    /**
     * By SO_PEERNAME, which unlike getpeername(2) still knows the peer when the connection has
     * ended or was reset; it wants no more bytes than the family's address has.
     */
    static @Nullable InetSocketAddress remoteAddress(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            Libc libc = new Libc(arena);
            MemorySegment address = arena.allocate(SocketAddresses.BYTES_MAX, Long.BYTES);
            MemorySegment length = arena.allocateFrom(JAVA_INT, Abi.sockaddr_in_BYTES);
            int option = Abi.SO_PEERNAME;
            int result = libc.getsockopt(fd, Abi.SOL_SOCKET, option, address, length);
            if (result >= 0 && address.get(JAVA_SHORT, 0) == Abi.AF_INET6) {
                length.set(JAVA_INT, 0, Abi.sockaddr_in6_BYTES);
                result = libc.getsockopt(fd, Abi.SOL_SOCKET, option, address, length);
            }
            return result < 0 ? null : SocketAddresses.read(address);
        }
    }

    private static int level(StreamOption option) {
        return switch (option) {
            case NO_DELAY, USER_TIMEOUT_MILLIS -> Abi.IPPROTO_TCP;
            default -> Abi.SOL_SOCKET;
        };
    }

    private static int name(StreamOption option) {
        return switch (option) {
            case NO_DELAY -> Abi.TCP_NODELAY;
            case KEEP_ALIVE -> Abi.SO_KEEPALIVE;
            case SEND_BUFFER_BYTES -> Abi.SO_SNDBUF;
            case RECEIVE_BUFFER_BYTES -> Abi.SO_RCVBUF;
            case REUSE_ADDRESS -> Abi.SO_REUSEADDR;
            case LINGER_SECONDS -> Abi.SO_LINGER;
            case USER_TIMEOUT_MILLIS -> Abi.TCP_USER_TIMEOUT;
        };
    }

    private static int closed(Libc libc, int fd, int result) {
        int closed = libc.close(fd);
        return closed == -Errno.EBADF ? closed : result;
    }
}
