package io.overlapped.conformance;

import io.overlapped.sim.InjectedException;
import io.overlapped.sim.SimulationException;
import io.overlapped.sim.SingleFault;
import io.overlapped.sim.World;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One test of the contract, to be run in a simulated world with one fault. */
record Scenario(Class<?> type, Method method) {
    private static final long EVENTS_MAX = 3_000_000;

    private static final List<Class<?>> CLASSES =
            List.of(
                    BudgetTest.class,
                    BuffersTest.class,
                    CancelTest.class,
                    CloseTest.class,
                    CompletionTest.class,
                    ConnectTest.class,
                    EventTest.class,
                    HalfCloseTest.class,
                    OptionsTest.class,
                    PortTest.class,
                    ProactorTest.class,
                    ReceiveTest.class,
                    RoutineTest.class,
                    SendTest.class,
                    TimerTest.class);

    /** They look at what one receive brings, which may be less than was sent. */
    private static final Set<String> COUNTS_BYTES =
            Set.of(
                    "BuffersTest.aBufferLentToAReceiveCannotBeTouched",
                    "BuffersTest.anEmptyPoolSaysSoAndKillsNoConnection",
                    "BuffersTest.aReceivedBufferCanBeSentOnWithoutACopy",
                    "BuffersTest.whatWasReceivedStaysUntilTheBufferIsClosed",
                    "BuffersTest.withoutBuffersReceptionPausesAndGoesOnWhenOneComesBack",
                    "CancelTest.aCancelThatComesTooLateChangesNothing",
                    "CloseTest.nothingOfAnOldConnectionReachesALaterOne",
                    "CompletionTest.resultsAreSetBeforeTheRoutineRuns",
                    "PortTest.aPortServerEchoes",
                    "ReceiveTest.aReceiveIntoTheCallersBufferAppends",
                    "ReceiveTest.aReceiveTakesNoMoreThanThereIsRoom",
                    "ReceiveTest.severalPendingReceivesAreFilledInTheOrderTheyWereStarted",
                    "RoutineTest.aRoutineMayCloseItsStream",
                    "SendTest.sendsAndReceivesOfOneStreamDoNotWaitForEachOther");

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (Class<?> type : CLASSES) {
            Stream.of(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Conformance.class))
                    .sorted(Comparator.comparing(Method::getName))
                    .forEach(method -> all.add(new Scenario(type, method)));
        }
        return all;
    }

    /** How a run went. */
    record Run(World world, @Nullable Throwable thrown, @Nullable Throwable left) {}

    Run run(@Nullable SingleFault fault) {
        World world = new World(1);
        world.limitEvents(EVENTS_MAX);
        if (fault != null) {
            world.inject(fault);
        }
        Bench bench = new Bench(Configuration.SIM, new SimMachine(world));
        if (fault != null) {
            // An accept that finds no descriptor or memory says so there.
            bench.ignoreLog();
        }
        Throwable thrown = null;
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            method.setAccessible(true);
            method.invoke(constructor.newInstance(), bench);
        } catch (InvocationTargetException e) {
            thrown = e.getCause();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(toString(), e);
        }
        Throwable left = null;
        try {
            bench.close(thrown != null);
        } catch (RuntimeException | Error e) {
            left = e;
        }
        world.abandon();
        return new Run(world, thrown, left);
    }

    /**
     * What is wrong with a run with a fault; null if nothing is. A scenario must not notice a short
     * transfer or a late completion. After any other fault it may end early, by an assertion of its
     * own or what it was told by an exception that is meant for it; but nothing may be left.
     */
    @Nullable String verdict(SingleFault fault, Run run) {
        Throwable thrown = run.thrown();
        if (thrown != null && (isInvisible(fault) || !isMeantForPrograms(thrown))) {
            return "threw " + describe(thrown);
        }
        Throwable left = run.left();
        if (left instanceof org.opentest4j.AssertionFailedError
                || (left != null && !isMeantForPrograms(left))) {
            return "left " + describe(left);
        }
        return null;
    }

    private boolean isInvisible(SingleFault fault) {
        return switch (fault.kind()) {
            case LATE -> true;
            case SHORT -> !COUNTS_BYTES.contains(toString());
            default -> false;
        };
    }

    private static boolean isMeantForPrograms(Throwable thrown) {
        if (thrown instanceof SimulationException e) {
            return e.getMessage().contains("nothing will ever happen");
        }
        return thrown instanceof io.overlapped.OverlappedException
                || thrown instanceof InjectedException
                || thrown instanceof IllegalStateException
                || "on purpose".equals(thrown.getMessage())
                || thrown instanceof org.opentest4j.AssertionFailedError
                || thrown.getClass().getName().startsWith("org.opentest4j.");
    }

    private static String describe(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        StringBuilder text = new StringBuilder(String.valueOf(thrown));
        for (int i = 0; i < Math.min(12, trace.length); i++) {
            text.append("\n        at ").append(trace[i]);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return type.getSimpleName() + "." + method.getName();
    }
}
