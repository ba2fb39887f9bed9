package io.overlapped;

import org.jspecify.annotations.Nullable;

/** Carries out what the options say of routines that throw. On the proactor's thread. */
final class RoutineFailures {
    private final Options.RoutineFailure policy;
    private long count;

    RoutineFailures(Options.RoutineFailure policy) {
        this.policy = policy;
    }

    /** How many have thrown. */
    long count() {
        return count;
    }

    /**
     * The routine of {@code o} threw.
     *
     * @param stream what it was on when it completed; the routine may have started it elsewhere
     * @param listener what it was accepted from, if it was
     */
    void threw(
            Overlapped o,
            @Nullable TcpStream stream,
            @Nullable TcpListener listener,
            Throwable thrown) {
        count++;
        if (o.isOwn() || isFatal(thrown) || policy == Options.RoutineFailure.RETHROW) {
            throw again(thrown);
        }
        Log.errorSoon("a completion routine threw; its stream is closed", thrown);
        if (stream != null) {
            stream.close();
        }
        if (listener != null && !listener.isClosed() && !o.isPending()) {
            acceptAgain(listener, o);
        }
    }

    private static void acceptAgain(TcpListener listener, Overlapped o) {
        try {
            listener.accept(o);
        } catch (IllegalStateException e) {
            // Another thread has the block by now, and so the listener is not forgotten.
        }
    }

    /**
     * Whether the JVM may not survive it. An overflown stack has been left, and what filled the
     * heap may be garbage by now.
     */
    static boolean isFatal(Throwable thrown) {
        return thrown instanceof VirtualMachineError
                && !(thrown instanceof StackOverflowError)
                && !(thrown instanceof OutOfMemoryError);
    }

    /** Throws it whatever it is, checked ones too, which routines can throw without saying so. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException again(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
