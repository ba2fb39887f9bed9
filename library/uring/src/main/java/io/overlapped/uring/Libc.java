package io.overlapped.uring;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The C functions this driver calls. Each returns what C returns, but a negated errno for a
 * failure, as io_uring itself does.
 *
 * <p>None is linked as critical: {@code io_uring_enter} waits, and a thread in a critical call
 * would hold up every garbage collection.
 *
 * <p>Open to be stood in for, so that a ring can be laid out in plain memory.
 *
 * <p>Threads: one at a time; an instance holds the place where errno is captured.
 */
class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final long ERRNO_OFFSET =
            Linker.Option.captureStateLayout().byteOffset(PathElement.groupElement("errno"));

    private static final MethodHandle SETUP =
            variadic("syscall", JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS);
    private static final MethodHandle ENTER =
            variadic(
                    "syscall", JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
                    ADDRESS, JAVA_LONG);
    private static final MethodHandle REGISTER =
            variadic("syscall", JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle MMAP =
            function(
                    "mmap", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT,
                    JAVA_LONG);
    private static final MethodHandle MUNMAP = function("munmap", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle EVENTFD = function("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle WRITE =
            function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle SCHED_GETSCHEDULER =
            function("sched_getscheduler", JAVA_INT, JAVA_INT);
    private static final MethodHandle SCHED_SETSCHEDULER =
            function("sched_setscheduler", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle SEND =
            function("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SOCKET =
            function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND =
            function("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle LISTEN = function("listen", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SHUTDOWN = function("shutdown", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle GETSOCKNAME =
            function("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SETSOCKOPT =
            function("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKOPT =
            function("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);

    private final MemorySegment state;

    Libc(Arena arena) {
        state = arena.allocate(Linker.Option.captureStateLayout());
    }

    int ioUringSetup(int entries, MemorySegment params) {
        try {
            return result((long) SETUP.invokeExact(state, Abi.NR_io_uring_setup, entries, params));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    int ioUringEnter(
            int ring, int toSubmit, int minComplete, int flags, MemorySegment arg, long argBytes) {
        try {
            return result(
                    (long)
                            ENTER.invokeExact(
                                    state,
                                    Abi.NR_io_uring_enter,
                                    ring,
                                    toSubmit,
                                    minComplete,
                                    flags,
                                    arg,
                                    argBytes));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    int ioUringRegister(int ring, int opcode, MemorySegment arg, int count) {
        try {
            return result(
                    (long)
                            REGISTER.invokeExact(
                                    state, Abi.NR_io_uring_register, ring, opcode, arg, count));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** The address of memory to read and write, or a negated errno. */
    long mmap(long bytes, int flags, int fd, long offset) {
        try {
            long address =
                    (long)
                            MMAP.invokeExact(
                                    state,
                                    0L,
                                    bytes,
                                    Abi.PROT_READ | Abi.PROT_WRITE,
                                    flags,
                                    fd,
                                    offset);
            return address == -1 ? result(-1) : address;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    int munmap(long address, long bytes) {
        try {
            return result((int) MUNMAP.invokeExact(state, address, bytes));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    int close(int fd) {
        try {
            return result((int) CLOSE.invokeExact(state, fd));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    int eventfd() {
        try {
            return result((int) EVENTFD.invokeExact(state, 0, Abi.EFD_CLOEXEC));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    int write(int fd, MemorySegment bytes) {
        try {
            return result((long) WRITE.invokeExact(state, fd, bytes, bytes.byteSize()));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    int send(int fd, MemorySegment bytes, int flags) {
        try {
            return result((long) SEND.invokeExact(state, fd, bytes, bytes.byteSize(), flags));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** The policy by which the calling thread is scheduled. */
    int scheduler() {
        try {
            return result((int) SCHED_GETSCHEDULER.invokeExact(state, 0));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /**
     * @param parameters an int 0, for policies without priorities
     */
    int scheduler(int policy, MemorySegment parameters) {
        try {
            return result((int) SCHED_SETSCHEDULER.invokeExact(state, 0, policy, parameters));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    int socket(int family) {
        try {
            return result(
                    (int) SOCKET.invokeExact(state, family, Abi.SOCK_STREAM | Abi.SOCK_CLOEXEC, 0));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    int bind(int fd, MemorySegment address) {
        try {
            return result((int) BIND.invokeExact(state, fd, address, (int) address.byteSize()));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    int listen(int fd, int backlog) {
        try {
            return result((int) LISTEN.invokeExact(state, fd, backlog));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    int shutdown(int fd, int how) {
        try {
            return result((int) SHUTDOWN.invokeExact(state, fd, how));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    int getsockname(int fd, MemorySegment address, MemorySegment length) {
        try {
            return result((int) GETSOCKNAME.invokeExact(state, fd, address, length));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    int setsockopt(int fd, int level, int option, MemorySegment value) {
        try {
            return result(
                    (int)
                            SETSOCKOPT.invokeExact(
                                    state, fd, level, option, value, (int) value.byteSize()));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    int getsockopt(int fd, int level, int option, MemorySegment value, MemorySegment length) {
        try {
            return result((int) GETSOCKOPT.invokeExact(state, fd, level, option, value, length));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private int result(long returned) {
        return returned < 0 ? -state.get(JAVA_INT, ERRNO_OFFSET) : (int) returned;
    }

    private static MethodHandle function(
            String name, ValueLayout result, ValueLayout... parameters) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, parameters),
                ERRNO);
    }

    private static MethodHandle variadic(
            String name, ValueLayout result, ValueLayout... parameters) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, parameters),
                ERRNO,
                Linker.Option.firstVariadicArg(1));
    }
}
