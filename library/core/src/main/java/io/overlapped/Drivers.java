package io.overlapped;

import io.overlapped.spi.Driver;
import io.overlapped.spi.DriverProvider;
import io.overlapped.spi.Errno;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;

/** Finds the drivers that are installed and opens the one the options ask for. */
final class Drivers {
    private static final AtomicBoolean FALLBACK_LOGGED = new AtomicBoolean();

    /** A driver, and why it is this one. */
    record Choice(Driver driver, String reason) {}

    private Drivers() {}

    static Choice open(Options options) {
        List<DriverProvider> installed = installed();
        if (options.driver().equals(Options.AUTO)) {
            return openBest(installed, options);
        }
        for (DriverProvider provider : installed) {
            if (provider.name().equals(options.driver())) {
                return new Choice(openNamed(provider, options), "asked for by name");
            }
        }
        throw new IllegalArgumentException(
                "no driver is named '"
                        + options.driver()
                        + "'; there are: auto, "
                        + String.join(", ", names(installed)));
    }

    static List<DriverReport> probeAll() {
        List<DriverReport> reports = new ArrayList<>();
        for (DriverProvider provider : installed()) {
            reports.add(provider.probe());
        }
        return reports;
    }

    /**
     * What kept a driver from opening is in the text. The status is not that of the call that
     * failed: a refused system call must not look like a refused address to whoever opens a server.
     */
    private static Driver openNamed(DriverProvider provider, Options options) {
        try {
            return provider.open(options.forDriver());
        } catch (OverlappedException e) {
            OverlappedException refusal =
                    new OverlappedException(String.valueOf(e.getMessage()), Errno.EOPNOTSUPP);
            refusal.initCause(e);
            throw refusal;
        }
    }

    private static Choice openBest(List<DriverProvider> installed, Options options) {
        List<String> refusals = new ArrayList<>();
        for (DriverProvider provider : installed) {
            try {
                Driver driver = provider.open(options.forDriver());
                return new Choice(driver, reason(provider.name(), refusals));
            } catch (OverlappedException e) {
                refusals.add(e.getMessage());
            }
        }
        throw new OverlappedException(
                installed.isEmpty()
                        ? "no driver is installed: put io.overlapped.uring or io.overlapped.nio"
                                + " on the module path"
                        : "no driver can run: " + String.join("; ", refusals),
                Errno.EOPNOTSUPP);
    }

    private static String reason(String name, List<String> refusals) {
        if (refusals.isEmpty()) {
            return "auto: the best that is installed, and it runs here";
        }
        String reason = "auto: " + String.join("; ", refusals);
        if (FALLBACK_LOGGED.compareAndSet(false, true)) {
            Log.warning("using driver {0}: {1}", name, reason);
        }
        return reason;
    }

    private static List<DriverProvider> installed() {
        List<DriverProvider> found = new ArrayList<>();
        ServiceLoader.load(DriverProvider.class, Drivers.class.getClassLoader())
                .forEach(found::add);
        found.sort(Comparator.comparingInt(DriverProvider::preference).reversed());
        return found;
    }

    private static List<String> names(List<DriverProvider> installed) {
        return installed.stream().map(DriverProvider::name).toList();
    }
}
