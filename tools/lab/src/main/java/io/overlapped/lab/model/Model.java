package io.overlapped.lab.model;

import java.io.IOException;

/**
 * A way to serve many clients.
 *
 * <p>Threads: {@link #serve} keeps the one that calls it.
 */
@FunctionalInterface
public interface Model {
    /**
     * Listens, says so with {@link Serving#listening}, and serves until {@link Serving#isStopping}.
     * Its own threads have ended when it returns. It need not close its clients: {@link
     * Serving#run} does.
     *
     * @throws CannotRunException if this machine does not have what it needs
     * @throws IOException if the address cannot be had
     */
    void serve(Serving serving) throws IOException;
}
