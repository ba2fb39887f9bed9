package io.overlapped.session;

import java.lang.foreign.MemorySegment;

/**
 * Where frames begin and end in a stream: bytes in, places out. Pure: no I/O, no state, and no
 * exception for whatever bytes a peer sends.
 *
 * <p>A frame is a header, a payload and a trailer, any of which may be empty. The length of a frame
 * is judged as soon as it can be known, before anything is stored for it.
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

    /** Bytes before the payload. */
    int headerBytes();

    /** Bytes behind the payload. */
    int trailerBytes();

    /** The longest payload that can be sent in one frame. */
    default int payloadBytesMax() {
        return frameBytesMax() - headerBytes() - trailerBytes();
    }

    /** Writes the {@link #headerBytes} bytes before a payload. */
    void writeHeader(MemorySegment target, long at, int payloadBytes);

    /** Writes the {@link #trailerBytes} bytes behind a payload. */
    void writeTrailer(MemorySegment target, long at);

    /** The payload inside a frame, in place. */
    default MemorySegment payload(MemorySegment frame) {
        return frame.asSlice(
                headerBytes(), frame.byteSize() - headerBytes() - (long) trailerBytes());
    }

    /**
     * A whole frame with a copy of {@code payload}, on the heap.
     *
     * @throws IllegalArgumentException if the payload is longer than a frame can carry
     */
    default MemorySegment encode(MemorySegment payload) {
        int payloadBytes = Framings.requirePayload(this, payload.byteSize());
        int trailerAt = headerBytes() + payloadBytes;
        MemorySegment frame = MemorySegment.ofArray(new byte[trailerAt + trailerBytes()]);
        writeHeader(frame, 0, payloadBytes);
        MemorySegment.copy(payload, 0, frame, headerBytes(), payloadBytes);
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
        return new Framings.LengthPrefixed(lengthMax);
    }

    /**
     * The course's frame: a {@code u8} with the size of the whole. Its size is judged on the first
     * byte.
     *
     * @param sizeMin the smallest size, itself included: 5 where an {@code i32} type follows
     * @param sizeMax the largest size that is taken; at most 255
     */
    static Framing sizePrefixed(int sizeMin, int sizeMax) {
        return new Framings.SizePrefixed(sizeMin, sizeMax);
    }

    /**
     * Text that ends with a NUL byte. The NUL is the trailer: part of the frame, not of the
     * payload. An empty text is a frame.
     *
     * @param bytesMax the longest text, its NUL included
     */
    static Framing nulTerminated(int bytesMax) {
        return new Framings.NulTerminated(bytesMax);
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
