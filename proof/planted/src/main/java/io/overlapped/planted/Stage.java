package io.overlapped.planted;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Some tests of one module. {@link #ORDER} is the order in which they are asked, from cheap to
 * dear; those that cannot feel a bug are left out.
 *
 * @param round those of one round are asked together, which spares Maven's start
 * @param module the folder of the module
 * @param tests what surefire is to run, or to leave out after an exclamation mark
 * @param below the modules whose bugs it can feel, beside its own
 *     <p>Threads: a value.
 */
record Stage(int round, String module, String tests, Set<String> below) {
    private static final Set<String> CORE = Set.of("library/core");
    private static final Set<String> DRIVERS =
            Set.of("library/core", "library/uring", "library/nio", "library/sim");
    private static final Set<String> LIBRARY =
            Set.of("library/core", "library/uring", "library/nio", "library/session");
    private static final Set<String> SERVERS =
            Set.of(
                    "library/core",
                    "library/uring",
                    "library/nio",
                    "library/session",
                    "servers/echo",
                    "servers/chat",
                    "servers/world");

    private static final String URING_DEAR = "InjectedErrorsTest,RefusalTest";
    private static final String SUITE_DEAR =
            "RandomOperationsTest,DescriptorsTest,RoutineTest,SingleFaultTest,GuardTest";
    private static final String SUITE = "io/overlapped/conformance/";

    static final List<Stage> ORDER =
            List.of(
                    all(1, "library/core", "io/overlapped/", Set.of()),
                    all(1, "library/nio", "io/overlapped/nio/", CORE),
                    allBut(1, URING_DEAR, "library/uring", "io/overlapped/uring/", CORE),
                    allBut(1, SUITE_DEAR, "library/conformance", SUITE, DRIVERS),
                    all(2, "library/sim", "io/overlapped/sim/", CORE),
                    only(2, SUITE_DEAR, "library/conformance", SUITE, DRIVERS),
                    all(2, "library/session", "io/overlapped/session/", DRIVERS),
                    only(3, URING_DEAR, "library/uring", "io/overlapped/uring/", CORE),
                    all(3, "servers/chat", "io/overlapped/chat/", LIBRARY),
                    all(3, "servers/echo", "io/overlapped/echo/", LIBRARY),
                    all(3, "servers/world", "io/overlapped/world/", LIBRARY),
                    all(4, "tools/cli", "io/overlapped/cli/", SERVERS),
                    all(4, "servers/web", "io/overlapped/web/", SERVERS));

    /** The stages that can feel a change of these modules, by round. */
    static SortedMap<Integer, List<Stage>> of(List<String> changed) {
        return ORDER.stream()
                .filter(
                        stage ->
                                changed.contains(stage.module)
                                        || changed.stream().anyMatch(stage.below::contains))
                .collect(groupingBy(Stage::round, TreeMap::new, toList()));
    }

    private static Stage all(int round, String module, String folder, Set<String> below) {
        return new Stage(round, module, folder + "*Test*", below);
    }

    private static Stage allBut(
            int round, String dear, String module, String folder, Set<String> below) {
        String none = "!" + folder + dear.replace(",", ",!" + folder);
        return new Stage(round, module, folder + "*Test*," + none, below);
    }

    private static Stage only(
            int round, String dear, String module, String folder, Set<String> below) {
        return new Stage(round, module, folder + dear.replace(",", "," + folder), below);
    }
}
