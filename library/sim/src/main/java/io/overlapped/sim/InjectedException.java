package io.overlapped.sim;

/** What {@link World#mayThrow} throws: a handler that fails. */
public final class InjectedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InjectedException(String where) {
        super("injected in " + where, null, false, false);
    }
}
