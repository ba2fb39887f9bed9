package io.overlapped.planted;

import java.util.List;
import java.util.Set;

/**
 * Some tests of one module. {@link #ORDER} is the order in which they are asked, from cheap to
 * dear; those that cannot feel a bug are left out.
 *
 * @param module the folder of the module
 * @param tests what surefire is to run, or to leave out after an exclamation mark
 * @param below the modules whose bugs it can feel, beside its own
 *     <p>Threads: a value.
 */
record Stage(String module, String tests, Set<String> below) {
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
    private static final String SUITE_DEAR = "RandomOperationsTest,DescriptorsTest,RoutineTest";

    static final List<Stage> ORDER =
            List.of(
                    all("library/core", "io/overlapped/", Set.of()),
                    all("library/sim", "io/overlapped/sim/", CORE),
                    all("library/nio", "io/overlapped/nio/", CORE),
                    allBut(URING_DEAR, "library/uring", "io/overlapped/uring/", CORE),
                    allBut(
                            SUITE_DEAR,
                            "library/conformance",
                            "io/overlapped/conformance/",
                            DRIVERS),
                    only(SUITE_DEAR, "library/conformance", "io/overlapped/conformance/", DRIVERS),
                    only(URING_DEAR, "library/uring", "io/overlapped/uring/", CORE),
                    all("library/session", "io/overlapped/session/", DRIVERS),
                    all("servers/chat", "io/overlapped/chat/", LIBRARY),
                    all("servers/echo", "io/overlapped/echo/", LIBRARY),
                    all("servers/world", "io/overlapped/world/", LIBRARY),
                    all("tools/cli", "io/overlapped/cli/", SERVERS),
                    all("servers/web", "io/overlapped/web/", SERVERS));

    /** The stages that can feel a change of these modules. */
    static List<Stage> of(List<String> changed) {
        return ORDER.stream()
                .filter(
                        stage ->
                                changed.contains(stage.module)
                                        || changed.stream().anyMatch(stage.below::contains))
                .toList();
    }

    private static Stage all(String module, String folder, Set<String> below) {
        return new Stage(module, folder + "*Test*", below);
    }

    private static Stage allBut(String dear, String module, String folder, Set<String> below) {
        String none = "!" + folder + dear.replace(",", ",!" + folder);
        return new Stage(module, folder + "*Test*," + none, below);
    }

    private static Stage only(String dear, String module, String folder, Set<String> below) {
        return new Stage(module, folder + dear.replace(",", "," + folder), below);
    }
}
