package io.overlapped.bench;

import java.util.List;

/** A peer that is compiled here, and what its compiler is told. */
@SuppressWarnings("ImmutableEnumChecker") // its lists are those of List.of
enum NativeProgram {
    EPOLL("cc", "epoll.c", List.of(), List.of()),
    URING("cc", "uring.c", List.of(), List.of()),
    ASIO_EPOLL("c++", "asio.cpp", List.of("-std=c++17"), List.of()),
    ASIO_URING(
            "c++",
            "asio.cpp",
            List.of("-std=c++17", "-DBOOST_ASIO_HAS_IO_URING", "-DBOOST_ASIO_DISABLE_EPOLL"),
            List.of("-luring"));

    /** Every source and header; each is small. */
    static final List<String> SOURCES =
            List.of("peer.h", "rawring.h", "epoll.c", "uring.c", "asio.cpp");

    private final String compiler;
    private final String source;
    private final List<String> options;
    private final List<String> libraries;

    NativeProgram(String compiler, String source, List<String> options, List<String> libraries) {
        this.compiler = compiler;
        this.source = source;
        this.options = options;
        this.libraries = libraries;
    }

    String compiler() {
        return compiler;
    }

    String source() {
        return source;
    }

    List<String> options() {
        return options;
    }

    List<String> libraries() {
        return libraries;
    }
}
