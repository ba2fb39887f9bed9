package io.overlapped.lab.model;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One run of one model: what it has to do, who its clients are, who watches, and how it is stopped.
 *
 * <p>Threads: any.
 */
public final class Serving implements Closeable {
    /** Connections that the kernel completes ahead of an accept. */
    static final int BACKLOG = 4096;

    /** Bytes that one read asks for. */
    static final int READ_BYTES = 4096;

    private final Job job;
    private final InetSocketAddress wanted;
    private final String driver;
    private final Watch watch;
    private final Consumer<String> refusals;
    private final Room room = new Room();
    private final Set<Closeable> clients = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong();
    private final CompletableFuture<InetSocketAddress> listening = new CompletableFuture<>();
    private final SocketChannel bell;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean stopping;

    /**
     * @param wanted where to listen; port 0 picks one
     * @param driver of the overlapped models: {@code auto}, {@code uring} or {@code nio}
     * @param refusals is told why, when a client is refused or ended by the model
     */
    public Serving(
            Job job,
            InetSocketAddress wanted,
            String driver,
            Watch watch,
            Consumer<String> refusals) {
        this.job = job;
        this.wanted = wanted;
        this.driver = driver;
        this.watch = watch;
        this.refusals = refusals;
        try {
            // Opened ahead: there may be no descriptor left when it has to ring.
            bell = SocketChannel.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Serves by this model until {@link #stop}; its clients are closed when this returns. */
    public void run(Model model) throws IOException {
        try {
            model.serve(this);
        } catch (IOException | RuntimeException | Error e) {
            listening.completeExceptionally(e);
            throw e;
        } finally {
            stopping = true;
            endAll();
            close();
        }
    }

    /** Completes with where it listens, or with why it does not. */
    public CompletableFuture<InetSocketAddress> listening() {
        return listening.copy();
    }

    /**
     * Makes the model return. What it waits for may be the system's alone to give, so the bell is
     * rung at its door: a connection that wakes whoever waits there.
     */
    public void stop() {
        stopping = true;
        stop.countDown();
        var _ = listening.thenAccept(this::ring);
    }

    @Override
    public void close() throws IOException {
        bell.close();
    }

    // ---- for the models

    Job job() {
        return job;
    }

    boolean isChat() {
        return job == Job.CHAT;
    }

    InetSocketAddress wanted() {
        return wanted;
    }

    String driver() {
        return driver;
    }

    Room room() {
        return room;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Waits for {@link #stop}: for a model that has nothing to do on its own thread. */
    void awaitStop() {
        try {
            stop.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void listening(InetSocketAddress address) {
        listening.complete(address);
    }

    /** Counts a client in; returns its number. */
    long came(Closeable client) {
        clients.add(client);
        long number = numbers.incrementAndGet();
        watch.step(Watch.ACCEPTED, number, "");
        return number;
    }

    void left(Closeable client, long number) {
        if (clients.remove(client)) {
            watch.step(Watch.ENDED, number, "");
        }
    }

    void refused(String why) {
        refusals.accept(why);
    }

    /** Says that a client was ended because it does not read. */
    void tooSlow(long number) {
        refused(
                "client "
                        + number
                        + " does not read: more than "
                        + Outbox.LIMIT_BYTES
                        + " bytes wait for it, so it is ended");
    }

    void step(String what, long connection) {
        watch.step(what, connection, "");
    }

    void step(String what, long connection, String detail) {
        watch.step(what, connection, detail);
    }

    void step(String what, long connection, int bytes) {
        if (isWatched()) {
            watch.step(what, connection, bytes + " bytes");
        }
    }

    void step(String what, long connection, String which, int bytes) {
        if (isWatched()) {
            watch.step(what, connection, which + " " + bytes + " bytes");
        }
    }

    /** Closes every client that is left. */
    void endAll() {
        for (Closeable client : clients) {
            close(client);
        }
    }

    /** Closes what nothing can be done about if it does not close. */
    static void close(Closeable what) {
        try {
            what.close();
        } catch (IOException e) {
            // It is as closed as it gets.
        }
    }

    @SuppressWarnings("ReferenceEquality") // there is one NONE
    private boolean isWatched() {
        return watch != Watch.NONE;
    }

    private void ring(InetSocketAddress door) {
        try {
            bell.connect(door);
        } catch (IOException e) {
            // Nobody listens any more, which is what was wanted.
        }
    }
}
