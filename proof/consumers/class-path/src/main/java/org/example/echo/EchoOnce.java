package org.example.echo;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import java.net.InetSocketAddress;

/** Says hello to itself through a socket, and which driver carried it. */
public final class EchoOnce {
    private EchoOnce() {}

    public static void main(String[] args) {
        try (Proactor proactor = Proactor.start();
                var listener = proactor.listen(new InetSocketAddress("127.0.0.1", 0))) {
            Overlapped accept = listener.accept(new Overlapped());
            Overlapped connect = proactor.connect(new Overlapped(), listener.address());
            connect.await();
            accept.await();
            try (IoBuffer hello = proactor.buffers().take().append("hello")) {
                connect.stream().send(connect, hello).await();
            }
            accept.stream().receive(accept).await();
            try (IoBuffer heard = accept.buffer()) {
                System.out.println(heard.text() + " by " + proactor.report().driver());
            }
        }
    }
}
