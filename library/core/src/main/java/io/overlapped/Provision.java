package io.overlapped;

import io.overlapped.Overlapped.Place;
import io.overlapped.spi.Driver;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives the pool's free buffers to those who wait for them: to the driver, which has some lent for
 * receives that choose their own, and to takes of the program. Whenever one comes back from the
 * driver with bytes in it, another takes its place; while the pool has none, reception pauses, and
 * it goes on when a buffer is closed.
 *
 * <p>When both wait they get a buffer in turn, so that neither starves the other, whatever is
 * received and however many takes are started.
 */
final class Provision {
    private final BufferPool pool;
    private final Driver driver;
    private final Delivery delivery;
    private final OpQueue takes = new OpQueue();
    private int missing;
    private boolean begun;
    private boolean starved;
    private boolean turnOfTakes;
    private volatile boolean refilled;
    private long pauseCount;

    Provision(BufferPool pool, Driver driver, Delivery delivery, int count) {
        this.pool = pool;
        this.driver = driver;
        this.delivery = delivery;
        missing = count;
    }

    /** How often the pool had none to lend. */
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

    /** Gives what there is, if there is a chance to. */
    void prepare() {
        if (refilled || !begun) {
            begun = true;
            refilled = false;
            share();
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
        share();
        return bytes > 0 ? buffer : null;
    }

    /** A take: of a free buffer now, or in its turn. */
    void take(Overlapped o) {
        o.place = Place.POOL;
        takes.add(o);
        share();
    }

    /** It waits no more. */
    void remove(Overlapped o) {
        takes.remove(o);
    }

    @Nullable Overlapped peekTake() {
        return takes.peek();
    }

    void forEachTake(Consumer<Overlapped> action) {
        takes.forEach(action);
    }

    private void share() {
        while (missing > 0 || !takes.isEmpty()) {
            boolean toTake = !takes.isEmpty() && (turnOfTakes || missing == 0);
            if (!(toTake ? hand() : provide())) {
                if (missing > 0) {
                    paused();
                }
                return;
            }
            turnOfTakes = !toTake;
        }
        starved = false;
    }

    private boolean hand() {
        IoBuffer buffer = pool.takeToHand();
        Overlapped o = buffer == null ? null : takes.poll();
        if (buffer == null || o == null) {
            return false;
        }
        o.chose(buffer);
        delivery.add(o, 0);
        return true;
    }

    private boolean provide() {
        IoBuffer buffer = pool.takeToProvide();
        if (buffer == null) {
            return false;
        }
        missing--;
        driver.provide(buffer.number(), buffer.memory());
        return true;
    }

    private void paused() {
        pauseCount++;
        if (!starved) {
            starved = true;
            Events.starved(missing, pool);
        }
    }
}
