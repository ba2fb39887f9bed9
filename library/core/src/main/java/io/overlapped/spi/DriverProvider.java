package io.overlapped.spi;

import io.overlapped.DriverReport;

/**
 * Finds out whether one kind of driver can run here, and opens it. Provided as a service, by {@code
 * provides} in a module and by {@code META-INF/services} on a class path.
 *
 * <p>Threads: any; a driver belongs to the thread that opens it.
 */
public interface DriverProvider {

    /** The short name people choose it by: {@code uring}, {@code nio}. */
    String name();

    /** Of the drivers that can run, the one with the largest number is chosen. */
    int preference();

    /** Tries, without keeping anything open; says why not, and what would help. */
    DriverReport probe();

    /**
     * @throws io.overlapped.OverlappedException if it cannot run, with the reason and the remedy
     * @throws IllegalArgumentException for an unknown tuning name or value
     */
    Driver open(DriverOptions options);
}
