package io.overlapped.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Proactor;
import io.overlapped.chat.ChatServer;
import io.overlapped.echo.EchoServer;
import io.overlapped.session.Session;
import io.overlapped.sim.World;
import io.overlapped.world.WorldServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Nothing that a simulation reaches depends on hash order, wall time, threads or bare chance. */
class BanListTest {
    /** Class and method, and why it may. */
    private static final Map<String, String> ALLOWED = new LinkedHashMap<>();

    static {
        allow(
                "io.overlapped.LibraryThread.of",
                "the threads of Proactor.start, of the log, and of what a closed proactor is asked");
        String parks = "reached by threads that are not the proactor's, which park by real time";
        allow("io.overlapped.Waiters.awaitOne", parks);
        allow("io.overlapped.Waiters.awaitAny", parks);
        allow("io.overlapped.Waiters.awaitAll", parks);
        allow("io.overlapped.Waiters.park", parks);
        allow("io.overlapped.CompletionPort.awaitNanos", parks);
        String style =
                "the event and the port style have threads; a simulation takes the routine style";
        allow("io.overlapped.echo.EventEngine.<init>", style);
        allow("io.overlapped.echo.EventEngine.acceptAll", style);
        allow("io.overlapped.echo.PortEngine.<init>", style);
        allow("io.overlapped.echo.DrivingWorker.<init>", style);
        String tool = "a client for people, on a thread of its own and never simulated";
        allow("io.overlapped.echo.EchoVerification.run", tool);
        allow("io.overlapped.echo.EchoDialogue.run", tool);
        allow("io.overlapped.echo.RecordSender.run", tool);
        allow("io.overlapped.echo.RecordSender.pace", tool);
    }

    @Test
    void nothingSimulatedDependsOnWhatDiffersFromRunToRun() {
        Scan scan = new Scan();
        for (Class<?> one :
                List.of(
                        Proactor.class,
                        Session.class,
                        World.class,
                        EchoServer.class,
                        ChatServer.class,
                        WorldServer.class,
                        Workload.class)) {
            scan.module(one);
        }
        assertTrue(scan.classes() > 150, "only " + scan.classes() + " classes were found");
        List<Scan.Finding> breaches = new ArrayList<>();
        Set<String> used = new TreeSet<>();
        for (Scan.Finding finding : scan.findings()) {
            if (ALLOWED.containsKey(finding.where())) {
                used.add(finding.where());
            } else {
                breaches.add(finding);
            }
        }
        assertEquals(List.of(), breaches, "use the proactor's clock, a seed, or an ordered one");
        assertEquals(new TreeSet<>(ALLOWED.keySet()), used, "what is allowed but never done");
    }

    @Test
    void everyRuleFindsItsBreach() {
        List<String> found =
                new Scan()
                        .type(Breaches.class).findings().stream()
                                .map(f -> f.where().substring(f.where().lastIndexOf('.') + 1))
                                .distinct()
                                .sorted()
                                .toList();
        List<String> planted =
                java.util.Arrays.stream(Breaches.class.getDeclaredMethods())
                        .filter(m -> !m.isSynthetic())
                        .map(java.lang.reflect.Method::getName)
                        .distinct()
                        .sorted()
                        .toList();
        assertTrue(planted.size() > 25);
        assertEquals(planted, found);
    }

    @Test
    void whatIsInOrderIsNotReported() {
        assertEquals(List.of(), new Scan().type(Innocent.class).findings());
    }

    private static void allow(String where, String why) {
        ALLOWED.put(where, why);
    }
}
