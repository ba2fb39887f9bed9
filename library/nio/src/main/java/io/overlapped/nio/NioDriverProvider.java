package io.overlapped.nio;

import io.overlapped.DriverReport;
import io.overlapped.OverlappedException;
import io.overlapped.spi.Driver;
import io.overlapped.spi.DriverOptions;
import io.overlapped.spi.DriverProvider;
import java.util.Map;

/** The NIO.2 driver, which runs everywhere. */
public final class NioDriverProvider implements DriverProvider {
    static final String NAME = "nio";

    private static final int PREFERENCE = 10;

    /** For the service loader. */
    public NioDriverProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int preference() {
        return PREFERENCE;
    }

    @Override
    public DriverReport probe() {
        DriverOptions small = new DriverOptions(1, 1, 64, Map.of());
        try (NioDriver driver = new NioDriver(small)) {
            return driver.report();
        } catch (OverlappedException e) {
            return DriverReport.unavailable(
                    NAME,
                    String.valueOf(e.getMessage()),
                    "raise the limit of open files (ulimit -n)",
                    Map.of());
        }
    }

    @Override
    public Driver open(DriverOptions options) {
        return new NioDriver(options);
    }
}
