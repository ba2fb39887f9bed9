package io.overlapped.simulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Goes through class files and reports every banned call, in order. */
final class Scan {
    /**
     * One breach.
     *
     * @param where class and method; that of a lambda is the method it stands in
     */
    record Finding(String where, String what) {}

    private final List<Finding> findings = new ArrayList<>();
    private int classes;

    List<Finding> findings() {
        return findings;
    }

    /** How many classes were read. */
    int classes() {
        return classes;
    }

    /** Reads all classes of the folder or the archive that {@code one} was loaded from. */
    Scan module(Class<?> one) {
        try {
            URI place = one.getProtectionDomain().getCodeSource().getLocation().toURI();
            if (Files.isDirectory(Path.of(place))) {
                tree(Path.of(place));
            } else {
                try (FileSystem archive = FileSystems.newFileSystem(Path.of(place), Map.of())) {
                    tree(archive.getPath("/"));
                }
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads one class. */
    Scan type(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        try (var in = type.getClassLoader().getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no class file for " + type);
            }
            bytes(in.readAllBytes());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tree(Path root) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files =
                    all.filter(path -> path.toString().endsWith(".class"))
                            .filter(path -> !path.toString().endsWith("-info.class"))
                            .sorted()
                            .toList();
        }
        for (Path file : files) {
            bytes(Files.readAllBytes(file));
        }
    }

    private void bytes(byte[] bytes) {
        classes++;
        ClassModel type = ClassFile.of().parse(bytes);
        String name = type.thisClass().asInternalName().replace('/', '.');
        for (MethodModel method : type.methods()) {
            method.code()
                    .ifPresent(
                            code ->
                                    code.forEach(
                                            element -> {
                                                switch (element) {
                                                    case InvokeInstruction call ->
                                                            add(name, method, broken(call));
                                                    case InvokeDynamicInstruction made ->
                                                            add(name, method, broken(made));
                                                    default -> {}
                                                }
                                            }));
        }
        HashOrder.scan(type, (method, what) -> add(name, method, what));
    }

    private void add(String type, MethodModel method, @Nullable String what) {
        if (what != null) {
            findings.add(new Finding(type + "." + plain(method.methodName().stringValue()), what));
        }
    }

    private static @Nullable String broken(InvokeInstruction call) {
        return Bans.broken(
                new Bans.Call(
                        call.owner().asInternalName(),
                        call.name().stringValue(),
                        call.type().stringValue()));
    }

    /** A method reference is a call too. */
    private static @Nullable String broken(InvokeDynamicInstruction made) {
        for (var argument : made.invokedynamic().bootstrap().arguments()) {
            if (argument instanceof MethodHandleEntry handle) {
                DirectMethodHandleDesc method = handle.asSymbol();
                String owner = method.owner().descriptorString();
                String what =
                        Bans.broken(
                                new Bans.Call(
                                        owner.substring(1, owner.length() - 1),
                                        method.methodName(),
                                        method.lookupDescriptor()));
                if (what != null) {
                    return what;
                }
            }
        }
        return null;
    }

    /** {@code lambda$open$3} stands in {@code open}. */
    private static String plain(String method) {
        return method.startsWith("lambda$")
                ? method.substring("lambda$".length(), method.lastIndexOf('$'))
                : method;
    }
}
