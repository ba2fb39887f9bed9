package io.overlapped.spi;

import io.overlapped.DriverReport;
import io.overlapped.StreamOption;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The mechanism under a proactor: it starts operations and reports the end of each exactly once.
 *
 * <p>A driver knows tokens, sockets, memory and results, and nothing of who asked. A token is never
 * negative. A result is a count, or a socket, when it is zero or more; below zero it is a negated
 * {@link Errno}, with Linux's numbers on every platform. No operation completes inside the call
 * that starts it: completions are passed on by {@link #drive} alone.
 *
 * <p>The proactor keeps these promises, so that no driver repeats them: on one socket at most one
 * accept, one receive and one connect or send are in flight; {@link #close(long, int)} is called
 * once, when none of them is; memory that was lent stays valid until the completion; a token comes
 * back into use only after its completion. Timers, queues, retries and budgets are the proactor's.
 *
 * <p>Threads: {@link #wake}, {@link #listen}, {@link #set}, {@link #get}, {@link #localAddress},
 * {@link #remoteAddress}, {@link #sendNow}, {@link #isWatched}, {@link #discard}, {@link #nanoTime}
 * and {@link #report} from any thread; everything else from the thread that opened the driver, but
 * for {@link #shutdown} when that thread has ended.
 */
public interface Driver extends AutoCloseable {
    /** Nothing more to say of a completion. */
    int NO_FLAGS = 0;

    /**
     * The received bytes are at the start of the provided buffer whose number is {@code flags >>>}
     * {@link #BUFFER_SHIFT}. The buffer is the proactor's again, whatever the result is.
     */
    int BUFFER = 1;

    /**
     * A cancelled send may have left in part, so nothing more can be sent on its stream. A count
     * below what was asked for says the same.
     */
    int CUT = 2;

    int BUFFER_SHIFT = 16;

    String name();

    /**
     * Binds and listens. {@code 0.0.0.0} is every address of IPv4 alone, {@code ::} every address
     * of both families, whatever the system is set to.
     *
     * @param backlog connections the kernel completes ahead of an accept; it may use fewer
     * @param shared whether several listeners may share the address (SO_REUSEPORT)
     * @return a socket, or a negated errno
     */
    int listen(InetSocketAddress address, int backlog, boolean shared);

    /** Makes a socket with which to connect to {@code peer}; a socket, or a negated errno. */
    int open(InetSocketAddress peer);

    /**
     * Sets an option; 0, or a negated errno ({@code ENOPROTOOPT} where there is no such option).
     */
    int set(int socket, StreamOption option, int value);

    /** The value of an option, or a negated errno. −1 is a value, that of a linger switched off. */
    int get(int socket, StreamOption option);

    /** Null when the socket has none. */
    @Nullable InetSocketAddress localAddress(int socket);

    /** Null when the socket has none; one that had a peer keeps it until it is closed. */
    @Nullable InetSocketAddress remoteAddress(int socket);

    /**
     * Accepts one connection; the result is its socket. A failure for want of descriptors or memory
     * is reported once per call: the proactor decides when to call again.
     */
    void accept(long token, int listener);

    void connect(long token, int socket, InetSocketAddress peer);

    /**
     * Receives at least one byte into {@code pieces}, filled in order; 0 is the end of the stream.
     */
    void receive(long token, int socket, IoVector pieces);

    /**
     * Receives at least one byte into a provided buffer of the driver's choice, taken only when
     * there is data, and completes with {@link #BUFFER}; 0 is the end of the stream. While no
     * buffer is provided the operation waits; it never fails for that.
     */
    void receive(long token, int socket);

    /**
     * Sends the bytes of {@code pieces} in order. The result may be short; the proactor then sends
     * the rest. A result of 0 is an error of the driver.
     */
    void send(long token, int socket, IoVector pieces);

    /** Whether {@link #sendNow} ever sends. */
    default boolean sendsNow() {
        return false;
    }

    /**
     * Sends what the system takes at once, if no send is in flight on the socket; from any thread.
     * The proactor sees to it that the socket is not closed meanwhile.
     *
     * @return how many bytes were sent, which may be none, or a negated errno
     */
    default int sendNow(int socket, MemorySegment memory, long start, int bytes) {
        return 0;
    }

    /**
     * Whether {@link #drive} returns as soon as anything happens on this socket, though no receive
     * was started: then a receive that chooses its buffer may as well be started after that. From
     * any thread, and for a socket that is gone too. It turns false before {@code drive} returns
     * with what happened.
     */
    default boolean isWatched(int socket) {
        return false;
    }

    /**
     * The thread that drives is the proactor's own, and other threads wait for what it brings them.
     * Told at most once.
     */
    default void servesThreads() {}

    /** Ends the stream towards the peer, after what was sent; 0 or a negated errno. */
    int shutdownOutput(int socket);

    /**
     * Asks for an early end: the operation still completes once, with its real result or {@code
     * -ECANCELED}. A cancelled receive takes no byte from the stream: the next one gets the next
     * byte. A token that is not in flight is ignored.
     *
     * @param socket the one that the operation was started on, which may be closed by now
     */
    void cancel(long token, int socket);

    /**
     * Closes a socket with no operation in flight; completes with 0 once its address and descriptor
     * are free and nothing that was received for it can be reported any more. A peer some of whose
     * bytes the driver has and nobody received is reset, as the system does with what it has
     * itself; so is one that waits at a listener.
     */
    void close(long token, int socket);

    /**
     * Takes a stream off this driver without closing it, so that another driver of the same kind in
     * this process can {@link #attach} it, on its own thread. For a connected stream that nothing
     * was started on: one that was accepted and not used yet.
     *
     * @return the number by which it is attached or {@link #discard}ed, one of them and once, as
     *     its connection stays open until then; or a negated errno, with which it stays a socket of
     *     this driver: {@code EBUSY} for one that is in use, {@code EOPNOTSUPP} if no stream can
     *     change its driver
     */
    default int detach(int socket) {
        return -Errno.EOPNOTSUPP;
    }

    /**
     * Makes a stream that was detached a socket of this driver.
     *
     * @return the socket, or a negated errno, with which the stream stays detached
     */
    default int attach(int detached) {
        return -Errno.EOPNOTSUPP;
    }

    /**
     * Closes a stream that was detached and that nobody attaches. From any thread, and of a driver
     * that was shut down too.
     */
    default void discard(int detached) {}

    /**
     * Lends a buffer for receives that choose their own.
     *
     * @param buffer its number, 0 to 65,535
     */
    void provide(int buffer, MemorySegment memory);

    /**
     * Hands started operations to the system, waits at most {@code timeoutNanos} for a completion,
     * and passes on those there are. It may return early with none.
     *
     * @param timeoutNanos 0 not to wait, {@link Long#MAX_VALUE} to wait without limit
     * @return how many completions were passed on
     */
    int drive(long timeoutNanos, Sink sink);

    /**
     * Makes the present or else the next {@link #drive} return without waiting. Does nothing after
     * {@link #shutdown}, with which it may race.
     */
    void wake();

    /**
     * The clock of deadlines: monotonic, with an arbitrary origin, like {@link System#nanoTime}.
     */
    long nanoTime();

    /**
     * How often more had completed than the driver's queue for that holds. On the driver's thread.
     */
    default long overflowCount() {
        return 0;
    }

    DriverReport report();

    /** Asked for once, when the proactor is opened. */
    default Probe probe() {
        return Probe.NONE;
    }

    /**
     * Ends what is in flight, closes every socket and what was accepted ahead, and frees what the
     * driver holds. Nothing completes any more. What the system may still write to is leaked, never
     * freed.
     *
     * <p>On the thread that opened the driver; on any other once that thread has ended, and then
     * the answer may be false though nothing is left, as it cannot be known.
     *
     * @return whether nothing is in flight any more, so that lent memory may be freed too
     * @throws IllegalStateException on another thread while the one that opened it lives
     */
    boolean shutdown();

    @Override
    default void close() {
        shutdown();
    }

    /** Takes completions out of {@link Driver#drive}; it may start operations. */
    @FunctionalInterface
    interface Sink {
        /**
         * The wait is over, and completions may follow. A driver that says so spares operations
         * that were started meanwhile by other threads another round.
         */
        default void awake() {}

        void completed(long token, int result, int flags);
    }
}
