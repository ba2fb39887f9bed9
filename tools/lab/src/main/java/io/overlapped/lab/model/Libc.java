package io.overlapped.lab.model;

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
 * The C functions that the models on bare descriptors call. Each returns what C returns, but a
 * negated errno for a failure.
 *
 * <p>Threads: one at a time; an instance holds the place where errno is captured.
 */
final class Libc {
    static final int EINTR = 4;
    static final int EAGAIN = 11;

    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int EPOLL_CLOEXEC = 0x80000;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final long ERRNO_OFFSET =
            Linker.Option.captureStateLayout().byteOffset(PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET =
            function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND =
            function("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle LISTEN = function("listen", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle ACCEPT4 =
            function("accept4", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKNAME =
            function("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SETSOCKOPT =
            function("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RECV =
            function("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SEND =
            function("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle SELECT =
            function("select", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle POLL =
            function("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle EPOLL_CREATE1 = function("epoll_create1", JAVA_INT, JAVA_INT);
    private static final MethodHandle EPOLL_CTL =
            function("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle EPOLL_WAIT =
            function("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);

    private final MemorySegment state;

    Libc(Arena arena) {
        state = arena.allocate(Linker.Option.captureStateLayout());
    }

    /** A TCP socket that does not wait. */
    int socket() {
        try {
            int type = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
            return result((int) SOCKET.invokeExact(state, AF_INET, type, 0));
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

    /** The next client, whose descriptor does not wait either. */
    int accept(int fd) {
        try {
            int flags = SOCK_NONBLOCK | SOCK_CLOEXEC;
            MemorySegment none = MemorySegment.NULL;
            return result((int) ACCEPT4.invokeExact(state, fd, none, none, flags));
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
            int bytes = (int) value.byteSize();
            return result((int) SETSOCKOPT.invokeExact(state, fd, level, option, value, bytes));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    int recv(int fd, MemorySegment into) {
        try {
            return result((long) RECV.invokeExact(state, fd, into, into.byteSize(), 0));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    int send(int fd, MemorySegment bytes) {
        try {
            return result(
                    (long) SEND.invokeExact(state, fd, bytes, bytes.byteSize(), MSG_NOSIGNAL));
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

    /** Waits without limit; no set of exceptions. */
    int select(int count, MemorySegment readable, MemorySegment writable) {
        try {
            MemorySegment none = MemorySegment.NULL;
            return result((int) SELECT.invokeExact(state, count, readable, writable, none, none));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Waits without limit. */
    int poll(MemorySegment descriptors, int count) {
        try {
            return result((int) POLL.invokeExact(state, descriptors, (long) count, -1));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    int epollCreate() {
        try {
            return result((int) EPOLL_CREATE1.invokeExact(state, EPOLL_CLOEXEC));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    int epollCtl(int epoll, int operation, int fd, MemorySegment event) {
        try {
            return result((int) EPOLL_CTL.invokeExact(state, epoll, operation, fd, event));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Waits without limit. */
    int epollWait(int epoll, MemorySegment events, int count) {
        try {
            return result((int) EPOLL_WAIT.invokeExact(state, epoll, events, count, -1));
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
}
