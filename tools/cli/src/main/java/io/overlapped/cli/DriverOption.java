package io.overlapped.cli;

import picocli.CommandLine.Option;

/** Which driver the network I/O runs on. */
final class DriverOption {
    /** The drivers by the names they have on the command line. */
    enum Driver {
        auto,
        uring,
        nio
    }

    @Option(
            names = "--driver",
            paramLabel = "DRIVER",
            description =
                    "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, the best that runs).")
    Driver driver = Driver.auto;

    /** The name by which the library knows it. */
    String driverName() {
        return driver.name();
    }
}
