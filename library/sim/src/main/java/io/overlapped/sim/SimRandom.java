package io.overlapped.sim;

import java.util.random.RandomGenerator;

/**
 * The one source of choices: a generator whose numbers depend on its seed alone, on every platform
 * and in every release. The algorithm is SplitMix64 (Steele, Lea and Flood, 2014).
 *
 * <p>Threads: one.
 */
final class SimRandom implements RandomGenerator {
    private static final long GAMMA = 0x9E37_79B9_7F4A_7C15L;

    private long state;

    SimRandom(long seed) {
        state = seed;
    }

    @Override
    public long nextLong() {
        state += GAMMA;
        return mixed(state);
    }

    /** A number in [0, bound). */
    @Override
    public int nextInt(int bound) {
        return (int) (((nextLong() >>> 33) * bound) >>> 31);
    }

    /** A number in [least, most]. */
    long between(long least, long most) {
        return least + Math.floorMod(nextLong() >>> 1, most - least + 1);
    }

    /** A duration of this mean, short ones being more likely: an exponential distribution. */
    long exponentialNanos(long meanNanos) {
        return (long) (-StrictMath.log(1 - nextDouble()) * meanNanos);
    }

    /** One generator more, whose numbers have nothing to do with those of this one. */
    SimRandom split() {
        return new SimRandom(nextLong());
    }

    static long mixed(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
