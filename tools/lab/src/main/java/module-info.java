import org.jspecify.annotations.NullMarked;

/** The I/O models of the lectures, each serving the same jobs, and what measures them. */
@NullMarked
module io.overlapped.lab {
    requires static transitive org.jspecify;
    requires io.overlapped;

    exports io.overlapped.lab;
    exports io.overlapped.lab.model;
    exports io.overlapped.lab.referee;
    exports io.overlapped.lab.report;
    exports io.overlapped.lab.watch;
}
