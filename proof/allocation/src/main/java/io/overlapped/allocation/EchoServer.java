package io.overlapped.allocation;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A server that sends back what it receives, until it is closed. */
interface EchoServer extends AutoCloseable {
    InetSocketAddress address();

    @Override
    void close();

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
