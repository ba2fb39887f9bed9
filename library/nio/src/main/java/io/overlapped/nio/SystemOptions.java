package io.overlapped.nio;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.overlapped.StreamOption;
import io.overlapped.spi.Errno;
import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Options by system call: the linger, without which no close can be abortive, and the user timeout,
 * which asynchronous channels do not have; and any other on a channel whose output has ended, which
 * refuses them all.
 *
 * <p>Channels do not tell their descriptor either, so it is looked for among all: the one with this
 * pair of addresses. Each call costs two system calls for each descriptor that is open. Linux only,
 * and only where the module is given native access.
 *
 * <p>Threads: any, while nobody closes the channel.
 */
final class SystemOptions {
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "aarch64");

    // asm-generic/socket.h and bits/socket.h
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_KEEPALIVE = 9;
    private static final int SO_LINGER = 13;

    // netinet/tcp.h
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;
    private static final int TCP_USER_TIMEOUT = 18;

    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;
    private static final int ADDRESS_BYTES = 128;
    private static final int LINGER_BYTES = 8;

    private SystemOptions() {}

    /** Whether channels lack it. */
    static boolean areOnlyWayTo(StreamOption option) {
        return option == StreamOption.LINGER_SECONDS || option == StreamOption.USER_TIMEOUT_MILLIS;
    }

    /** The value of one that was never set, or a negated errno where none can be. */
    static int unset(StreamOption option) {
        if (obstacle() != null) {
            return -Errno.ENOPROTOOPT;
        }
        return option == StreamOption.LINGER_SECONDS ? -1 : 0;
    }

    /** Why none can be set here, or null where they can. */
    static @Nullable String obstacle() {
        if (!System.getProperty("os.name").equals("Linux")
                || !ARCHITECTURES.contains(System.getProperty("os.arch"))) {
            return "NIO.2 has no such option; it is set by system call on Linux alone";
        }
        Module module = SystemOptions.class.getModule();
        if (!module.isNativeAccessEnabled()) {
            return "NIO.2 has no such option; allow the system call with --enable-native-access="
                    + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
        }
        return null;
    }

    /**
     * Sets one for the connection between these addresses; 0, or a negated errno: {@code ENOTCONN}
     * if there is no such connection, as after its end.
     */
    static int set(
            InetSocketAddress local, InetSocketAddress remote, StreamOption option, int value) {
        if (obstacle() != null) {
            return -Errno.ENOPROTOOPT;
        }
        String[] descriptors = new File("/proc/self/fd").list();
        if (descriptors == null) {
            return -Errno.ENOPROTOOPT;
        }
        try (Arena arena = Arena.ofConfined()) {
            Calls calls = new Calls(arena);
            for (String descriptor : descriptors) {
                int fd = Integer.parseInt(descriptor);
                if (calls.isBetween(fd, local, remote)) {
                    return calls.set(fd, option, value);
                }
            }
            return -Errno.ENOTCONN;
        }
    }

    /** The system calls, and the memory they work on. */
    private static final class Calls {
        private final MemorySegment errno;
        private final MemorySegment address;
        private final MemorySegment length;
        private final MemorySegment argument;

        Calls(Arena arena) {
            errno = arena.allocate(Natives.STATE);
            address = arena.allocate(ADDRESS_BYTES, Long.BYTES);
            length = arena.allocate(JAVA_INT);
            argument = arena.allocate(LINGER_BYTES, Integer.BYTES);
        }

        boolean isBetween(int fd, InetSocketAddress local, InetSocketAddress remote) {
            return isAddress(Natives.GETSOCKNAME, fd, local)
                    && isAddress(Natives.GETPEERNAME, fd, remote);
        }

        int set(int fd, StreamOption option, int value) {
            int bytes = Integer.BYTES;
            argument.set(JAVA_INT, 0, value);
            if (option == StreamOption.LINGER_SECONDS) {
                bytes = LINGER_BYTES;
                argument.set(JAVA_INT, 0, value < 0 ? 0 : 1);
                argument.set(JAVA_INT, Integer.BYTES, Math.max(0, value));
            }
            try {
                int result =
                        (int)
                                Natives.SETSOCKOPT.invokeExact(
                                        errno, fd, level(option), name(option), argument, bytes);
                return result == 0 ? 0 : -(int) Natives.ERRNO.get(errno, 0L);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }

        private static int level(StreamOption option) {
            return switch (option) {
                case NO_DELAY, USER_TIMEOUT_MILLIS -> IPPROTO_TCP;
                default -> SOL_SOCKET;
            };
        }

        private static int name(StreamOption option) {
            return switch (option) {
                case NO_DELAY -> TCP_NODELAY;
                case KEEP_ALIVE -> SO_KEEPALIVE;
                case SEND_BUFFER_BYTES -> SO_SNDBUF;
                case RECEIVE_BUFFER_BYTES -> SO_RCVBUF;
                case REUSE_ADDRESS -> SO_REUSEADDR;
                case LINGER_SECONDS -> SO_LINGER;
                case USER_TIMEOUT_MILLIS -> TCP_USER_TIMEOUT;
            };
        }

        private boolean isAddress(MethodHandle call, int fd, InetSocketAddress wanted) {
            length.set(JAVA_INT, 0, ADDRESS_BYTES);
            try {
                if ((int) call.invokeExact(errno, fd, address, length) != 0) {
                    return false;
                }
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            int port =
                    Short.toUnsignedInt(
                            address.get(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), Short.BYTES));
            return port == wanted.getPort() && wanted.getAddress().equals(host());
        }

        /** An IPv4 address that is mapped into IPv6 is an IPv4 address to Java. */
        private @Nullable InetAddress host() {
            byte[] bytes;
            switch (address.get(JAVA_SHORT, 0)) {
                case AF_INET -> bytes = address.asSlice(4, 4).toArray(JAVA_BYTE);
                case AF_INET6 -> bytes = address.asSlice(8, 16).toArray(JAVA_BYTE);
                default -> {
                    return null;
                }
            }
            try {
                return InetAddress.getByAddress(bytes);
            } catch (UnknownHostException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Bound on first use, as that needs native access. */
    private static final class Natives {
        static final StructLayout STATE = Linker.Option.captureStateLayout();
        static final VarHandle ERRNO =
                STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

        private static final FunctionDescriptor NAME =
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
        static final MethodHandle GETSOCKNAME = bind("getsockname", NAME);
        static final MethodHandle GETPEERNAME = bind("getpeername", NAME);
        static final MethodHandle SETSOCKOPT =
                bind(
                        "setsockopt",
                        FunctionDescriptor.of(
                                JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));

        @SuppressWarnings("restricted") // asked for in obstacle() before
        private static MethodHandle bind(String name, FunctionDescriptor type) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow(name),
                    type,
                    Linker.Option.captureCallState("errno"));
        }
    }
}
