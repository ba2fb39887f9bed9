package io.overlapped.lab.referee;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One core for the server and another for this process, by {@code taskset}, so that neither takes
 * the other's time.
 *
 * <p>Threads: one.
 */
final class Affinity implements AutoCloseable {
    private static final long COMMAND_SECONDS = 5;

    private final String allowed;
    private final String why;
    private final List<String> serverPrefix;

    private Affinity(String allowed, String why, List<String> serverPrefix) {
        this.allowed = allowed;
        this.why = why;
        this.serverPrefix = serverPrefix;
    }

    /** Pins this process, if {@code wanted} and if there are two cores. */
    static Affinity of(boolean wanted) {
        if (!wanted) {
            return new Affinity("", "server and client share all cores", List.of());
        }
        String allowed = allowed();
        List<Integer> cores = cores(allowed);
        if (cores.size() < 2) {
            return new Affinity("", "server and client share the only core", List.of());
        }
        int forServer = cores.getFirst();
        int forClient = cores.getLast();
        if (!pinThisProcess(Integer.toString(forClient))) {
            return new Affinity(
                    "", "server and client share all cores (taskset does not work)", List.of());
        }
        return new Affinity(
                allowed,
                "server on core " + forServer + ", client on core " + forClient,
                List.of("taskset", "-c", Integer.toString(forServer)));
    }

    private static String allowed() {
        String name = "Cpus_allowed_list:";
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** The numbers in a list such as {@code 0-2,5}. */
    static List<Integer> cores(String list) {
        List<Integer> cores = new ArrayList<>();
        for (String range : list.isEmpty() ? new String[0] : list.split(",", -1)) {
            String[] ends = range.split("-", 2);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int core = Integer.parseInt(ends[0]); core <= last; core++) {
                cores.add(core);
            }
        }
        return cores;
    }

    private static boolean pinThisProcess(String cores) {
        String pid = Long.toString(ProcessHandle.current().pid());
        try {
            Process taskset =
                    new ProcessBuilder("taskset", "-a", "-c", "-p", cores, pid)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return taskset.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) && taskset.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Who runs where, as a sentence. */
    String why() {
        return why;
    }

    /** The server's command line, on its core. */
    List<String> server(List<String> command) {
        List<String> all = new ArrayList<>(serverPrefix);
        all.addAll(command);
        return all;
    }

    /** Gives this process its cores back. */
    @Override
    public void close() {
        if (!allowed.isEmpty()) {
            pinThisProcess(allowed);
        }
    }
}
