package io.overlapped.nio;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.CompletionHandler;
import org.jspecify.annotations.Nullable;

/**
 * What one side of a channel does, one at a time: the handler of a read, a write, a connect or an
 * accept. Whichever thread the channel runs it on, it only keeps the outcome and puts itself into
 * the queue of its driver, which sees to the rest in {@link #ended}.
 *
 * <p>Threads: the one that drives; {@link #completed} and {@link #failed} on any.
 */
abstract class ChannelOperation<V> extends Arrival implements CompletionHandler<V, @Nullable Void> {
    private static final VarHandle STATE;

    static {
        try {
            STATE =
                    MethodHandles.lookup()
                            .findVarHandle(ChannelOperation.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int IDLE = 0;
    private static final int UNDER_WAY = 1;
    private static final int ARRIVED = 2;

    private final NioSocket socket;

    /** Of the thread that drives, but for {@link #arrive}. */
    private int state = IDLE;

    private @Nullable V value;
    private @Nullable Throwable failure;

    ChannelOperation(NioSocket socket) {
        this.socket = socket;
    }

    /** Hands it to the channel. */
    abstract void begin();

    /** It has brought {@code value}, or failed. */
    abstract void ended(@Nullable V value, @Nullable Throwable failure);

    /** Whether the channel has it, or its outcome is still in the queue. */
    final boolean isUnderWay() {
        return state != IDLE;
    }

    final void start() {
        state = UNDER_WAY;
        socket.driver().operationStarted();
        Thread current = Thread.currentThread();
        boolean interrupted = current.isInterrupted();
        try {
            begin();
        } catch (RuntimeException e) {
            failed(e, null);
        }
        if (interrupted) {
            // A channel that runs a handler at once clears it.
            current.interrupt();
        }
    }

    /** Its outcome comes once more, behind what has arrived by now; inside {@link #ended}. */
    final void comeAgain(@Nullable V itsValue) {
        state = UNDER_WAY;
        socket.driver().operationStarted();
        arrive(itsValue, null);
    }

    @Override
    public final void completed(V itsValue, @Nullable Void unused) {
        arrive(itsValue, null);
    }

    @Override
    public final void failed(Throwable itsFailure, @Nullable Void unused) {
        arrive(null, itsFailure);
    }

    @Override
    final void arrived() {
        V itsValue = value;
        Throwable itsFailure = failure;
        value = null;
        failure = null;
        state = IDLE;
        socket.driver().operationEnded();
        ended(itsValue, itsFailure);
        if (socket.isClosing()) {
            socket.closeWhenQuiet();
        }
    }

    /** Once: a channel that could not ask for events tells it again when it is closed. */
    private void arrive(@Nullable V itsValue, @Nullable Throwable itsFailure) {
        if (STATE.compareAndSet(this, UNDER_WAY, ARRIVED)) {
            value = itsValue;
            failure = itsFailure;
            socket.driver().arrived(this);
        }
    }
}
