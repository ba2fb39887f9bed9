package io.overlapped.lab.referee;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the process that serves a model is started.
 *
 * <p>Threads: any.
 */
@FunctionalInterface
public interface ModelCommand {
    /**
     * The command line.
     *
     * @param model the model's name
     * @param job {@link Row#ECHO} or {@link Row#CHAT}
     * @param watched whether it prints its steps
     */
    List<String> of(String model, String job, boolean watched);

    /** The models of this module, in the Java and with the modules that run now. */
    static ModelCommand ownModules() {
        String modules = System.getProperty("jdk.module.path");
        if (modules == null) {
            throw new IllegalStateException(
                    "not started with a module path; run the lab as ./overlapped lab");
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return (model, job, watched) -> {
            List<String> command = new ArrayList<>();
            command.add(java);
            command.add("--enable-native-access=io.overlapped.lab,io.overlapped.uring");
            command.addAll(List.of("--module-path", modules));
            command.addAll(List.of("--module", "io.overlapped.lab/io.overlapped.lab.Serve"));
            command.addAll(List.of("--model", model, "--job", job, "--port", "0"));
            if (watched) {
                command.add("--watch");
            }
            return command;
        };
    }
}
