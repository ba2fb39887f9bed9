import org.jspecify.annotations.NullMarked;

/** The driver on Linux io_uring. */
@NullMarked
module io.overlapped.uring {
    requires static org.jspecify;
    requires io.overlapped;

    provides io.overlapped.spi.DriverProvider with
            io.overlapped.uring.UringProvider;
}
