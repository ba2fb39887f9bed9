package io.overlapped.echo;

import io.overlapped.DriverReport;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.TcpListener;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * Sends back what it receives, to any number of clients or to one after the other; or takes records
 * and answers nothing.
 *
 * <p>A client has one operation in flight: a receive, or the send of what that brought. So a client
 * that does not read stops being read from, holds one buffer, and is closed after {@link
 * EchoOptions#stallTimeout}. A client that ends its side gets the answers to all it sent before it
 * is closed.
 *
 * <p>Threads: any.
 */
public final class EchoServer implements AutoCloseable {
    private final Engine engine;
    private final EchoCounts counts;

    /** What runs a server in one style. */
    interface Engine extends AutoCloseable {
        InetSocketAddress address();

        DriverReport report();

        @Override
        void close();
    }

    private EchoServer(Engine engine, EchoCounts counts) {
        this.engine = engine;
        this.counts = counts;
    }

    /**
     * Listens and serves until it is closed.
     *
     * @throws OverlappedException if the driver cannot run, or the address cannot be had
     */
    public static EchoServer open(InetSocketAddress address, EchoOptions options) {
        EchoCounts counts = new EchoCounts();
        boolean driving = options.style() == EchoStyle.PORT && options.workers() == 1;
        if (driving) {
            return new EchoServer(DrivingWorker.open(address, options, counts), counts);
        }
        Proactor proactor = Proactor.start(options.io());
        try {
            TcpListener listener = proactor.listen(address);
            return new EchoServer(engine(listener, options, counts), counts);
        } catch (RuntimeException e) {
            proactor.close();
            throw e;
        }
    }

    /**
     * Listens and serves on a proactor that the caller opened, drives and closes, with no thread of
     * its own; {@link EchoOptions#io} is not looked at. {@link #close} leaves the proactor open,
     * and inside a completion routine does not wait for the last client to be gone.
     *
     * @throws OverlappedException if the address cannot be had
     * @throws IllegalArgumentException for the event and the port style, which need threads
     */
    public static EchoServer open(
            Proactor proactor, InetSocketAddress address, EchoOptions options) {
        if (options.style() != EchoStyle.ROUTINE) {
            throw new IllegalArgumentException(
                    "the "
                            + options.style()
                            + " style needs threads of its own; on a given proactor use ROUTINE");
        }
        EchoCounts counts = new EchoCounts();
        TcpListener listener = proactor.listen(address);
        return new EchoServer(new RoutineEngine(listener, options, counts, false), counts);
    }

    private static Engine engine(TcpListener listener, EchoOptions options, EchoCounts counts) {
        return switch (options.style()) {
            case EVENT -> new EventEngine(listener, options, counts);
            case ROUTINE -> new RoutineEngine(listener, options, counts, true);
            case PORT -> new PortEngine(listener, options, counts);
        };
    }

    /** Where it listens, with the port that was picked for 0. */
    public InetSocketAddress address() {
        return engine.address();
    }

    /** The name of its driver. */
    public String driver() {
        return engine.report().driver();
    }

    /** Clients that are being served. */
    public int connected() {
        return counts.connected();
    }

    /** What it has done so far, by name. */
    public Map<String, Long> counts() {
        return counts.all();
    }

    /** Stops listening, ends every client and gives everything back. */
    @Override
    public void close() {
        engine.close();
    }
}
