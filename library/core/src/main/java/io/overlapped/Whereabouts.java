package io.overlapped;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the buffers of a checked pool are, told by few places with a count each: what the program
 * has, by where it was taken, and what operations have, by where they were started.
 */
final class Whereabouts {
    /** What the trace of a buffer says that a program took, and that of an operation. */
    static final String TAKEN = "taken here";

    static final String STARTED = "started here";

    private static final int PLACES_MAX = 5;

    /** Frames of these are on the way to the pool. */
    private static final Set<String> OURS =
            Set.of(
                    IoBuffer.class.getName(),
                    BufferPool.class.getName(),
                    Overlapped.class.getName(),
                    TcpStream.class.getName());

    private final Map<String, Integer> held = new LinkedHashMap<>();
    private final Map<String, Integer> lent = new LinkedHashMap<>();
    private int provided;

    void add(IoBuffer buffer) {
        if (buffer.isHeld()) {
            addHeld(buffer);
        } else if (buffer.isProvided()) {
            provided++;
        } else if (buffer.isLentToOperation()) {
            lent.merge(place("started at ", buffer.lentAt()), 1, Integer::sum);
        }
    }

    void addHeld(IoBuffer buffer) {
        Throwable taken = buffer.taken();
        boolean byOperation = taken != null && STARTED.equals(taken.getMessage());
        String how = byOperation ? "got by an operation started at " : "taken at ";
        held.merge(place(how, taken), 1, Integer::sum);
    }

    /** As {@code "3 held by the program: 2 taken at A.b(A.java:1), 1 taken at C.d(C.java:2)"}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (!held.isEmpty()) {
            parts.add(sum(held) + " held by the program: " + places(held));
        }
        if (!lent.isEmpty()) {
            parts.add(sum(lent) + " lent to operations: " + places(lent));
        }
        if (provided > 0) {
            parts.add(provided + " provided for reception");
        }
        return String.join("; ", parts);
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The most frequent first. */
    private static String places(Map<String, Integer> counts) {
        List<String> texts =
                new ArrayList<>(
                        counts.entrySet().stream()
                                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                                .limit(PLACES_MAX)
                                .map(entry -> entry.getValue() + " " + entry.getKey())
                                .toList());
        if (counts.size() > PLACES_MAX) {
            texts.add("the others at " + (counts.size() - PLACES_MAX) + " more places");
        }
        return String.join(", ", texts);
    }

    private static String place(String how, @Nullable Throwable trace) {
        if (trace == null) {
            return "by a proactor that is not checked";
        }
        for (StackTraceElement frame : trace.getStackTrace()) {
            if (!OURS.contains(frame.getClassName())) {
                return how + shortened(frame);
            }
        }
        return how + "a place that the JVM does not tell";
    }

    /** Without loader, module and package, as far as an editor finds it. */
    private static String shortened(StackTraceElement frame) {
        String name = frame.getClassName();
        return name.substring(name.lastIndexOf('.') + 1)
                + "."
                + frame.getMethodName()
                + "("
                + frame.getFileName()
                + ":"
                + frame.getLineNumber()
                + ")";
    }
}
