package io.overlapped.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.overlapped.IoBuffer;
import io.overlapped.fuzz.Cuts;
import io.overlapped.fuzz.Fed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** What the page's server reads: frames of the servers behind it, and the headers of browsers. */
class WebFuzzTest {
    private static final int CUT_BYTES_MAX = 300;

    /** One for all runs: only its buffers are used. */
    private static final Fed FED = new Fed();

    private static final PageFiles FILES = new PageFiles();

    @FuzzTest
    void framesAreTheSameHoweverTheBytesAreSplit(byte[] data) {
        List<String> whole = split(data, Cuts.every(data, CUT_BYTES_MAX));
        for (Cuts cuts : Cuts.ways(data)) {
            assertEquals(whole, split(data, cuts), cuts::toString);
        }
    }

    @FuzzTest
    void lastWordsAreThoseOfTheFrame(byte[] data) {
        String words = Closing.text(ByteBuffer.wrap(data));
        assertTrue(words.length() <= 255);
        String fitting = Closing.fitting(words);
        assertTrue(words.startsWith(fitting));
        assertTrue(fitting.getBytes(UTF_8).length <= 123);
        if (words.getBytes(UTF_8).length <= 123) {
            assertEquals(words, fitting);
        }
    }

    @FuzzTest
    void aHostThatIsTrustedIsAnAddressOrItsOwnName(byte[] data) {
        String host = new String(data, UTF_8);
        if (!SameOrigin.isHostTrusted(host, "board.example")) {
            return;
        }
        String name = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]{1,5}$", "");
        if (!name.equals("localhost") && !name.equals("board.example")) {
            // No name that somebody can register has only digits and dots, or brackets.
            assertTrue(name.matches("[0-9.]+") || name.matches("\\[[0-9a-f:.]+]"), name);
        }
    }

    @FuzzTest
    void aPageOfAnotherOriginIsNeverTheSame(byte[] data) {
        String text = new String(data, UTF_8);
        int cut = text.indexOf('\n');
        if (cut < 0) {
            return;
        }
        String origin = text.substring(0, cut);
        String host = text.substring(cut + 1);
        if (SameOrigin.isSameOrigin(origin, host)) {
            String rest = origin.substring(origin.indexOf("://") + 3);
            assertEquals(host.toLowerCase(Locale.ROOT), rest.toLowerCase(Locale.ROOT));
        }
    }

    @FuzzTest
    void onlyTheFilesOfThePageAreServed(byte[] data) {
        String path = new String(data, UTF_8);
        PageFiles.PageFile file = FILES.at(path);
        if (file != null) {
            assertTrue(path.matches("/([a-z]+\\.[a-z]+)?"), path);
            assertFalse(file.type().isEmpty());
        }
    }

    private static List<String> split(byte[] data, Cuts cuts) {
        FrameSplitter splitter = new FrameSplitter();
        List<String> found = new ArrayList<>();
        int fed = 0;
        int used = 0;
        for (byte[] piece : cuts.pieces()) {
            List<ByteBuffer> frames;
            try (IoBuffer buffer = FED.proactor().buffers().take()) {
                buffer.append(piece, 0, piece.length);
                frames = splitter.split(buffer);
            }
            fed += piece.length;
            if (frames == null) {
                // Frames of the same receive are not reported: the connection ends at once.
                return List.of("malformed");
            }
            for (ByteBuffer frame : frames) {
                used += frame.remaining();
                found.add(HexFormat.of().formatHex(frame.array(), frame.arrayOffset(), end(frame)));
            }
            assertEquals(fed, used + splitter.restBytes());
        }
        assertEquals(data.length, fed);
        return found;
    }

    private static int end(ByteBuffer frame) {
        return frame.arrayOffset() + frame.limit();
    }
}
