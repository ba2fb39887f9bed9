package io.overlapped.conformance;

import io.overlapped.OverlappedException;
import io.overlapped.spi.DriverProvider;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayDeque;

/**
 * Opens a driver where there are fewer descriptors than it needs, none at first, and then enough;
 * run by a test in a process of its own. Prints whether some tries failed and some did not, and how
 * many descriptors were left by them.
 */
final class HalfOpen {
    private static final int ENOUGH = 24;

    private HalfOpen() {}

    public static void main(String[] arguments) throws IOException {
        DriverProvider provider = RawDriver.provider(arguments[0]);
        // Once each way, so that every class is loaded.
        var _ = opens(provider, ENOUGH);
        var _ = opens(provider, 0);
        int before = descriptors();
        int failures = 0;
        for (int free = 0; free < ENOUGH; free++) {
            failures += opens(provider, free) ? 0 : 1;
        }
        System.out.println("some failed " + (failures > 0 && failures < ENOUGH));
        System.out.println("left " + (descriptors() - before));
    }

    /** Whether it can be opened while so many descriptors are free. */
    private static boolean opens(DriverProvider provider, int free) throws IOException {
        ArrayDeque<FileInputStream> files = new ArrayDeque<>();
        try {
            fill(files);
            for (int i = 0; i < free; i++) {
                files.pop().close();
            }
            provider.open(RawDriver.OPTIONS).close();
            return true;
        } catch (OverlappedException e) {
            return false;
        } finally {
            while (!files.isEmpty()) {
                files.pop().close();
            }
        }
    }

    private static void fill(ArrayDeque<FileInputStream> files) {
        try {
            while (true) {
                files.push(new FileInputStream("/dev/null"));
            }
        } catch (IOException full) {
            // As intended.
        }
    }

    private static int descriptors() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }
}
