package io.overlapped.bench.server;

import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.TcpListener;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Ours, routine style, with several proactors in one process: each has a thread and a listener of
 * its own at one address, and the kernel deals the connections out. They share nothing.
 */
final class SharedServer implements AutoCloseable {
    private static final int PROACTORS = 2;

    private final List<Proactor> proactors = new ArrayList<>();
    private final List<TcpListener> listeners = new ArrayList<>();

    /**
     * @param count how many proactors
     */
    SharedServer(String driver, Mode mode, int count) {
        InetSocketAddress address = Launch.anyPort();
        for (int i = 0; i < count; i++) {
            Proactor proactor = Proactor.start(Ours.options(driver));
            proactors.add(proactor);
            TcpListener listener = proactor.listen(address, Launch.BACKLOG, true);
            listeners.add(listener);
            // The first chose the port.
            address = listener.address();
            var steps = new Steps(proactor, mode, Overlapped::new);
            proactor.post(new Overlapped(_ -> steps.accept(listener)));
        }
    }

    public static void main(String[] args) throws InterruptedException {
        try (var server = new SharedServer(args[0], Mode.of(args[1]), PROACTORS)) {
            Launch.ready(server.address().getPort());
            // Until its input ends, which ends the process.
            Thread.currentThread().join();
        }
    }

    InetSocketAddress address() {
        return listeners.getFirst().address();
    }

    List<Proactor> proactors() {
        return proactors;
    }

    @Override
    public void close() {
        proactors.forEach(Proactor::close);
    }
}
