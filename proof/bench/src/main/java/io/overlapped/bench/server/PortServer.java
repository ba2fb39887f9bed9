package io.overlapped.bench.server;

import io.overlapped.CompletionPort;
import io.overlapped.CompletionRoutine;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.TcpListener;
import java.util.Objects;

/** Ours, port style with one worker, which drives the proactor while it dequeues. */
final class PortServer {
    private static final int BATCH = 256;

    private PortServer() {}

    public static void main(String[] args) {
        Mode mode = Mode.of(args[1]);
        try (CompletionPort port = new CompletionPort();
                Proactor proactor = Proactor.open(Ours.options(args[0]));
                TcpListener listener = proactor.listen(Launch.anyPort())) {
            new Steps(proactor, mode, step -> new Overlapped(port, step), Ours.limit(args[0]))
                    .accept(listener);
            Launch.ready(listener.address().getPort());
            work(port);
        }
    }

    /** Works until the port is closed. */
    static void work(CompletionPort port) {
        Overlapped[] batch = new Overlapped[BATCH];
        for (int n = 1; n > 0; ) {
            n = port.dequeue(batch, Proactor.FOREVER);
            for (int i = 0; i < n; i++) {
                var step = (CompletionRoutine) Objects.requireNonNull(batch[i].attachment());
                step.completed(batch[i]);
            }
        }
    }
}
