package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.OverlappedException;
import io.overlapped.Status;
import io.overlapped.StreamOption;

/** The options of sockets. */
class OptionsTest {

    @Conformance
    void smallSendsLeaveAtOnceByDefaultAtBothEnds(Bench b) {
        var pair = b.pair();
        assertEquals(1, pair.near().get(StreamOption.NO_DELAY));
        assertEquals(1, pair.far().get(StreamOption.NO_DELAY));
        pair.near().set(StreamOption.NO_DELAY, 0);
        assertEquals(0, pair.near().get(StreamOption.NO_DELAY));
    }

    @Conformance
    void keepAliveIsSwitchedOnAndOff(Bench b) {
        var pair = b.pair();
        assertEquals(0, pair.near().get(StreamOption.KEEP_ALIVE));
        pair.near().set(StreamOption.KEEP_ALIVE, 1);
        assertEquals(1, pair.near().get(StreamOption.KEEP_ALIVE));
    }

    @Conformance
    void bufferSizesAreAtLeastWhatWasAskedFor(Bench b) {
        var pair = b.pair();
        pair.near().set(StreamOption.SEND_BUFFER_BYTES, 20_000);
        pair.near().set(StreamOption.RECEIVE_BUFFER_BYTES, 30_000);
        assertTrue(pair.near().get(StreamOption.SEND_BUFFER_BYTES) >= 20_000);
        assertTrue(pair.near().get(StreamOption.RECEIVE_BUFFER_BYTES) >= 30_000);
    }

    @Conformance
    void lingerIsOffUntilItIsSet(Bench b) {
        var pair = b.pair();
        assertEquals(-1, pair.near().get(StreamOption.LINGER_SECONDS));
        pair.near().set(StreamOption.LINGER_SECONDS, 0);
        assertEquals(0, pair.near().get(StreamOption.LINGER_SECONDS));
        pair.near().set(StreamOption.LINGER_SECONDS, -1);
        assertEquals(-1, pair.near().get(StreamOption.LINGER_SECONDS));
    }

    @Conformance
    void listenersReuseTheirAddress(Bench b) {
        var listener = b.listener();
        assertEquals(1, listener.get(StreamOption.REUSE_ADDRESS));
    }

    @Conformance
    void whatAPlatformLacksIsSaidByStatus(Bench b) {
        var pair = b.pair();
        try {
            pair.near().set(StreamOption.USER_TIMEOUT_MILLIS, 5000);
            assertEquals(5000, pair.near().get(StreamOption.USER_TIMEOUT_MILLIS));
        } catch (OverlappedException e) {
            assertEquals(Status.UNSUPPORTED, e.status());
            assertTrue(b.isNio(), "only NIO.2 lacks it");
        }
    }

    @Conformance
    void aValueThatIsNoneIsRefused(Bench b) {
        var pair = b.pair();
        assertThrows(
                RuntimeException.class,
                () -> pair.near().set(StreamOption.USER_TIMEOUT_MILLIS, -7));
    }
}
