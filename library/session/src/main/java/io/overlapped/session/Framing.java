package io.overlapped.session;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * Where frames begin and end in a stream: bytes in, places out. Pure: no I/O, no state, and no
 * exception for whatever bytes a peer sends.
 *
 * <p>A frame is a header, a payload and a trailer, any of which may be empty. The length of a frame
 * is judged as soon as it can be known, before anything is stored for it.
 *
 * <p>One of your own says {@link #frameBytes} and {@link #frameBytesMax}. That is all where frames
 * are sent whole ({@link Session#sendFrames}); what {@link Session#send} is to put around a payload
 * is said by {@link #headerBytes()} and {@link #writeHeader}, {@link #trailerBytes} and {@link
 * #writeTrailer}. Its bound holds whatever it answers, and one that throws ends the session alone.
 *
 * <p>Threads: any.
 */
public interface Framing {
    /** More bytes are needed before the length of the frame can be known. */
    int INCOMPLETE = 0;

    /** The frame is longer than any may be. */
    int TOO_LONG = -1;

    /** The frame is shorter than any can be. */
    int TOO_SHORT = -2;

    /** The bytes are no frame at all. */
    int MALFORMED = -3;

    /**
     * The length in bytes of the frame that begins at {@code start}, header and trailer included.
     *
     * @param start index of the frame's first byte
     * @param end index behind the last byte there is; at least one byte is there
     * @param seen how many of the bytes a call before found {@link #INCOMPLETE}, so that they need
     *     not be searched again
     * @return the length, as soon as it is known, even when not all of the frame is there yet;
     *     {@link #INCOMPLETE}; or one of the errors, which are negative
     */
    int frameBytes(MemorySegment bytes, long start, long end, int seen);

    /** The longest frame there can be, header and trailer included. */
    int frameBytesMax();

    /** Bytes before a payload; the most there can be, where that depends on its length. */
    default int headerBytes() {
        return 0;
    }

    /** Bytes before a payload of this length. */
    default int headerBytes(int payloadBytes) {
        return headerBytes();
    }

    /** Bytes behind the payload. */
    default int trailerBytes() {
        return 0;
    }

    /** The longest payload that can be sent in one frame. */
    default int payloadBytesMax() {
        return frameBytesMax() - headerBytes() - trailerBytes();
    }

    /** Writes the {@link #headerBytes(int)} bytes before a payload. */
    default void writeHeader(MemorySegment target, long at, int payloadBytes) {}

    /** Writes the {@link #trailerBytes} bytes behind a payload. */
    default void writeTrailer(MemorySegment target, long at) {}

    /** The payload inside a frame, in place. */
    default MemorySegment payload(MemorySegment frame) {
        return frame.asSlice(
                headerBytes(), frame.byteSize() - headerBytes() - (long) trailerBytes());
    }

    /**
     * Refuses a payload that a peer would not get back as it is: one that is too long, or contains
     * what ends a frame.
     *
     * @throws IllegalArgumentException if no frame can carry it
     */
    default void requirePayload(MemorySegment payload) {
        Framings.requirePayloadBytes(this, payload.byteSize());
    }

    /**
     * A whole frame with a copy of {@code payload}, on the heap.
     *
     * @throws IllegalArgumentException if no frame can carry it
     */
    default MemorySegment encode(MemorySegment payload) {
        requirePayload(payload);
        int payloadBytes = (int) payload.byteSize();
        int headerBytes = headerBytes(payloadBytes);
        int trailerAt = headerBytes + payloadBytes;
        MemorySegment frame = MemorySegment.ofArray(new byte[trailerAt + trailerBytes()]);
        writeHeader(frame, 0, payloadBytes);
        MemorySegment.copy(payload, 0, frame, headerBytes, payloadBytes);
        writeTrailer(frame, trailerAt);
        return frame;
    }

    /** The name of an error that {@link #frameBytes} returned. */
    static String errorName(int error) {
        return switch (error) {
            case TOO_LONG -> "TOO_LONG";
            case TOO_SHORT -> "TOO_SHORT";
            default -> "MALFORMED";
        };
    }

    /**
     * The native frame: a {@code u16}, little-endian, with the length of what follows.
     *
     * @param lengthMax the largest length that is taken; 1 to 65,535. A length of 0 is {@link
     *     #TOO_SHORT}
     */
    static Framing lengthPrefixed(int lengthMax) {
        return lengthPrefixed(2, ByteOrder.LITTLE_ENDIAN, 1, lengthMax);
    }

    /**
     * A number without a sign with the length of what follows.
     *
     * @param prefixBytes bytes of the number; 1 to 4
     * @param lengthMin the smallest length; 0 where a frame may be empty
     * @param lengthMax the largest length that is taken. What a peer means as a negative number is
     *     far above it
     */
    static Framing lengthPrefixed(int prefixBytes, ByteOrder order, int lengthMin, int lengthMax) {
        return new Prefixed(prefixBytes, order, false, lengthMin, lengthMax);
    }

    /**
     * The course's frame: a {@code u8} with the size of the whole. Its size is judged on the first
     * byte.
     *
     * @param sizeMin the smallest size, itself included: 5 where an {@code i32} type follows
     * @param sizeMax the largest size that is taken; at most 255
     */
    static Framing sizePrefixed(int sizeMin, int sizeMax) {
        return sizePrefixed(1, ByteOrder.LITTLE_ENDIAN, sizeMin, sizeMax);
    }

    /**
     * A number without a sign with the size of the whole, itself included.
     *
     * @param prefixBytes bytes of the number; 1 to 4
     * @param sizeMin the smallest size; at least {@code prefixBytes}
     * @param sizeMax the largest size that is taken
     */
    static Framing sizePrefixed(int prefixBytes, ByteOrder order, int sizeMin, int sizeMax) {
        return new Prefixed(prefixBytes, order, true, sizeMin, sizeMax);
    }

    /**
     * The length of what follows in groups of seven bits, the lowest first, each byte but the last
     * with its high bit set: what protocol buffers call a varint. A length in more bytes than it
     * needs is {@link #MALFORMED}; one that goes on behind the bytes of {@code lengthMax} is {@link
     * #TOO_LONG} without waiting for its end.
     *
     * @param lengthMin the smallest length; 0 where a frame may be empty
     * @param lengthMax the largest length that is taken
     */
    static Framing varintPrefixed(int lengthMin, int lengthMax) {
        return new VarintPrefixed(lengthMin, lengthMax);
    }

    /**
     * Lines: text that ends with LF, or with CR and LF. Either is the trailer; ours is LF. An empty
     * line is a frame. For lines that end with CR and LF and nothing else see {@link #delimited}.
     *
     * @param bytesMax the longest line, its end included
     */
    static Framing lines(int bytesMax) {
        return new Lines(bytesMax);
    }

    /**
     * What ends with certain bytes, which are the trailer. A payload that contains them cannot be
     * sent.
     *
     * @param bytesMax the longest frame, its end included
     * @param delimiter the bytes of its end; 1 to 64
     */
    static Framing delimited(int bytesMax, byte... delimiter) {
        return new Delimited(bytesMax, Delimited.text(delimiter));
    }

    /**
     * Text that ends with a NUL byte. The NUL is the trailer: part of the frame, not of the
     * payload. An empty text is a frame.
     *
     * @param bytesMax the longest text, its NUL included
     */
    static Framing nulTerminated(int bytesMax) {
        return delimited(bytesMax, (byte) 0);
    }

    /**
     * No frames: what one receive brought is delivered as it is.
     *
     * @param bytesMax the most that is delivered, or sent, at once
     */
    static Framing raw(int bytesMax) {
        return new Framings.Raw(bytesMax);
    }

    /** Records that are all of {@code bytes} bytes; a payload that is shorter cannot be sent. */
    static Framing records(int bytes) {
        return new Framings.Records(bytes);
    }
}
