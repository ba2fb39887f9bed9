package io.overlapped.conformance;

import java.util.function.BooleanSupplier;

/** The other end of a stream of ours, which knows nothing of this library's contract. */
interface Peer {
    void write(byte... bytes);

    /** Waits for {@code count} bytes; fewer if the stream ends before. */
    byte[] read(int count);

    /** Reads so many beside the test; true when all have come. */
    BooleanSupplier readInBackground(int count);

    /** The next byte, −1 at the end of the stream, −2 when it was reset. */
    int readOne();

    void shutdownOutput();

    void close();

    /** Ends the connection by a reset. */
    void reset();
}
