package io.overlapped.lab.model;

import io.overlapped.lab.model.About.Text;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A virtual thread per socket: what the lectures call coroutines.
 *
 * <p>The program is {@link ThreadPerSocket}, but for {@code ofVirtual}. A thread that waits is a
 * small object in the heap, and a few threads of the system run all that do not wait; below, the
 * JDK asks the system with epoll which may go on.
 */
final class VirtualThreads implements Model {
    static final About ABOUT =
            About.of(
                    VirtualThreads.class,
                    "virtual",
                    Kind.BLOCKING,
                    new Text(
                            "Each socket has a virtual thread (a coroutine), which is written as if"
                                    + " it waited in read, while a few threads of the system run"
                                    + " them all.",
                            "소켓마다 가상 스레드(코루틴)가 있어 코드는 read에서 기다리듯 쓰지만, 실제로는 적은 수의 운영체제"
                                    + " 스레드가 모두를 실행한다."),
                    null,
                    Texts.OWN_THREAD);

    @Override
    public void serve(Serving serving) throws IOException {
        try (ExecutorService threads =
                        Executors.newThreadPerTaskExecutor(
                                Thread.ofVirtual().name("lab client ", 1).factory());
                BlockingDoor door = new BlockingDoor(serving)) {
            for (Socket socket = door.accept(); socket != null; socket = door.accept()) {
                threads.execute(new BlockingClient(serving, socket, threads));
            }
            serving.endAll();
        }
    }
}
