package io.overlapped.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;

/** One message to a server and back. */
final class FirstEcho {
    private static final int BYTES = 64;
    private static final int PATIENCE_MILLIS = 60_000;

    private FirstEcho() {}

    /**
     * @throws IllegalStateException if what comes back is something else
     */
    static void verify(int port) throws IOException {
        byte[] message = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            message[i] = Content.at(i);
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(message);
            byte[] answer = socket.getInputStream().readNBytes(BYTES);
            if (!Arrays.equals(message, answer)) {
                throw new IllegalStateException("the first echo is not what was sent");
            }
        }
    }
}
