package io.overlapped.conformance;

import io.overlapped.DriverReport;
import io.overlapped.OverlappedException;
import io.overlapped.spi.Driver;
import io.overlapped.spi.DriverOptions;
import io.overlapped.spi.DriverProvider;
import io.overlapped.spi.Errno;
import java.util.ServiceLoader;

/** A driver of this project whose buffers are guarded, under its name and {@code -guard}. */
abstract class GuardProvider implements DriverProvider {
    static final String SUFFIX = "-guard";

    private final String guarded;

    GuardProvider(String guarded) {
        this.guarded = guarded;
    }

    /** The guarded driver of rings. */
    public static final class Uring extends GuardProvider {
        public Uring() {
            super("uring");
        }
    }

    /** The guarded driver of NIO.2. */
    public static final class Nio extends GuardProvider {
        public Nio() {
            super("nio");
        }
    }

    @Override
    public String name() {
        return guarded + SUFFIX;
    }

    /** Never chosen but by its name. */
    @Override
    public int preference() {
        return Integer.MIN_VALUE;
    }

    @Override
    public DriverReport probe() {
        return GuardDriver.renamed(provider().probe(), name());
    }

    @Override
    public Driver open(DriverOptions options) {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new OverlappedException(
                    "pages are protected with system calls of Linux", Errno.EOPNOTSUPP);
        }
        return new GuardDriver(provider().open(options), name());
    }

    private DriverProvider provider() {
        return ServiceLoader.load(DriverProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(guarded))
                .findFirst()
                .orElseThrow();
    }
}
