package io.overlapped;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * The flight recorder's events. Only {@link Events} comes here, and only where the recorder's
 * module is there. Events that come with every operation are off until a recording asks for them by
 * name.
 */
final class RecordedEvents {
    private static final String CATEGORY = "Overlapped";

    /** What the events of one operation share. */
    abstract static class OfOperation extends Event {
        @Label("Operation")
        @Nullable String operation;

        @Label("Socket")
        @Description("TcpStream.number or TcpListener.number; -1 if there is none")
        int socket;
    }

    @Name("io.overlapped.Submit")
    @Label("Operation Started")
    @Category(CATEGORY)
    @Enabled(false)
    @StackTrace(false)
    static final class Submit extends OfOperation {
        static final Submit ASKED = new Submit();

        @Label("Bytes")
        @Description("What a send was started with, or the room of a receive's own buffers")
        @DataAmount
        long bytes;
    }

    @Name("io.overlapped.Complete")
    @Label("Operation Completed")
    @Category(CATEGORY)
    @Enabled(false)
    @StackTrace(false)
    static final class Complete extends OfOperation {
        static final Complete ASKED = new Complete();

        @Label("Bytes")
        @DataAmount
        long bytes;

        @Label("Status")
        @Nullable String status;

        @Label("Age")
        @Description("From its start to its completion")
        @Timespan(Timespan.NANOSECONDS)
        long age;
    }

    @Name("io.overlapped.Cancel")
    @Label("Cancel Asked For")
    @Category(CATEGORY)
    @Enabled(false)
    @StackTrace(false)
    static final class Cancel extends OfOperation {
        static final Cancel ASKED = new Cancel();

        @Label("State")
        @Description("Where the operation was, as in InFlight.State")
        @Nullable String state;

        @Label("Age")
        @Timespan(Timespan.NANOSECONDS)
        long age;
    }

    @Name("io.overlapped.SlowRoutine")
    @Label("Slow Routine")
    @Category(CATEGORY)
    @Threshold("10 ms")
    @StackTrace(false)
    static final class SlowRoutine extends OfOperation {
        static final SlowRoutine ASKED = new SlowRoutine();

        @Label("Routine")
        @Nullable Class<?> routine;
    }

    @Name("io.overlapped.BufferStarvation")
    @Label("Buffer Starvation")
    @Description("The pool has no buffer to provide for receives; they wait until one is closed")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class BufferStarvation extends Event {
        static final BufferStarvation ASKED = new BufferStarvation();

        @Label("Missing")
        @Description("Buffers the driver should have and has not")
        int missing;

        @Label("Leased")
        @Description("Buffers the program has")
        int leased;

        @Label("Capacity")
        int capacity;
    }

    @Name("io.overlapped.Overflow")
    @Label("Completion Queue Overflow")
    @Description("More completed at once than the driver's queue holds; none is lost")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class Overflow extends Event {
        static final Overflow ASKED = new Overflow();

        @Label("Count")
        @Description("Since the last of these events")
        long count;

        @Label("Total")
        long total;
    }

    private RecordedEvents() {}

    /** Whether a recording wants any of the events that come with operations and passes. */
    static boolean areWanted() {
        return Submit.ASKED.isEnabled()
                || Complete.ASKED.isEnabled()
                || Cancel.ASKED.isEnabled()
                || SlowRoutine.ASKED.isEnabled()
                || Overflow.ASKED.isEnabled();
    }

    static boolean needAges() {
        return Complete.ASKED.isEnabled() || Cancel.ASKED.isEnabled();
    }

    static void submitted(Overlapped o) {
        if (Submit.ASKED.isEnabled()) {
            Submit event = new Submit();
            about(event, o);
            event.bytes = o.lentBytes();
            event.commit();
        }
    }

    static void completed(Overlapped o, long ageNanos) {
        if (Complete.ASKED.isEnabled()) {
            Complete event = new Complete();
            about(event, o);
            event.bytes = o.bytes();
            event.status = Status.of(o.errno()).name();
            event.age = ageNanos < 0 ? Long.MIN_VALUE : ageNanos;
            event.commit();
        }
    }

    static void cancelRequested(Overlapped o, long ageNanos) {
        if (Cancel.ASKED.isEnabled()) {
            Cancel event = new Cancel();
            about(event, o);
            event.state = InFlight.State.of(o.place).name();
            event.age = ageNanos < 0 ? Long.MIN_VALUE : ageNanos;
            event.commit();
        }
    }

    /** An event that has begun, or null if none is wanted. */
    static @Nullable SlowRoutine routineBegins(Overlapped o) {
        if (!SlowRoutine.ASKED.isEnabled()) {
            return null;
        }
        // Filled now, as the block may be started again before its routine ends.
        SlowRoutine event = new SlowRoutine();
        CompletionRoutine routine = o.routine();
        about(event, o);
        event.routine = routine == null ? null : routine.getClass();
        event.begin();
        return event;
    }

    static void routineEnds(@Nullable SlowRoutine event) {
        if (event != null) {
            event.commit();
        }
    }

    static void starved(int missing, BufferPool pool) {
        if (BufferStarvation.ASKED.isEnabled()) {
            BufferStarvation event = new BufferStarvation();
            event.missing = missing;
            event.leased = pool.leased();
            event.capacity = pool.capacity();
            event.commit();
        }
    }

    static void overflowed(long count, long total) {
        if (Overflow.ASKED.isEnabled()) {
            Overflow event = new Overflow();
            event.count = count;
            event.total = total;
            event.commit();
        }
    }

    private static void about(OfOperation event, Overlapped o) {
        event.operation = o.operation().name();
        event.socket = o.socketNumber();
    }
}
