package io.overlapped.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The core of the server and the core of the load.
 *
 * @param taskset the program that pins, if there is one
 * @param note what is not as it should be, and the remedy
 */
record Cores(Optional<Path> taskset, int server, int load, Optional<String> note) {
    /** The first two cores that this process may use. */
    static Cores of() throws IOException {
        return of(Commands.find("taskset"), allowed());
    }

    static Cores of(Optional<Path> taskset, List<Integer> allowed) {
        if (taskset.isEmpty()) {
            return new Cores(
                    taskset,
                    -1,
                    -1,
                    Optional.of(
                            "not pinned: there is no taskset, so that servers may use several cores;"
                                    + " apt install util-linux"));
        }
        if (allowed.size() < 2) {
            int core = allowed.isEmpty() ? 0 : allowed.getFirst();
            return new Cores(
                    taskset,
                    core,
                    core,
                    Optional.of(
                            "one core only: server and load share it, so that throughput and"
                                    + " latency mean little; give this machine two cores"));
        }
        return new Cores(taskset, allowed.get(0), allowed.get(1), Optional.empty());
    }

    List<String> pinServer(List<String> command) {
        return pin(server, command);
    }

    List<String> pinLoad(List<String> command) {
        return pin(load, command);
    }

    private List<String> pin(int core, List<String> command) {
        List<String> pinned = new ArrayList<>();
        taskset.ifPresent(
                program -> pinned.addAll(List.of(program.toString(), "-c", String.valueOf(core))));
        pinned.addAll(command);
        return pinned;
    }

    private static List<Integer> allowed() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("Cpus_allowed_list:")) {
                return numbers(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return List.of();
    }

    /** The numbers of a list such as {@code 0-2,5}. */
    static List<Integer> numbers(String list) {
        List<Integer> numbers = new ArrayList<>();
        for (String range : list.split(",", -1)) {
            String[] ends = range.split("-", -1);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int i = Integer.parseInt(ends[0]); i <= last; i++) {
                numbers.add(i);
            }
        }
        return numbers;
    }
}
