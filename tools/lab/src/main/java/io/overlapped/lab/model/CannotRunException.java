package io.overlapped.lab.model;

import java.io.Serial;

/**
 * A model needs what this machine does not have; the message says what.
 *
 * <p>Threads: a value.
 */
public final class CannotRunException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    public CannotRunException(String message) {
        super(message);
    }
}
