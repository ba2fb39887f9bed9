package io.overlapped.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** How the process of a Java server begins and ends. */
final class Launch {
    static final int BACKLOG = 4096;

    /** For what receives into a buffer of its own: as much as the peers in C take at once. */
    static final int BUFFER_BYTES = 64 * 1024;

    /** Of each operation, where they have one: as long as that of many real servers. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private Launch() {}

    /** The loopback address with a port that is free. */
    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Tells whoever started the process that it serves, and ends it when its input ends. */
    static void ready(int port) {
        Thread.ofPlatform().name("end with input").daemon().start(Launch::endWithInput);
        System.out.println("listening " + port);
        System.out.flush();
    }

    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            // An input that fails has ended too.
        }
        Runtime.getRuntime().halt(0);
    }
}
