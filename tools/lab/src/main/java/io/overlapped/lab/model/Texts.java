package io.overlapped.lab.model;

import io.overlapped.lab.model.About.Text;

/** What is to be said of several models. */
final class Texts {
    /** What becomes of a slow client where one thread serves many and never waits for one. */
    static final Text BOUNDED_QUEUE =
            new Text(
                    "What it does not read waits in a queue of its own. An echo reads no more from"
                            + " it until that is empty; a chat ends it when more than 1 MiB waits."
                            + " Nobody else waits.",
                    "읽지 않은 데이터는 그 클라이언트만의 큐에서 기다린다. 에코는 큐가 빌 때까지 그 클라이언트에게서 더 읽지"
                            + " 않고, 채팅은 1 MiB 넘게 쌓이면 연결을 끊는다. 다른 클라이언트는 기다리지 않는다.");

    /** What becomes of a slow client that has threads of its own. */
    static final Text OWN_THREAD =
            new Text(
                    "Its own thread is blocked in write. In a chat a second thread writes to it from"
                            + " a queue, and it is ended when more than 1 MiB waits. Nobody else"
                            + " waits.",
                    "그 클라이언트의 스레드만 write에서 멈춘다. 채팅에서는 두 번째 스레드가 큐에서 꺼내 쓰고, 1 MiB 넘게"
                            + " 쌓이면 연결을 끊는다. 다른 클라이언트는 기다리지 않는다.");

    /** What becomes of a slow client whose sends are operations in flight. */
    static final Text PENDING_SEND =
            new Text(
                    "Its send stays pending. An echo starts no receive until that completes; a chat"
                            + " lets packets wait in a queue, and ends it when more than 1 MiB"
                            + " waits. Nobody else waits.",
                    "그 클라이언트의 send만 완료되지 않고 남는다. 에코는 완료될 때까지 receive를 걸지 않고, 채팅은 패킷을 큐에"
                            + " 쌓다가 1 MiB를 넘으면 연결을 끊는다. 다른 클라이언트는 기다리지 않는다.");

    private Texts() {}
}
