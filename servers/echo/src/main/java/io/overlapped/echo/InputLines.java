package io.overlapped.echo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines of bytes that end with a line feed, or with the input; a carriage return before it belongs
 * to the end. No line costs more memory than the longest that is taken.
 *
 * <p>Threads: one.
 */
public final class InputLines {
    private final InputStream in;
    private final int bytesMax;
    private boolean tooLong;

    /**
     * @param bytesMax the longest line that is given as a whole
     */
    public InputLines(InputStream in, int bytesMax) {
        this.in = in;
        this.bytesMax = bytesMax;
    }

    /** The next line, or its beginning if it is too long; null at the end of the input. */
    public byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        tooLong = false;
        int b = in.read();
        if (b < 0) {
            return null;
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() < bytesMax) {
                line.write(b);
            } else {
                tooLong |= b != '\r';
            }
        }
        byte[] bytes = line.toByteArray();
        boolean carriage = bytes.length > 0 && bytes[bytes.length - 1] == '\r' && !tooLong;
        return carriage ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    /** Whether the line that was given last is longer than what was given of it. */
    public boolean isTooLong() {
        return tooLong;
    }
}
