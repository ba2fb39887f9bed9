package io.overlapped.nio;

import io.overlapped.spi.Errno;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.InterruptedByTimeoutException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.ShutdownChannelGroupException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import java.util.Locale;

/**
 * Error numbers out of exceptions, which is all that NIO.2 tells.
 *
 * <p>The exception's class decides where it can, then the system's message. Messages come in the
 * language of the user; one in words not known here is taken for what the call fails with most
 * often under such a class.
 *
 * <p>Threads: any.
 */
final class SocketErrors {

    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    /** What was called, and what it is taken to mean when it fails in unknown words. */
    enum Call {
        OPEN(Errno.EMFILE),
        LISTEN(Errno.EADDRINUSE),
        ACCEPT(Errno.EMFILE),
        CONNECT(Errno.ECONNREFUSED),
        /** One that took long to fail. */
        CONNECT_LONG(Errno.ETIMEDOUT),
        /** On Unix the JDK has words of its own, always the same, for a reset. */
        RECEIVE(WINDOWS ? Errno.ECONNRESET : Errno.ETIMEDOUT),
        SEND(Errno.EPIPE),
        OPTION(Errno.EINVAL);

        private final int usually;

        Call(int usually) {
            this.usually = usually;
        }
    }

    /** A part of a message, in lower case, and the error it stands for. */
    private record Words(String part, int errno) {}

    // The C library's words, those the JDK puts in their place, and then the Windows ones.
    private static final List<Words> WORDS =
            List.of(
                    new Words("connection reset", Errno.ECONNRESET),
                    new Words("broken pipe", Errno.EPIPE),
                    new Words("connection refused", Errno.ECONNREFUSED),
                    new Words("timed out", Errno.ETIMEDOUT),
                    new Words("too many open files in system", Errno.ENFILE),
                    new Words("too many open files", Errno.EMFILE),
                    new Words("no buffer space", Errno.ENOBUFS),
                    new Words("cannot allocate memory", Errno.ENOMEM),
                    new Words("address already in use", Errno.EADDRINUSE),
                    new Words("assign requested address", Errno.EADDRNOTAVAIL),
                    new Words("permission denied", Errno.EACCES),
                    new Words("operation not permitted", Errno.EPERM),
                    new Words("network is unreachable", Errno.ENETUNREACH),
                    new Words("no route to host", Errno.EHOSTUNREACH),
                    new Words("host is unreachable", Errno.EHOSTUNREACH),
                    new Words("host is down", Errno.EHOSTUNREACH),
                    new Words("software caused connection abort", Errno.ECONNABORTED),
                    new Words("address family not supported", Errno.EAFNOSUPPORT),
                    new Words("protocol family unavailable", Errno.EAFNOSUPPORT),
                    new Words("invalid argument", Errno.EINVAL),
                    new Words("shutdown for writing", Errno.EPIPE),
                    new Words("not connected", Errno.ENOTCONN),
                    new Words("forcibly closed", Errno.ECONNRESET),
                    new Words("network name is no longer available", Errno.ECONNRESET),
                    new Words("connection was aborted", Errno.ECONNABORTED),
                    new Words("i/o operation has been aborted", Errno.ECANCELED),
                    new Words("network location cannot be reached", Errno.ENETUNREACH),
                    new Words("lacked sufficient buffer space", Errno.ENOBUFS),
                    new Words("refused the network connection", Errno.ECONNREFUSED),
                    new Words("semaphore timeout", Errno.ETIMEDOUT));

    private static final int PRIVILEGED_PORTS = 1024;

    private SocketErrors() {}

    /** The positive error number for what {@code call} threw. */
    static int errno(Throwable failure, Call call) {
        return switch (failure) {
            case AsynchronousCloseException _ -> Errno.ECANCELED;
            case ShutdownChannelGroupException _ -> Errno.ECANCELED;
            case ClosedChannelException _ -> call == Call.SEND ? Errno.EPIPE : Errno.EBADF;
            case InterruptedByTimeoutException _ -> Errno.ETIMEDOUT;
            case SocketTimeoutException _ -> Errno.ETIMEDOUT;
            case NotYetConnectedException _ -> Errno.ENOTCONN;
            case UnresolvedAddressException _ -> Errno.EADDRNOTAVAIL;
            case UnsupportedAddressTypeException _ -> Errno.EAFNOSUPPORT;
            case UnsupportedOperationException _ -> Errno.ENOPROTOOPT;
            case NoRouteToHostException _ -> Errno.EHOSTUNREACH;
            case PortUnreachableException _ -> Errno.ECONNREFUSED;
            case ConnectException _ -> ofMessage(failure, call.usually);
            case BindException _ ->
                    ofMessage(
                            failure, call == Call.LISTEN ? Errno.EADDRINUSE : Errno.EADDRNOTAVAIL);
            case SocketException _ when call == Call.CONNECT ->
                    ofMessage(failure, Errno.ENETUNREACH);
            case IllegalArgumentException _ -> Errno.EINVAL;
            default -> ofMessage(failure, call.usually);
        };
    }

    /** The positive error number for a failure to bind {@code address} and to listen there. */
    static int ofListen(Throwable failure, InetSocketAddress address) {
        int errno = errno(failure, Call.LISTEN);
        return errno == Errno.EADDRINUSE && failure instanceof BindException
                ? ofMessage(failure, whyNotBound(address))
                : errno;
    }

    /** For unknown words: who has the address, and who may have the port. */
    private static int whyNotBound(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        try {
            if (!host.isAnyLocalAddress() && NetworkInterface.getByInetAddress(host) == null) {
                return Errno.EADDRNOTAVAIL;
            }
        } catch (SocketException e) {
            return Errno.EADDRINUSE;
        }
        boolean privileged = address.getPort() > 0 && address.getPort() < PRIVILEGED_PORTS;
        return privileged && !System.getProperty("user.name").equals("root")
                ? Errno.EACCES
                : Errno.EADDRINUSE;
    }

    private static int ofMessage(Throwable failure, int otherwise) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message == null) {
                continue;
            }
            String lower = message.toLowerCase(Locale.ROOT);
            for (Words words : WORDS) {
                if (lower.contains(words.part())) {
                    return words.errno();
                }
            }
        }
        return otherwise;
    }
}
