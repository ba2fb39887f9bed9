package io.overlapped.uring;

import static io.overlapped.uring.UringSocket.NONE;
import static io.overlapped.uring.UringSocket.NO_PLACE;

import io.overlapped.spi.Driver;
import io.overlapped.spi.IoVector;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/** Sending, and connecting, which nothing is sent before: one submission each. */
final class Sending {
    private final UringDriver driver;
    private final Places places;

    Sending(UringDriver driver, Places places) {
        this.driver = driver;
        this.places = places;
    }

    void connect(long token, UringSocket socket, InetSocketAddress peer) {
        socket.sendToken = token;
        socket.sendPlace = places.take();
        MemorySegment address = places.address(socket.sendPlace, peer);
        long bytes = address.byteSize();
        long userData = UserData.of(UserData.SEND, socket);
        driver.submit()
                .submit(Abi.IORING_OP_CONNECT, socket.fd, address.address(), 0, bytes, 0, userData);
    }

    void start(long token, UringSocket socket, IoVector pieces) {
        socket.sendToken = token;
        // For a send, WAITALL has the kernel go on after a short write.
        int flags = Abi.MSG_NOSIGNAL | Abi.MSG_WAITALL;
        long userData = UserData.of(UserData.SEND, socket);
        Ring ring = driver.submit();
        if (pieces.count() == 1) {
            long address = pieces.memory(0).address() + pieces.start(0);
            int bytes = pieces.bytes(0);
            ring.submit(Abi.IORING_OP_SEND, socket.fd, address, bytes, 0, flags, userData);
        } else {
            socket.sendPlace = places.take();
            long message = places.message(socket.sendPlace, pieces);
            ring.submit(Abi.IORING_OP_SENDMSG, socket.fd, message, 1, 0, flags, userData);
        }
    }

    void cancel(UringSocket socket) {
        driver.cancelInKernel(UserData.of(UserData.SEND, socket));
    }

    void completed(UringSocket socket, int result) {
        long token = socket.sendToken;
        socket.sendToken = NONE;
        if (socket.sendPlace != NO_PLACE) {
            places.give(socket.sendPlace);
            socket.sendPlace = NO_PLACE;
        }
        driver.complete(token, result, Driver.NO_FLAGS);
    }
}
