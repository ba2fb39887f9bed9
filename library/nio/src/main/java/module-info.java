import org.jspecify.annotations.NullMarked;

/**
 * The driver on NIO.2.
 *
 * <p>It exports nothing: {@link io.overlapped.Proactor} finds it when it is on the path.
 *
 * <p><img src="doc-files/overview.svg" alt="Operations go to asynchronous channels, whose outcomes
 * come to the proactor's thread by a queue, in its wait">
 */
@NullMarked
module io.overlapped.nio {
    requires static org.jspecify;
    requires io.overlapped;

    provides io.overlapped.spi.DriverProvider with
            io.overlapped.nio.NioDriverProvider;
}
