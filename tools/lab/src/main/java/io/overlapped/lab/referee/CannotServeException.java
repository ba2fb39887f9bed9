package io.overlapped.lab.referee;

/** A model's process did not get ready, and why. */
public final class CannotServeException extends Exception {
    private static final long serialVersionUID = 1L;

    CannotServeException(String why) {
        super(why);
    }
}
