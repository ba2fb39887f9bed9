package io.overlapped.allocation;

import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.TcpListener;
import java.net.InetSocketAddress;

/** Routine style: each step is a routine on the proactor's thread. */
final class RoutineEcho implements EchoServer {
    private final Proactor proactor;
    private final TcpListener listener;

    RoutineEcho(Options options) {
        proactor = Proactor.start(options);
        listener = proactor.listen(EchoServer.anyPort());
        new EchoSteps(Overlapped::new).accept(listener);
    }

    @Override
    public InetSocketAddress address() {
        return listener.address();
    }

    @Override
    public void close() {
        proactor.close();
    }
}
