package io.overlapped;

import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * The way to the flight recorder, whose module may be missing: then no class of its events is
 * loaded, and every question is answered with no.
 */
final class Events {
    /** A constant, so that without a recorder its events cost nothing. */
    private static final boolean PRESENT = isPresent();

    private Events() {}

    static boolean arePresent() {
        return PRESENT;
    }

    /** Whether a recording wants any of the events that come with operations and passes. */
    static boolean areWanted() {
        return isUp() && RecordedEvents.areWanted();
    }

    /** Whether it wants to know how old operations are. */
    static boolean needAges() {
        return isUp() && RecordedEvents.needAges();
    }

    static void submitted(Overlapped o) {
        if (isUp()) {
            RecordedEvents.submitted(o);
        }
    }

    static void completed(Overlapped o, long ageNanos) {
        if (isUp()) {
            RecordedEvents.completed(o, ageNanos);
        }
    }

    static void cancelRequested(Overlapped o, long ageNanos) {
        if (isUp()) {
            RecordedEvents.cancelRequested(o, ageNanos);
        }
    }

    /** An event that has begun, or null if none is wanted. */
    static RecordedEvents.@Nullable SlowRoutine routineBegins(Overlapped o) {
        return isUp() ? RecordedEvents.routineBegins(o) : null;
    }

    static void routineEnds(RecordedEvents.@Nullable SlowRoutine event) {
        if (event != null) {
            RecordedEvents.routineEnds(event);
        }
    }

    static void starved(int missing, BufferPool pool) {
        if (isUp()) {
            RecordedEvents.starved(missing, pool);
        }
    }

    static void overflowed(long count, long total) {
        if (isUp()) {
            RecordedEvents.overflowed(count, total);
        }
    }

    /** Until there was a recording, no class of an event is loaded: a start is quicker. */
    private static boolean isUp() {
        return PRESENT && FlightRecorder.isInitialized();
    }

    /**
     * Whether the module is there and this one reads it, which a static requirement leaves open.
     */
    private static boolean isPresent() {
        try {
            ClassLoader loader = Events.class.getClassLoader();
            Module recorder = Class.forName("jdk.jfr.FlightRecorder", false, loader).getModule();
            return Events.class.getModule().canRead(recorder);
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
