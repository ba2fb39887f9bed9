package io.overlapped.nio;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** What the poller's thread shares with the one that drives. */
public final class ArrivalsStress {
    private ArrivalsStress() {}

    /** What was written before an adding is there in its turn, and no turn is lost. */
    @JCStressTest
    @Outcome(id = "14", expect = ACCEPTABLE, desc = "both, whole")
    @Outcome(expect = FORBIDDEN, desc = "lost, or without its contents")
    @State
    public static class ArrivalsArePublished {
        private final Arrivals arrivals = new Arrivals();
        private final Sum sum = new Sum();
        private final Told first = new Told(sum);
        private final Told second = new Told(sum);

        @Actor
        public void poller() {
            first.outcome = 7;
            arrivals.add(first);
            second.outcome = 7;
            arrivals.add(second);
        }

        @Actor
        public void driver() {
            arrivals.deliver();
        }

        @Arbiter
        public void driverLater(I_Result r) {
            arrivals.deliver();
            r.r1 = sum.value;
        }
    }

    static final class Sum {
        int value;
    }

    /** Counts what it does not see as a mistake that shows in every sum. */
    static final class Told extends Arrival {
        int outcome;
        private final Sum sum;

        Told(Sum sum) {
            this.sum = sum;
        }

        @Override
        void arrived() {
            sum.value += outcome == 7 ? 7 : 1000;
        }
    }
}
