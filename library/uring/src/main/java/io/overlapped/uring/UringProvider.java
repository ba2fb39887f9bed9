package io.overlapped.uring;

import io.overlapped.DriverReport;
import io.overlapped.OverlappedException;
import io.overlapped.spi.Driver;
import io.overlapped.spi.DriverOptions;
import io.overlapped.spi.DriverProvider;
import java.util.Map;
import java.util.Set;

/** The io_uring driver, where there is io_uring. */
public final class UringProvider implements DriverProvider {
    static final String NAME = "uring";

    private static final int PREFERENCE = 20;
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "aarch64");

    /** For the service loader. */
    public UringProvider() {}

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
        if (!isLinux()) {
            return Refusal.notLinux().toReport(Map.of());
        }
        if (!isNativeAccessEnabled()) {
            return Refusal.noNativeAccess().toReport(Kernel.facts());
        }
        DriverOptions small = new DriverOptions(64, 2, 4096, Map.of());
        try {
            UringDriver driver = new UringDriver(small);
            try {
                return driver.report();
            } finally {
                driver.shutdown();
            }
        } catch (OverlappedException e) {
            Map<String, String> facts = Kernel.facts();
            facts.put("io_uring_setup", "errno " + e.errno());
            Refusal refusal = Refusal.of("io_uring_setup", e.errno());
            return refusal.toReport(facts);
        }
    }

    @Override
    public Driver open(DriverOptions options) {
        if (!isLinux()) {
            throw Refusal.notLinux().toException();
        }
        if (!isNativeAccessEnabled()) {
            throw Refusal.noNativeAccess().toException();
        }
        return new UringDriver(options);
    }

    private static boolean isLinux() {
        return System.getProperty("os.name").equals("Linux")
                && ARCHITECTURES.contains(System.getProperty("os.arch"));
    }

    private static boolean isNativeAccessEnabled() {
        return UringProvider.class.getModule().isNativeAccessEnabled();
    }
}
