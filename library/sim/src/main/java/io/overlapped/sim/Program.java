package io.overlapped.sim;

/**
 * What a host runs. It is started when the host boots, and again when it comes back after a crash,
 * with a new proactor; it opens servers or starts operations there, and returns. From then on the
 * world polls the proactor.
 *
 * <p>Threads: the world's only one.
 */
@FunctionalInterface
public interface Program {
    void start(Host host);
}
