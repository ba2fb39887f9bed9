package io.overlapped.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page, read once; there are no others to be had.
 *
 * <p>Threads: any.
 */
final class PageFiles {
    private static final List<String> NAMES =
            List.of(
                    "index.html",
                    "style.css",
                    "icon.svg",
                    "app.js",
                    "board.js",
                    "chat.js",
                    "codec.js",
                    "link.js",
                    "pace.js",
                    "players.js",
                    "shapes.js",
                    "texts.js",
                    "world.js");
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "svg", "image/svg+xml");
    private static final int TAG_DIGITS = 16;

    /** One file. The tag changes when the contents do. */
    record PageFile(String type, String tag, ByteBuffer bytes) {
        ByteBuffer content() {
            return bytes.duplicate();
        }
    }

    private final Map<String, PageFile> byPath;

    PageFiles() {
        byPath = NAMES.stream().collect(Collectors.toMap(PageFiles::path, PageFiles::read));
    }

    /** The file at this path of the server. */
    @Nullable PageFile at(String path) {
        return byPath.get(path);
    }

    private static String path(String name) {
        return name.equals("index.html") ? "/" : "/" + name;
    }

    private static PageFile read(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the page lacks its file " + name);
            }
            byte[] bytes = in.readAllBytes();
            ByteBuffer content = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "");
            return new PageFile(type, '"' + digest(bytes) + '"', content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest).substring(0, TAG_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every JDK has it
        }
    }
}
