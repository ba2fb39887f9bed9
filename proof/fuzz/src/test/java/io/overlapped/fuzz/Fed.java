package io.overlapped.fuzz;

import io.overlapped.Options;
import io.overlapped.Proactor;
import io.overlapped.session.Framing;
import io.overlapped.session.Limits;
import io.overlapped.session.SessionHandler;
import io.overlapped.session.SessionServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A proactor, with the whole stack above it, whose peers are the test. Everything happens on the
 * test's thread, in an order that depends on what is fed alone.
 *
 * <p>Threads: one.
 */
public final class Fed implements AutoCloseable {
    /** Nobody listens there: the driver has no network. */
    public static final InetSocketAddress ADDRESS =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 3501);

    /** As much as the outbox of one session may hold. */
    private static final int BUFFERS = 512;

    private static final int BUFFER_BYTES = 512;
    private static final int PROVIDED = 4;
    private static final int POLLS_MAX = 100_000;

    /** Silent, as every run would say why its peer was ended; kept, or it would be forgotten. */
    private static final Logger LOG = Logger.getLogger("io.overlapped");

    static {
        LOG.setLevel(Level.OFF);
    }

    private final FedDriver driver = new FedDriver();
    private final Proactor proactor =
            Proactor.open(driver, Options.defaults().withBuffers(BUFFERS, BUFFER_BYTES, PROVIDED));

    public Proactor proactor() {
        return proactor;
    }

    /** Limits that no fuzzer reaches in rate; all others are the library's. */
    public static Limits unhurried() {
        Limits limits = Limits.library();
        return limits.withInput(new Limits.Input(Duration.ofDays(1), 1 << 20, 1 << 20, 1 << 30, 0))
                .withLogin(new Limits.Login(Duration.ofDays(1), 1 << 20, 1 << 20));
    }

    /** A server whose listener is the stream 0 of the driver. */
    public SessionServer serve(Framing framing, Limits limits, SessionHandler handler) {
        SessionServer server = SessionServer.open(proactor, ADDRESS, framing, limits, handler);
        settle();
        return server;
    }

    /** A peer connects to the server; its number. */
    public int arrive() {
        int stream = driver.arrive(0);
        settle();
        return stream;
    }

    public int newest() {
        return driver.newest();
    }

    /** The peer sends these bytes as they are cut. */
    public void feed(int stream, Cuts cuts) {
        for (byte[] piece : cuts.pieces()) {
            driver.feed(stream, piece);
            settle();
        }
    }

    public void end(int stream) {
        driver.end(stream);
        settle();
    }

    public byte[] output(int stream) {
        return driver.output(stream);
    }

    public boolean isClosed(int stream) {
        return driver.isClosed(stream);
    }

    /** Lets everything happen that happens without waiting. */
    public void settle() {
        for (int i = 0; proactor.poll() > 0; i++) {
            if (i > POLLS_MAX) {
                throw new AssertionError("it goes on for ever");
            }
        }
    }

    /** Lets a second pass. */
    public void second() {
        driver.advance(1_000_000_000L);
        settle();
    }

    @Override
    public void close() {
        proactor.close();
    }
}
