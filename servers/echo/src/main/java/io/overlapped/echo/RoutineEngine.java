package io.overlapped.echo;

import io.overlapped.DriverReport;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.TcpListener;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Routine style: every step is a completion routine on the proactor's thread. */
final class RoutineEngine implements EchoServer.Engine {
    private final Proactor proactor;
    private final TcpListener listener;
    private final Stepwise steps;
    private final boolean isProactorOurs;

    /**
     * @param isProactorOurs whether the proactor is closed with the server
     */
    RoutineEngine(
            TcpListener listener, EchoOptions options, EchoCounts counts, boolean isProactorOurs) {
        this.proactor = listener.proactor();
        this.listener = listener;
        this.isProactorOurs = isProactorOurs;
        steps = new Stepwise(listener, Overlapped::new, options, counts);
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
        if (isProactorOurs) {
            listener.close();
            proactor.close();
            return;
        }
        try {
            List<Overlapped> ends = new ArrayList<>();
            ends.add(listener.close(new Overlapped()));
            ends.addAll(steps.endAll());
            boolean _ = Overlapped.awaitAll(ends, Proactor.FOREVER);
        } catch (IllegalStateException e) {
            // Inside a routine nobody may wait; the rest goes on without. Or the proactor is
            // closed, and with it all that was open.
        }
    }
}
