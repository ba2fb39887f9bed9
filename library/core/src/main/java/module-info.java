import org.jspecify.annotations.NullMarked;

/** Completion-based (overlapped) network I/O. */
@NullMarked
module io.overlapped {
    requires static transitive org.jspecify;
    requires static jdk.jfr;

    exports io.overlapped;
    exports io.overlapped.spi;

    uses io.overlapped.spi.DriverProvider;
}
