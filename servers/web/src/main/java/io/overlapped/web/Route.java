package io.overlapped.web;

import java.net.InetSocketAddress;

/**
 * A path of the page's server and the native server behind it.
 *
 * @param messageBytesMax the longest frame that server takes, its length bytes included
 */
record Route(String path, InetSocketAddress server, int messageBytesMax) {
    private static final int LENGTH_BYTES = 2;
    private static final int WORLD_FRAME_BYTES_MAX = 1024;
    private static final int CHAT_FRAME_BYTES_MAX = 8192;

    static Route world(InetSocketAddress server) {
        return new Route("/world", server, LENGTH_BYTES + WORLD_FRAME_BYTES_MAX);
    }

    static Route chat(InetSocketAddress server) {
        return new Route("/chat", server, LENGTH_BYTES + CHAT_FRAME_BYTES_MAX);
    }
}
