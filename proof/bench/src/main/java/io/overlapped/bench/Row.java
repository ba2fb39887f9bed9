package io.overlapped.bench;

import io.overlapped.bench.server.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server under test.
 *
 * @param id its name on the command line
 * @param title for people
 * @param program what is started: the class of a Java server, or one of {@link NativeProgram}
 * @param arguments before the mode
 */
public record Row(String id, String title, Family family, String program, List<String> arguments) {
    /** Who made it, and in what. */
    public enum Family {
        OURS,
        JAVA,
        NATIVE
    }

    private static final String DOUBLED = "-2";
    private static final String LIMITED = "uring+limited";
    private static final String PACKAGE = "io.overlapped.bench.server.";

    /** All of them, ours first. */
    public static final List<Row> ALL =
            List.of(
                    ours("uring-routine", "ours: uring, routine", "RoutineServer", "uring"),
                    ours("uring-port", "ours: uring, port", "PortServer", "uring"),
                    ours("uring-event", "ours: uring, event", "EventServer", "uring"),
                    ours("nio-routine", "ours: nio, routine", "RoutineServer", "nio"),
                    ours("nio-port", "ours: nio, port", "PortServer", "nio"),
                    ours("nio-event", "ours: nio, event", "EventServer", "nio"),
                    java("netty-nio", "Netty NIO", "NettyServer", "NIO"),
                    java("netty-epoll", "Netty epoll", "NettyServer", "EPOLL"),
                    java("netty-uring", "Netty io_uring", "NettyServer", "URING"),
                    java("netty-uring-ring", "Netty io_uring, ring", "NettyServer", "URING_RING"),
                    java("nio-selector", "NIO selector", "SelectorServer"),
                    java("nio2", "NIO.2", "Nio2Server"),
                    java("virtual-threads", "virtual threads", "VirtualThreadServer"),
                    compiled("c-epoll", "C, epoll", NativeProgram.EPOLL),
                    compiled("c-uring", "C, io_uring", NativeProgram.URING),
                    compiled("asio-epoll", "Asio epoll", NativeProgram.ASIO_EPOLL),
                    compiled("asio-uring", "Asio io_uring", NativeProgram.ASIO_URING),
                    ours("uring-session", "ours: uring, session kit", "KitServer", "uring"),
                    ours("uring-routine-2", "ours: uring, 2 proactors", "SharedServer", "uring"),
                    ours("nio-routine-2", "ours: nio, 2 proactors", "SharedServer", "nio"),
                    java("netty-epoll-2", "Netty epoll, 2 loops", "NettyServer", "EPOLL", "2"),
                    ours("uring-timed", "ours: uring, timed", "RoutineServer", "uring+timed"),
                    ours(
                            "uring-routine-timeouts",
                            "ours: routine, 30 s each",
                            "RoutineServer",
                            LIMITED),
                    ours("uring-event-timeouts", "ours: event, 30 s each", "EventServer", LIMITED),
                    java(
                            "netty-epoll-timeouts",
                            "Netty epoll, 30 s each",
                            "NettyServer",
                            "EPOLL+limited"),
                    java("nio2-timeouts", "NIO.2, 30 s each", "Nio2Server", "limited"),
                    ours(
                            "uring-recorded",
                            "ours: uring, recorded",
                            "RoutineServer",
                            "uring+recorded"));

    /** One loop, and the same server with two that share a port or hand over what was accepted. */
    static final List<String> PROACTORS =
            List.of(
                    "uring-routine",
                    "uring-routine-2",
                    "nio-routine",
                    "nio-routine-2",
                    "netty-epoll",
                    "netty-epoll-2");

    /** Ours while its operations are watched; to be compared with {@code uring-routine}. */
    static final List<String> WATCHED = List.of("uring-timed", "uring-recorded");

    /** With a timeout on every operation, each beside the same server without. */
    static final List<String> TIMEOUTS =
            List.of(
                    "uring-routine",
                    "uring-routine-timeouts",
                    "uring-event",
                    "uring-event-timeouts",
                    "netty-epoll",
                    "netty-epoll-timeouts",
                    "nio2",
                    "nio2-timeouts");

    /** All but those with two loops, with timeouts, and those that are watched. */
    static final List<String> STANDARD =
            ALL.stream()
                    .filter(row -> !row.isDoubled() && !row.hasTimeouts())
                    .filter(row -> !WATCHED.contains(row.id()))
                    .map(Row::id)
                    .toList();

    /** Ours and the peers that are best somewhere. */
    static final List<String> GROWTH =
            List.of(
                    "uring-routine",
                    "netty-epoll",
                    "netty-uring-ring",
                    "nio-selector",
                    "c-epoll",
                    "c-uring");

    /** Those of the quick profile. */
    public static final List<String> QUICK =
            List.of(
                    "uring-routine",
                    "uring-port",
                    "uring-event",
                    "nio-routine",
                    "netty-epoll",
                    "netty-uring-ring",
                    "nio-selector",
                    "virtual-threads",
                    "c-epoll",
                    "c-uring");

    /** The one that every ratio is taken to. */
    public static final String REFERENCE = "c-uring";

    private static Row ours(String id, String title, String server, String driver) {
        return new Row(id, title, Family.OURS, PACKAGE + server, List.of(driver));
    }

    private static Row java(String id, String title, String server, String... arguments) {
        return new Row(id, title, Family.JAVA, PACKAGE + server, List.of(arguments));
    }

    private static Row compiled(String id, String title, NativeProgram program) {
        return new Row(id, title, Family.NATIVE, program.name(), List.of());
    }

    /** Whether it has two loops, so that it is compared with its like of one loop only. */
    public boolean isDoubled() {
        return id.endsWith(DOUBLED);
    }

    private boolean hasTimeouts() {
        return id.endsWith("-timeouts");
    }

    /** Whether it serves such a workload at all. */
    boolean serves(Workload workload) {
        if (hasTimeouts()) {
            return workload.mode() == Mode.ECHO;
        }
        if (program.endsWith("KitServer")) {
            return workload.mode() == Mode.ECHO && workload.bytes() == Workload.SMALL;
        }
        // Its loops share nothing, not even a list of subscribers.
        return !isDoubled() || workload.mode() != Mode.FAN;
    }

    public boolean isJava() {
        return family != Family.NATIVE;
    }

    /** What is to be compiled for it, if anything is. */
    Optional<NativeProgram> compiled() {
        return isJava() ? Optional.empty() : Optional.of(NativeProgram.valueOf(program));
    }

    /**
     * The command that starts it.
     *
     * @param executable what was compiled for it, if anything was
     * @param jvm options of the JVM, if it is one
     */
    List<String> command(Mode mode, Optional<Path> executable, List<String> jvm) {
        List<String> command = new ArrayList<>();
        if (executable.isPresent()) {
            command.add(executable.get().toString());
        } else {
            command.addAll(Jvm.command(jvm, program));
            command.addAll(arguments);
        }
        command.add(mode.word());
        return command;
    }
}
