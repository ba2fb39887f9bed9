package io.overlapped.nio;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

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
 * SO_LINGER by system call, as asynchronous channels do not have that option, and without it no
 * close can be abortive.
 *
 * <p>Channels do not tell their descriptor either, so it is looked for among all: the one with this
 * pair of addresses. Each call costs two system calls for each descriptor that is open. Linux only,
 * and only where the module is given native access.
 *
 * <p>Threads: any, while nobody closes the channel.
 */
final class Linger {
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "aarch64");

    // asm-generic/socket.h and bits/socket.h
    private static final int SOL_SOCKET = 1;
    private static final int SO_LINGER = 13;
    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;
    private static final int ADDRESS_BYTES = 128;
    private static final int LINGER_BYTES = 8;

    private Linger() {}

    /** Why it cannot be set here, or null where it can. */
    static @Nullable String obstacle() {
        if (!System.getProperty("os.name").equals("Linux")
                || !ARCHITECTURES.contains(System.getProperty("os.arch"))) {
            return "NIO.2 has no such option; it is set by system call on Linux alone";
        }
        Module module = Linger.class.getModule();
        if (!module.isNativeAccessEnabled()) {
            return "NIO.2 has no such option; allow the system call with --enable-native-access="
                    + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
        }
        return null;
    }

    /** Sets it for the connection between these addresses; 0 or a negated errno. */
    static int set(InetSocketAddress local, InetSocketAddress remote, int seconds) {
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
                    return calls.setLinger(fd, seconds);
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
        private final MemorySegment linger;

        Calls(Arena arena) {
            errno = arena.allocate(Natives.STATE);
            address = arena.allocate(ADDRESS_BYTES, Long.BYTES);
            length = arena.allocate(JAVA_INT);
            linger = arena.allocate(LINGER_BYTES, Integer.BYTES);
        }

        boolean isBetween(int fd, InetSocketAddress local, InetSocketAddress remote) {
            return isAddress(Natives.GETSOCKNAME, fd, local)
                    && isAddress(Natives.GETPEERNAME, fd, remote);
        }

        int setLinger(int fd, int seconds) {
            linger.set(JAVA_INT, 0, seconds < 0 ? 0 : 1);
            linger.set(JAVA_INT, Integer.BYTES, Math.max(0, seconds));
            try {
                int result =
                        (int)
                                Natives.SETSOCKOPT.invokeExact(
                                        errno, fd, SOL_SOCKET, SO_LINGER, linger, LINGER_BYTES);
                return result == 0 ? 0 : -(int) Natives.ERRNO.get(errno, 0L);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
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
