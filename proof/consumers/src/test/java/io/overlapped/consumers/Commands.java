package io.overlapped.consumers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs programs as a person would, and keeps what they say. */
final class Commands {
    private Commands() {}

    /** What a program said, and how it ended. */
    record Said(int exit, String out, String err) {
        /** What it said on its output, when it ended well and complained of nothing. */
        String cleanly() {
            if (exit != 0 || !err.isEmpty()) {
                throw new AssertionError("exit " + exit + "\n" + out + "\n" + err);
            }
            return out;
        }
    }

    static Said run(List<?> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("said", ".out");
        Path err = Files.createTempFile("said", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command.stream().map(Object::toString).toList());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        for (String ambient : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "MAVEN_OPTS")) {
            builder.environment().remove(ambient);
        }
        Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            process.getOutputStream().close();
            int exit = process.waitFor();
            return new Said(exit, Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }

    static Said java(Object... arguments) throws IOException, InterruptedException {
        List<Object> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java"));
        command.addAll(List.of(arguments));
        return run(command);
    }
}
