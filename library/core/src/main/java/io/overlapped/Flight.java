package io.overlapped;

import io.overlapped.Overlapped.Place;
import io.overlapped.spi.Driver;
import java.util.Objects;

/**
 * The operations that the driver has, and those that wait for their turn because it has as many as
 * it may.
 */
final class Flight {
    private final Options options;
    private final Counters counters;
    private final Slots slots = new Slots();
    private final OpQueue held = new OpQueue();
    private long heldCount;
    private long staleCount;

    Flight(Options options, Counters counters) {
        this.options = options;
        this.counters = counters;
    }

    int count() {
        return slots.count();
    }

    /** How many had to wait for their turn. */
    long heldCount() {
        return heldCount;
    }

    /** How many completions were for no operation in flight. */
    long staleCount() {
        return staleCount;
    }

    /**
     * Gives the operation a token and hands it to the driver, or keeps it until there is room.
     * False if it is refused, and is to end.
     */
    boolean launchOrHold(Overlapped o) {
        if (slots.count() < options.operations().max()) {
            launch(o);
            endpointOf(o).launched(o);
            return true;
        }
        if (options.operations().overLimit() == Options.OverLimit.REFUSE) {
            return false;
        }
        o.place = Place.HELD;
        held.add(o);
        heldCount++;
        return true;
    }

    /** Gives the operation a token, over the limit too, as a close must never wait. */
    void launch(Overlapped o) {
        slots.add(o);
        counters.inFlight(slots.count());
        o.place = Place.DRIVER;
    }

    void unhold(Overlapped o) {
        held.remove(o);
    }

    void completed(long token, int result, int flags, Provision provision) {
        Overlapped o = slots.remove(token);
        if (o == null) {
            staleCount++;
            if ((flags & Driver.BUFFER) != 0) {
                var _ = provision.returned(flags >>> Driver.BUFFER_SHIFT, 0);
            }
            return;
        }
        if (o.operation() == Operation.CLOSE) {
            endpointOf(o).closed();
        } else {
            endpointOf(o).completed(o, result, flags);
        }
        launchHeld();
    }

    private void launchHeld() {
        while (slots.count() < options.operations().max()) {
            Overlapped o = held.poll();
            if (o == null) {
                return;
            }
            launch(o);
            endpointOf(o).launched(o);
        }
    }

    private static Endpoint endpointOf(Overlapped o) {
        return Objects.requireNonNull(o.endpoint);
    }
}
