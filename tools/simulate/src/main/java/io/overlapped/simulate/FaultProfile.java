package io.overlapped.simulate;

import io.overlapped.sim.Fault;
import io.overlapped.sim.Faults;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names people choose faults by: {@code swarm}, {@code none}, or some of them, each with a rate
 * or without: {@code reset,split=0.5}.
 *
 * <p>Threads: any.
 */
public final class FaultProfile {
    /** Of what ends a connection, so few that something goes on meanwhile. */
    private static final double RATE_OF_ENDS = 0.001;

    private static final double RATE = 0.1;
    private static final double TIMES_AN_HOUR = 120;

    private static final Set<Fault> ENDS =
            EnumSet.of(Fault.RESET, Fault.HALF_CLOSE, Fault.CLOG, Fault.MEMORY, Fault.HANDLER);

    private FaultProfile() {}

    /**
     * The faults behind a text.
     *
     * @throws IllegalArgumentException if there is no such fault, or its rate is out of range
     */
    public static Faults of(String text) {
        return switch (text) {
            case "swarm" -> Faults.swarm();
            case "none" -> Faults.none();
            default -> chosen(text);
        };
    }

    /** All names, for a message. */
    public static String names() {
        return Arrays.stream(Fault.values())
                .map(FaultProfile::name)
                .collect(Collectors.joining(", ", "swarm, none, ", ""));
    }

    private static Faults chosen(String text) {
        Faults faults = Faults.none();
        for (String one : text.split(",", -1)) {
            int equals = one.indexOf('=');
            Fault fault = fault(equals < 0 ? one : one.substring(0, equals));
            double rate = equals < 0 ? usual(fault) : rate(one, one.substring(equals + 1));
            faults = faults.with(fault, rate);
        }
        return faults;
    }

    private static Fault fault(String name) {
        for (Fault fault : Fault.values()) {
            if (name(fault).equals(name.toLowerCase(Locale.ROOT).replace('_', '-'))) {
                return fault;
            }
        }
        throw new IllegalArgumentException(
                "there is no fault '" + name + "'; choose of: " + names());
    }

    private static String name(Fault fault) {
        return fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static double usual(Fault fault) {
        if (fault.isTimed()) {
            return TIMES_AN_HOUR;
        }
        return ENDS.contains(fault) ? RATE_OF_ENDS : RATE;
    }

    private static double rate(String one, String number) {
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + one + "' has no rate: write for instance reset=0.001", e);
        }
    }
}
