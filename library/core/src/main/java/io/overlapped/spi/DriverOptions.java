package io.overlapped.spi;

import java.util.Map;

/**
 * What a proactor tells the driver it opens.
 *
 * @param operationsMax operations in flight at once, at most; closes come on top
 * @param buffersProvided buffers lent at once for receives that choose their own, at most
 * @param bufferBytes size of each of them
 * @param tuning the driver's own settings by name, {@code uring.submissions} for instance; a driver
 *     ignores names of other drivers and refuses unknown ones of its own
 *     <p>Threads: a value.
 */
public record DriverOptions(
        int operationsMax, int buffersProvided, int bufferBytes, Map<String, String> tuning) {}
