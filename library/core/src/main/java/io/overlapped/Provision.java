package io.overlapped;

import io.overlapped.spi.Driver;
import org.jspecify.annotations.Nullable;

/**
 * Keeps buffers of the pool lent to the driver, for receives that choose their own. Whenever one
 * comes back with bytes in it, another takes its place; while the pool has none, reception pauses,
 * and it goes on when a buffer is closed.
 */
final class Provision {
    private final BufferPool pool;
    private final Driver driver;
    private int missing;
    private boolean begun;
    private boolean starved;
    private volatile boolean refilled;
    private long pauseCount;

    Provision(BufferPool pool, Driver driver, int count) {
        this.pool = pool;
        this.driver = driver;
        missing = count;
    }

    /** How often the pool had none. */
    long pauseCount() {
        return pauseCount;
    }

    /** From any thread: the pool has a buffer again. */
    void refilled() {
        refilled = true;
    }

    boolean isDue() {
        return refilled;
    }

    /** Lends what is missing, if there is a chance to. */
    void prepare() {
        if (refilled || !begun) {
            begun = true;
            refilled = false;
            provide();
        }
    }

    /** The driver returns a buffer, with so many bytes if it received any. */
    @Nullable IoBuffer returned(int number, int bytes) {
        IoBuffer buffer = pool.buffer(number);
        missing++;
        if (bytes > 0) {
            pool.received(buffer, bytes);
        } else {
            pool.takeBack(buffer);
        }
        provide();
        return bytes > 0 ? buffer : null;
    }

    private void provide() {
        while (missing > 0) {
            IoBuffer buffer = pool.takeToProvide();
            if (buffer == null) {
                paused();
                return;
            }
            missing--;
            driver.provide(buffer.number(), buffer.memory());
        }
        starved = false;
    }

    private void paused() {
        pauseCount++;
        if (!starved) {
            starved = true;
            Events.starved(missing, pool);
        }
    }
}
