package io.overlapped.lab.model;

import io.overlapped.lab.model.About.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Non-blocking sockets, every one asked in turn.
 *
 * <pre>
 * while (true)
 *     for (socket : sockets)
 *         if (recv(socket) succeeded)     mostly it has not: a system call for nothing
 *             process it
 * </pre>
 */
final class Polling implements Model {
    static final About ABOUT =
            About.of(
                    Polling.class,
                    "polling",
                    Kind.POLLING,
                    new Text(
                            "One thread asks every non-blocking socket in turn whether it has"
                                    + " something, and never rests.",
                            "스레드 하나가 논블로킹 소켓 모두에게 데이터가 있는지 차례로 계속 물어보며, 쉬지 않는다."),
                    new Text(
                            "It burns a whole processor even while nothing happens, and a pass costs"
                                    + " as many system calls as there are clients.",
                            "아무 일이 없어도 CPU 하나를 다 쓰고, 한 바퀴 돌 때마다 클라이언트 수만큼 시스템 호출을 한다."),
                    Texts.BOUNDED_QUEUE);

    @Override
    public void serve(Serving serving) throws IOException {
        ByteBuffer shared = ByteBuffer.allocateDirect(Serving.READ_BYTES);
        List<ReactorClient> clients = new ArrayList<>();
        try (Door door = Door.open(serving)) {
            while (!serving.isStopping()) {
                SocketChannel channel = door.accept();
                while (channel != null) {
                    clients.add(new ReactorClient(serving, channel, shared, _ -> {}));
                    channel = door.accept();
                }
                for (ReactorClient client : clients) {
                    // Nobody said that it may: it tries, and finds nothing most of the time.
                    client.mayRead();
                    client.mayWrite();
                }
                clients.removeIf(client -> !client.isOpen());
            }
        }
    }
}
