import org.jspecify.annotations.NullMarked;

/**
 * The driver on Linux io_uring.
 *
 * <p>It exports nothing: {@link io.overlapped.Proactor} finds it when it is on the path, and a
 * program gives it native access ({@code --enable-native-access=io.overlapped.uring}).
 *
 * <p><img src="doc-files/overview.svg" alt="Operations go into the submission ring, one call
 * submits and waits, and completions are read from shared memory">
 */
@NullMarked
module io.overlapped.uring {
    requires static org.jspecify;
    requires io.overlapped;

    provides io.overlapped.spi.DriverProvider with
            io.overlapped.uring.UringProvider;
}
