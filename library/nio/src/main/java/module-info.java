import org.jspecify.annotations.NullMarked;

/** The driver on NIO.2. */
@NullMarked
module io.overlapped.nio {
    requires static org.jspecify;
    requires io.overlapped;

    provides io.overlapped.spi.DriverProvider with
            io.overlapped.nio.NioDriverProvider;
}
