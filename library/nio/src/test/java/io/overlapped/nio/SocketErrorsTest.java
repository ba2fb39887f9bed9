package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.overlapped.nio.SocketErrors.Call;
import io.overlapped.spi.Errno;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

/** What cannot be provoked here; what can is in the tests of each operation. */
class SocketErrorsTest {

    @Test
    void theClassDecidesWhereItCan() {
        assertErrno(Errno.ECANCELED, new AsynchronousCloseException(), Call.RECEIVE);
        assertErrno(Errno.EPIPE, new ClosedChannelException(), Call.SEND);
        assertErrno(Errno.EBADF, new ClosedChannelException(), Call.OPTION);
        assertErrno(
                Errno.EHOSTUNREACH, new NoRouteToHostException("No route to host"), Call.CONNECT);
        assertErrno(Errno.EINVAL, new IllegalArgumentException("timed out"), Call.OPTION);
    }

    @Test
    void theMessageDecidesWithinAClass() {
        assertErrno(Errno.ETIMEDOUT, new ConnectException("Connection timed out"), Call.CONNECT);
        assertErrno(Errno.ECONNREFUSED, new ConnectException("Connection refused"), Call.CONNECT);
        assertErrno(Errno.EACCES, new BindException("Permission denied"), Call.LISTEN);
        assertErrno(Errno.ETIMEDOUT, new IOException("Connection timed out"), Call.RECEIVE);
        assertErrno(Errno.ETIMEDOUT, new IOException("Connection timed out"), Call.SEND);
        assertErrno(Errno.EHOSTUNREACH, new IOException("No route to host"), Call.SEND);
        assertErrno(Errno.ENFILE, new IOException("Too many open files in system"), Call.ACCEPT);
        assertErrno(Errno.ENOMEM, new SocketException("Cannot allocate memory"), Call.OPEN);
    }

    @Test
    void whatWindowsSaysIsUnderstood() {
        String reset = "An existing connection was forcibly closed by the remote host";
        assertErrno(Errno.ECONNRESET, new IOException(reset), Call.RECEIVE);
        assertErrno(Errno.ECONNRESET, new IOException(reset), Call.SEND);
        String aborted = "The network connection was aborted by the local system";
        assertErrno(Errno.ECONNABORTED, new IOException(aborted), Call.RECEIVE);
        String software =
                "An established connection was aborted by the software in your host machine";
        assertErrno(Errno.ECONNABORTED, new IOException(software), Call.SEND);
        String unreachable = "The network location cannot be reached";
        assertErrno(Errno.ENETUNREACH, new IOException(unreachable), Call.CONNECT);
    }

    /** Else accepting would pause, and a shortage be reported that is none. */
    @Test
    void aConnectionThatWasResetBeforeItsAcceptIsNoShortageOfDescriptors() {
        String gone = "The specified network name is no longer available";
        assertErrno(Errno.ECONNRESET, new IOException(gone), Call.ACCEPT);
        String reset = "An existing connection was forcibly closed by the remote host";
        assertErrno(Errno.ECONNRESET, new IOException(reset), Call.ACCEPT);
    }

    @Test
    void aCauseSpeaksForAnExceptionWithoutWords() {
        IOException wrapped = new IOException(new SocketException("Connection reset"));
        assertErrno(Errno.ECONNRESET, wrapped, Call.SEND);
    }

    @Test
    void aMessageInAnotherLanguageIsTakenForTheUsualFailure() {
        String korean = "\uc54c \uc218 \uc5c6\ub294 \uc624\ub958";
        assertErrno(Errno.EPIPE, new IOException(korean), Call.SEND);
        assertErrno(Errno.EMFILE, new IOException(korean), Call.ACCEPT);
        assertErrno(Errno.EMFILE, new SocketException(korean), Call.OPEN);
        assertErrno(Errno.EADDRINUSE, new BindException(korean), Call.LISTEN);
        assertErrno(Errno.EADDRNOTAVAIL, new BindException(korean), Call.CONNECT);
        assertErrno(Errno.ECONNREFUSED, new ConnectException(korean), Call.CONNECT);
        assertErrno(Errno.ETIMEDOUT, new ConnectException(korean), Call.CONNECT_LONG);
        assertErrno(Errno.ENETUNREACH, new SocketException(korean), Call.CONNECT);
        assertErrno(Errno.EPIPE, new IOException((String) null), Call.SEND);
    }

    private static void assertErrno(int errno, Exception failure, Call call) {
        assertEquals(errno, SocketErrors.errno(failure, call), () -> call + " " + failure);
    }
}
