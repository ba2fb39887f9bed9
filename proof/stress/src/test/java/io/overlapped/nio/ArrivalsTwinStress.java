package io.overlapped.nio;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.overlapped.nio.ArrivalsStress.Sum;
import io.overlapped.nio.ArrivalsStress.Told;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** {@link ArrivalsStress} with a planted fault, which it has to find. */
public final class ArrivalsTwinStress {
    /** Long enough to be seen on a busy machine too. */
    private static final int PAUSES = 20;

    private ArrivalsTwinStress() {}

    /** Adds itself before it keeps its outcome. */
    @JCStressTest
    @Outcome(
            id = {"0", "7"},
            expect = ACCEPTABLE,
            desc = "nothing, or whole")
    @Outcome(expect = FORBIDDEN, desc = "the fault")
    @State
    public static class ArrivalsArePublishedEarly {
        private final Arrivals arrivals = new Arrivals();
        private final Sum sum = new Sum();
        private final Told told = new Told(sum);

        @Actor
        public void poller() {
            arrivals.add(told);
            for (int pause = 0; pause < PAUSES; pause++) {
                Thread.onSpinWait();
            }
            told.outcome = 7;
        }

        @Actor
        public void driver(I_Result r) {
            arrivals.deliver();
            r.r1 = sum.value;
        }
    }
}
