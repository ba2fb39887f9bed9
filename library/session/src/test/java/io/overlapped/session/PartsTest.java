package io.overlapped.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The parts that need no stream. */
class PartsTest {
    private static final long SECOND = 1_000_000_000;

    private static final class Alarm extends Wheel.Entry {
        long atNanos;
        long rangNanos = -1;
    }

    @Test
    void deadlinesComeInTheirTickAndNotBefore() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        long now = random.nextLong(-SECOND, SECOND);
        Wheel wheel = new Wheel(now);
        List<Alarm> alarms = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Alarm alarm = new Alarm();
            // Beyond one turn of the ring, which is 102 s.
            alarm.atNanos = now + random.nextLong(300 * SECOND);
            alarms.add(alarm);
            wheel.schedule(alarm, alarm.atNanos);
        }
        long end = now + 301 * SECOND;
        while (now < end) {
            now += random.nextLong(SECOND / 20, SECOND / 5);
            wheel.turn(now, (entry, at) -> ring(wheel, (Alarm) entry, at));
        }
        assertTrue(wheel.isEmpty());
        for (Alarm alarm : alarms) {
            long late = alarm.rangNanos - alarm.atNanos;
            assertTrue(late >= 0 && late <= SECOND / 2, () -> late + " ns late, seed " + seed);
        }
    }

    private static void ring(Wheel wheel, Alarm alarm, long now) {
        if (now >= alarm.atNanos) {
            alarm.rangNanos = now;
        } else {
            wheel.schedule(alarm, alarm.atNanos);
        }
    }

    @Test
    void anEarlierDeadlineWinsAndALaterOneDoesNot() {
        Wheel wheel = new Wheel(0);
        Alarm alarm = new Alarm();
        wheel.schedule(alarm, 50 * SECOND);
        wheel.schedule(alarm, SECOND);
        wheel.schedule(alarm, 80 * SECOND);
        List<Long> rang = new ArrayList<>();
        for (long now = 0; now < 100 * SECOND; now += Wheel.TICK_NANOS) {
            wheel.turn(now, (_, at) -> rang.add(at));
        }
        assertEquals(List.of(SECOND + Wheel.TICK_NANOS), rang);
    }

    @Test
    void aLongPauseLosesNoDeadline() {
        Wheel wheel = new Wheel(0);
        List<Alarm> alarms = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Alarm alarm = new Alarm();
            alarms.add(alarm);
            wheel.schedule(alarm, i * SECOND / 5);
        }
        Alarm removed = alarms.removeLast();
        wheel.remove(removed);
        wheel.remove(removed);
        wheel.turn(5_000 * SECOND, (entry, at) -> ((Alarm) entry).rangNanos = at);
        assertTrue(wheel.isEmpty());
        assertTrue(alarms.stream().allMatch(alarm -> alarm.rangNanos > 0));
        assertEquals(-1, removed.rangNanos);
    }

    @Test
    void aBurstIsTakenAndThenOnlyTheRate() {
        RateGate gate = new RateGate(new Limits.Input(Duration.ofSeconds(1), 20, 5, 1000, 3), 0);
        assertEquals(20, taken(gate, 0));
        assertEquals(0, taken(gate, 0));
        assertEquals(5, taken(gate, SECOND));
        assertEquals(20, taken(gate, 100 * SECOND));
    }

    @Test
    void aFrameThatIsLongerThanTheBytesLeftIsTakenAndPaidForAfterwards() {
        RateGate gate = new RateGate(new Limits.Input(Duration.ofSeconds(1), 99, 99, 1000, 3), 0);
        gate.charge(3_000);
        assertFalse(gate.isOpen(0));
        assertFalse(gate.isOpen(2 * SECOND));
        assertTrue(gate.isOpen(2 * SECOND + SECOND / 10));
    }

    @Test
    void strikesComeOnceASecondAndAreForgotten() {
        RateGate gate = new RateGate(new Limits.Input(Duration.ofSeconds(1), 1, 1, 1000, 2), 0);
        assertFalse(gate.strike(0));
        assertFalse(gate.strike(SECOND / 2));
        assertFalse(gate.strike(SECOND));
        assertFalse(gate.strike(40 * SECOND));
        assertFalse(gate.strike(41 * SECOND));
        assertTrue(gate.strike(42 * SECOND));
    }

    @Test
    void theSustainedRateIsReachedWithHoweverSmallABurst() {
        RateGate gate =
                new RateGate(new Limits.Input(Duration.ofSeconds(1), 1, 100, 1 << 20, 3), 0);
        assertEquals(1, taken(gate, 0));
        int count = 0;
        for (long now = Wheel.TICK_NANOS; now <= 10 * SECOND; now += Wheel.TICK_NANOS) {
            count += taken(gate, now);
        }
        assertEquals(1_000, count, 10);
        // Who was quiet begins with a burst, and one who had to wait long with a little of it.
        assertTrue(taken(gate, 1_000 * SECOND) <= 20);
        RateGate quiet =
                new RateGate(new Limits.Input(Duration.ofSeconds(1), 1, 100, 1 << 20, 3), 0);
        assertEquals(1, taken(quiet, 1_000 * SECOND));
    }

    private static int taken(RateGate gate, long now) {
        int count = 0;
        while (gate.isOpen(now)) {
            gate.charge(10);
            count++;
        }
        return count;
    }

    @Test
    void anAddressHasSoManySessionsAtOnceAndInAWhile() throws UnknownHostException {
        Limits.Admission limits = new Limits.Admission(100, 2, 4, Duration.ofSeconds(10));
        Addresses addresses = new Addresses(limits, 0);
        InetAddress one = InetAddress.getByName("192.0.2.1");
        InetAddress other = InetAddress.getByName("192.0.2.2");
        assertTrue(addresses.admit(one, 0));
        assertTrue(addresses.admit(one, 0));
        assertFalse(addresses.admit(one, 0));
        assertTrue(addresses.admit(other, 0));
        for (int i = 0; i < 2; i++) {
            addresses.release(one, 0);
            assertTrue(addresses.admit(one, 0));
        }
        addresses.release(one, 0);
        assertFalse(addresses.admit(one, 9 * SECOND));
        assertTrue(addresses.admit(one, 10 * SECOND));
    }

    @Test
    void anIpv6PrefixIsOneAddress() throws UnknownHostException {
        Limits.Admission limits = new Limits.Admission(100, 1, 4, Duration.ofSeconds(10));
        Addresses addresses = new Addresses(limits, 0);
        assertTrue(addresses.admit(InetAddress.getByName("2001:db8:0:1::1"), 0));
        assertFalse(addresses.admit(InetAddress.getByName("2001:db8:0:1:ffff::2"), 0));
        assertTrue(addresses.admit(InetAddress.getByName("2001:db8:0:2::1"), 0));
    }

    @Test
    void addressesWithoutSessionsAreForgotten() throws UnknownHostException {
        Limits.Admission limits = new Limits.Admission(100, 1, 4, Duration.ofSeconds(10));
        Addresses addresses = new Addresses(limits, 0);
        for (int i = 1; i <= 200; i++) {
            InetAddress address = InetAddress.getByName("192.0.2." + i);
            assertTrue(addresses.admit(address, i * SECOND / 10));
            addresses.release(address, i * SECOND / 10);
        }
        assertTrue(addresses.size() <= 110, () -> addresses.size() + " addresses are remembered");
    }

    @Test
    void theTableNamesEveryLimit() {
        String table = Limits.library().table();
        assertTrue(table.contains("login.deadline"), table);
        assertTrue(table.contains("admission.newWindow          10m"), table);
        assertEquals(23, table.lines().count(), table);
        String hops = Limits.game().withHops(Networks.of("10.0.0.0/8", "192.0.2.7")).table();
        assertTrue(hops.contains("admission.hops               10.0.0.0/8 192.0.2.7"), hops);
    }

    @Test
    void aLimitOutOfItsRangeIsRefusedByName() {
        String message =
                assertThrows(IllegalArgumentException.class, () -> new Limits.Turn(0, 1))
                        .getMessage();
        assertTrue(message.contains("turn.framesMax is 0"), message);
        assertThrows(
                IllegalArgumentException.class, () -> new Limits.Output(1, Duration.ofSeconds(-1)));
        // Strikes are forgotten before there could be so many.
        assertThrows(
                IllegalArgumentException.class,
                () -> new Limits.Input(Duration.ofSeconds(1), 1, 1, 1, 21));
    }

    @Test
    void asManyStrikesAsThereMayBeComeBeforeTheFirstIsForgotten() {
        int most = 20;
        RateGate gate = new RateGate(new Limits.Input(Duration.ofSeconds(1), 1, 1, 1000, most), 0);
        // Ticks come late: a second of strikes lasts up to two ticks more.
        long second = SECOND + 2 * Wheel.TICK_NANOS;
        for (int i = 0; i < most; i++) {
            assertFalse(gate.strike(i * second), "strike " + i);
        }
        assertTrue(gate.strike(most * second));
    }

    @Test
    void asManyAddressesAreRememberedAsThereMayBeSessions() {
        int many = 200_000;
        Limits.Admission limits = new Limits.Admission(many, 1, 1, Duration.ofHours(1));
        Addresses addresses = new Addresses(limits, 0);
        for (int i = 0; i < many; i++) {
            byte[] address = {10, (byte) (i >>> 16), (byte) (i >>> 8), (byte) i};
            assertTrue(addresses.admit(address(address), 0), "address " + i);
        }
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aKindOfLineIsLoggedOnceInAWhileAndTheRestCounted() {
        List<String> lines = new ArrayList<>();
        RateLimitedLog log = new RateLimitedLog(new Lines(lines));
        System.Logger.Level level = System.Logger.Level.INFO;
        for (int i = 0; i < 1_000; i++) {
            log.log(level, "a", 0, () -> "first");
        }
        assertTrue(log.log(level, "b", 0, () -> "other"));
        assertTrue(log.log(level, "a", 10 * SECOND, () -> "second"));
        assertEquals(
                List.of("first", "other", "second (and 999 more like it since the last line)"),
                lines);
    }

    private record Lines(List<String> lines) implements System.Logger {
        @Override
        public String getName() {
            return "lines";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
            lines.add(text);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... params) {
            lines.add(format);
        }
    }
}
