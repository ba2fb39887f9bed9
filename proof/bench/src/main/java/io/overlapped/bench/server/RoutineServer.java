package io.overlapped.bench.server;

import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.TcpListener;

/** Ours, routine style. */
final class RoutineServer {
    private RoutineServer() {}

    public static void main(String[] args) {
        Mode mode = Mode.of(args[1]);
        try (Proactor proactor = Proactor.open(Ours.options(args[0]));
                TcpListener listener = proactor.listen(Launch.anyPort())) {
            new Steps(proactor, mode, Overlapped::new, Ours.limit(args[0])).accept(listener);
            Launch.ready(listener.address().getPort());
            proactor.run();
        }
    }
}
