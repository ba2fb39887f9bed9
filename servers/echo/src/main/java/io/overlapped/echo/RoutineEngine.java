package io.overlapped.echo;

import io.overlapped.DriverReport;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.TcpListener;
import java.net.InetSocketAddress;

/** Routine style: every step is a completion routine on the proactor's thread. */
final class RoutineEngine implements EchoServer.Engine {
    private final Proactor proactor;
    private final TcpListener listener;

    RoutineEngine(TcpListener listener, EchoOptions options, EchoCounts counts) {
        this.proactor = listener.proactor();
        this.listener = listener;
        Stepwise steps = new Stepwise(listener, Overlapped::new, options, counts);
        proactor.post(new Overlapped(_ -> steps.start()));
    }

    @Override
    public InetSocketAddress address() {
        return listener.address();
    }

    @Override
    public DriverReport report() {
        return proactor.report();
    }

    @Override
    public void close() {
        listener.close();
        proactor.close();
    }
}
