package io.overlapped.lab.model;

import io.overlapped.CompletionPort;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.lab.model.About.Text;

/**
 * Completion port: whatever is over comes to one queue, with the key of whom it concerns.
 *
 * <pre>
 * CreateIoCompletionPort(socket, port, key);
 * WSARecv(socket, buffer, overlapped);
 * while (true) {
 *     GetQueuedCompletionStatus(port, &amp;bytes, &amp;key, &amp;overlapped);
 *     process them; WSARecv(…);
 * }
 * </pre>
 *
 * <p>Here one worker takes all, and drives the operations while it waits at the port. More workers
 * could wait there; what they share would then need locks.
 */
final class OverlappedPort implements Model {
    static final About ABOUT =
            About.of(
                    OverlappedPort.class,
                    "overlapped-port",
                    Kind.PROACTOR,
                    new Text(
                            "Receives are started ahead, and what has completed is taken from a"
                                    + " completion port with the key of its client (the shape of"
                                    + " IOCP).",
                            "receive를 미리 걸어 두고, 완료된 것을 completion port에서 클라이언트의 키와 함께 꺼내 처리한다"
                                    + "(IOCP의 형태)."),
                    null,
                    Texts.PENDING_SEND);

    private final CompletionPort port = new CompletionPort();

    @Override
    public void serve(Serving serving) {
        try (Proactor proactor = Proactor.open(OverlappedClient.options(serving))) {
            TcpListener listener = proactor.listen(serving.wanted(), Serving.BACKLOG, false);
            serving.listening(listener.address());
            listener.accept(new Overlapped(port, listener));
            while (!serving.isStopping()) {
                Overlapped done = port.dequeue();
                if (done != null && done.attachment() instanceof OverlappedClient client) {
                    client.completed(done, Watch.DEQUEUED);
                } else if (done != null) {
                    accepted(serving, done);
                }
            }
            serving.endAll();
        }
    }

    private void accepted(Serving serving, Overlapped done) {
        if (done.status() == Status.OK) {
            OverlappedClient client = new OverlappedClient(serving, done.stream(), (_, _) -> {});
            client.start(new Overlapped(port, client), new Overlapped(port, client));
        }
        done.listener().accept(done);
    }
}
