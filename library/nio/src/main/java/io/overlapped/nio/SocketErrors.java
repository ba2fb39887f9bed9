package io.overlapped.nio;

import io.overlapped.spi.Errno;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
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
 * language of the system; one that is not known here is taken for what the call fails with most
 * often.
 *
 * <p>Threads: any.
 */
final class SocketErrors {

    /** What was called, and what it is taken to mean when it fails in unknown words. */
    enum Call {
        OPEN(Errno.EMFILE),
        LISTEN(Errno.EADDRINUSE),
        ACCEPT(Errno.EMFILE),
        CONNECT(Errno.ECONNREFUSED),
        RECEIVE(Errno.ECONNRESET),
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
                    new Words("aborted by the software", Errno.ECONNABORTED),
                    new Words("refused the network connection", Errno.ECONNREFUSED),
                    new Words("semaphore timeout", Errno.ETIMEDOUT));

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
            case ConnectException _ -> ofMessage(failure, Errno.ECONNREFUSED);
            case BindException _ ->
                    ofMessage(
                            failure, call == Call.CONNECT ? Errno.EADDRNOTAVAIL : Errno.EADDRINUSE);
            case IllegalArgumentException _ -> Errno.EINVAL;
            default -> ofMessage(failure, call.usually);
        };
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
