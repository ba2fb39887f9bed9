package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The memory of a pool: its proactor ends while another has a loan, or takes one. */
class KeepersLincheckTest {

    @Test
    void theLastLoanOrTheEndFreesTheMemory() {
        Checks.requireAlways(
                () -> {
                    AtomicInteger freed = Checks.shared(new AtomicInteger());
                    Keepers keepers = Checks.shared(new Keepers(freed::incrementAndGet));
                    keepers.keep();
                    Thread other = new Thread(keepers::letGo);
                    other.start();
                    keepers.end(0);
                    SleepLincheckTest.join(other);
                    assertEquals(1, freed.get());
                });
    }

    @Test
    void aLoanThatMeetsTheEndIsRefusedOrKeepsTheMemory() {
        Checks.requireAlways(
                () -> {
                    AtomicInteger freed = Checks.shared(new AtomicInteger());
                    AtomicInteger seen = Checks.shared(new AtomicInteger());
                    Keepers keepers = Checks.shared(new Keepers(freed::incrementAndGet));
                    Thread other =
                            new Thread(
                                    () -> {
                                        if (keepers.keep()) {
                                            seen.set(freed.get());
                                            keepers.letGo();
                                        }
                                    });
                    other.start();
                    keepers.end(0);
                    SleepLincheckTest.join(other);
                    assertEquals(0, seen.get(), "freed under the loan");
                    assertEquals(1, freed.get());
                });
    }

    @Test
    void aBufferThatIsClosedWhileItsPoolEndsFreesIt() {
        Checks.requireAlways(
                () -> {
                    AtomicInteger freed = Checks.shared(new AtomicInteger());
                    Keepers keepers = Checks.shared(new Keepers(freed::incrementAndGet));
                    keepers.end(2);
                    Thread other = new Thread(keepers::letGo);
                    other.start();
                    keepers.letGo();
                    SleepLincheckTest.join(other);
                    assertEquals(1, freed.get());
                });
    }

    @Test
    void aTwinThatLooksBeforeItCountsIsFound() {
        Checks.requireNotAlways(
                () -> {
                    Twin twin = Checks.shared(new Twin());
                    Thread other =
                            new Thread(
                                    () -> {
                                        if (twin.keep()) {
                                            twin.letGo();
                                        }
                                    });
                    other.start();
                    twin.end();
                    SleepLincheckTest.join(other);
                    assertEquals(1, twin.freed.get());
                });
    }

    private static final class Twin {
        private static final int ENDED = Integer.MIN_VALUE;

        private final AtomicInteger state = new AtomicInteger();
        final AtomicInteger freed = new AtomicInteger();

        boolean keep() {
            if (state.get() == ENDED) {
                return false;
            }
            state.incrementAndGet();
            return true;
        }

        void letGo() {
            if (state.getAndDecrement() == ENDED + 1) {
                freed.incrementAndGet();
            }
        }

        void end() {
            if (state.getAndAdd(ENDED) == 0) {
                freed.incrementAndGet();
            }
        }
    }
}
