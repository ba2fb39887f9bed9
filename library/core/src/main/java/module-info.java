import org.jspecify.annotations.NullMarked;

/**
 * Completion-based (overlapped) network I/O.
 *
 * <p>A program starts an operation on a {@linkplain io.overlapped.TcpStream stream}, and learns of
 * its completion from the {@link io.overlapped.Overlapped} that it gave. The {@link
 * io.overlapped.Proactor} keeps what is policy; a driver below it, found as a service, does the
 * work.
 *
 * <p><img src="doc-files/overview.svg" alt="The program starts operations on streams; the proactor
 * hands them to a driver by token and delivers what completes">
 */
@NullMarked
module io.overlapped {
    requires static transitive org.jspecify;
    requires static jdk.jfr;

    exports io.overlapped;
    exports io.overlapped.spi;

    uses io.overlapped.spi.DriverProvider;
}
