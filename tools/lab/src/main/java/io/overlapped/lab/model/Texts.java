package io.overlapped.lab.model;

import io.overlapped.lab.model.About.Text;

/** What is to be said of several models. */
final class Texts {
    /** What becomes of a slow client where one thread serves all and never waits for one. */
    static final Text BOUNDED_QUEUE =
            new Text(
                    "What it does not read waits in a queue of 1 MiB of its own; an echo stops"
                            + " reading from it until the queue is empty, a chat ends it when the"
                            + " queue is full. Nobody else waits.",
                    "읽지 않는 클라이언트의 데이터는 그 클라이언트만의 1 MiB 큐에서 기다린다. 에코는 큐가 빌 때까지"
                            + " 그 클라이언트에게서 더 읽지 않고, 채팅은 큐가 차면 연결을 끊는다. 다른"
                            + " 클라이언트는 기다리지 않는다.");

    private Texts() {}
}
