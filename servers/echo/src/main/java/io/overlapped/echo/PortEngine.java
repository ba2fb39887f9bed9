package io.overlapped.echo;

import io.overlapped.CompletionPort;
import io.overlapped.DriverReport;
import io.overlapped.Proactor;
import io.overlapped.TcpListener;
import java.net.InetSocketAddress;

/** Port style with several workers: the proactor's thread hands completions over to them. */
final class PortEngine implements EchoServer.Engine {
    private final Proactor proactor;
    private final TcpListener listener;
    private final CompletionPort port = new CompletionPort();
    private volatile boolean closing;

    PortEngine(TcpListener listener, EchoOptions options, EchoCounts counts) {
        this.proactor = listener.proactor();
        this.listener = listener;
        new Stepwise(listener, PortWorker.blocks(port), options, counts).start();
        for (int i = 1; i <= options.workers(); i++) {
            Thread.ofPlatform()
                    .name("echo worker " + i)
                    .daemon()
                    .start(() -> PortWorker.work(port, () -> closing));
        }
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
        closing = true;
        listener.close();
        proactor.close();
        port.close();
    }
}
