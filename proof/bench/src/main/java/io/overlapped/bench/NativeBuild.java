package io.overlapped.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compiles the peers in C and C++ where there is a compiler, and says why not where there is none.
 */
final class NativeBuild {
    private static final String RESOURCES = "sources/";

    private final Path folder;
    private final Function<String, Optional<Path>> compilers;
    private final Map<NativeProgram, Path> programs = new HashMap<>();
    private final Map<NativeProgram, String> reasons = new HashMap<>();

    /**
     * @param folder where sources and programs are kept; one that was compiled from the same
     *     sources before is used again
     */
    NativeBuild(Path folder) {
        this(folder, Commands::find);
    }

    /**
     * @param compilers finds the program of a name
     */
    NativeBuild(Path folder, Function<String, Optional<Path>> compilers) {
        this.folder = folder;
        this.compilers = compilers;
    }

    /** The program; throws with the reason if it cannot be had. */
    Path program(NativeProgram program) {
        if (!programs.containsKey(program) && !reasons.containsKey(program)) {
            try {
                programs.put(program, build(program));
            } catch (IOException e) {
                reasons.put(program, String.valueOf(e.getMessage()));
            }
        }
        Path path = programs.get(program);
        if (path == null) {
            throw new Unavailable(Objects.requireNonNull(reasons.get(program)));
        }
        return path;
    }

    private Path build(NativeProgram program) throws IOException {
        Path compiler =
                compilers
                        .apply(program.compiler())
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "no compiler: "
                                                        + program.compiler()
                                                        + " is not on the PATH; apt install "
                                                        + (program.compiler().equals("cc")
                                                                ? "gcc libc6-dev"
                                                                : "g++")));
        Path sources = unpack();
        Path target =
                folder.resolve(
                        program.name().toLowerCase(java.util.Locale.ROOT)
                                + "-"
                                + fingerprint(sources));
        if (Files.isExecutable(target)) {
            return target;
        }
        Path made = Files.createTempFile(folder, "build", ".tmp");
        List<String> command = new ArrayList<>(List.of(compiler.toString(), "-O2"));
        command.addAll(program.options());
        command.addAll(List.of("-o", made.toString()));
        command.add(sources.resolve(program.source()).toString());
        command.addAll(program.libraries());
        if (program == NativeProgram.URING && hasLiburing(compiler)) {
            command.add("-luring");
        }
        command.add("-lpthread");
        Commands.Output output = Commands.run(command);
        if (output.status() != 0) {
            Files.deleteIfExists(made);
            throw new IOException(reason(program, output.text()));
        }
        return Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether the compiler finds liburing's header; uring.c then takes that. */
    private boolean hasLiburing(Path compiler) throws IOException {
        Path probe = folder.resolve("probe.c");
        Files.writeString(probe, "#include <liburing.h>\n");
        return Commands.run(List.of(compiler.toString(), "-E", probe.toString())).status() == 0;
    }

    private static String reason(NativeProgram program, String text) {
        String first =
                text.lines()
                        .filter(line -> line.contains("error") || line.contains("cannot find"))
                        .findFirst()
                        .orElse("the compiler says nothing");
        String brief = first.replaceAll("^\\S*/", "");
        if (text.contains("boost/asio.hpp")) {
            return "no Boost.Asio headers; apt install libboost1.81-dev";
        }
        if (text.contains("liburing.h") || text.contains("-luring")) {
            return "no liburing headers; apt install liburing-dev";
        }
        return program.source() + " does not compile: " + brief;
    }

    private Path unpack() throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        for (String name : NativeProgram.SOURCES) {
            try (InputStream in =
                    Objects.requireNonNull(
                            NativeBuild.class.getResourceAsStream(RESOURCES + name), name)) {
                Files.write(sources.resolve(name), in.readAllBytes());
            }
        }
        return sources;
    }

    private static String fingerprint(Path sources) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String name : NativeProgram.SOURCES) {
                digest.update(Files.readAllBytes(sources.resolve(name)));
            }
            for (String variable : List.of("CPATH", "LIBRARY_PATH")) {
                String value = System.getenv().getOrDefault(variable, "");
                digest.update(value.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
