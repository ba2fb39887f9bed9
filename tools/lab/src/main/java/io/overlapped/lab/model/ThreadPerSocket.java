package io.overlapped.lab.model;

import io.overlapped.lab.model.About.Text;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A thread per socket: as if there were many servers, each for one client.
 *
 * <pre>
 * while (true) {
 *     socket = accept();
 *     new thread { while (true) { read(socket); write(socket); } }
 * }
 * </pre>
 */
final class ThreadPerSocket implements Model {
    static final About ABOUT =
            About.of(
                    ThreadPerSocket.class,
                    "thread",
                    Kind.BLOCKING,
                    new Text(
                            "Each socket has a thread of the system, which waits in read until there"
                                    + " is something.",
                            "소켓마다 운영체제 스레드가 하나씩 있어, 데이터가 올 때까지 read에서 기다린다."),
                    new Text(
                            "As many clients as the system has threads to give, each with its stack"
                                    + " and its switches; a chat needs two for each client.",
                            "운영체제가 줄 수 있는 스레드 수가 곧 접속 수의 한계이며, 스레드마다 스택과 문맥 교환 비용이 든다."
                                    + " 채팅은 클라이언트마다 스레드가 둘 필요하다."),
                    Texts.OWN_THREAD);

    @Override
    public void serve(Serving serving) throws IOException {
        try (ExecutorService threads =
                        Executors.newThreadPerTaskExecutor(
                                Thread.ofPlatform().name("lab client ", 1).factory());
                BlockingDoor door = new BlockingDoor(serving)) {
            for (Socket socket = door.accept(); socket != null; socket = door.accept()) {
                BlockingClient client = new BlockingClient(serving, socket, threads);
                try {
                    threads.execute(client);
                } catch (OutOfMemoryError e) {
                    serving.refused("no thread for one more client: " + e.getMessage());
                    client.close();
                }
            }
            serving.endAll();
        }
    }
}
