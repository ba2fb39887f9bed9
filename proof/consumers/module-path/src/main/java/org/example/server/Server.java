package org.example.server;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.session.SessionServer;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Says a word to itself through a socket, which driver carried it, and what module is there too. */
public final class Server {
    private Server() {}

    public static void main(String[] args) {
        String word = first(args);
        try (Proactor proactor = Proactor.start();
                var listener = proactor.listen(new InetSocketAddress("127.0.0.1", 0))) {
            Overlapped accept = listener.accept(new Overlapped());
            Overlapped connect = proactor.connect(new Overlapped(), listener.address());
            connect.await();
            accept.await();
            try (IoBuffer hello = proactor.buffers().take().append(word == null ? "hello" : word)) {
                connect.stream().send(connect, hello).await();
            }
            accept.stream().receive(accept).await();
            try (IoBuffer heard = accept.buffer()) {
                System.out.println(
                        heard.text()
                                + " by "
                                + proactor.report().driver()
                                + " beside "
                                + SessionServer.class.getModule().getName());
            }
        }
    }

    private static @Nullable String first(String[] args) {
        return args.length > 0 ? args[0] : null;
    }
}
