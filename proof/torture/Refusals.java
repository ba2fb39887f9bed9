import module java.base;

/** The kernel, or who guards it, does not let a ring be made. */
final class Refusals {
    /** A command that starts another one where a ring cannot be made, and the answer it gets. */
    private record Way(String name, List<String> before, String answer) {}

    private static final Map<String, Integer> ERRNOS =
            Map.of("EPERM", 1, "ENOSYS", 38, "ENOMEM", 12, "EINVAL", 22);

    private Refusals() {}

    static Row row() {
        return new Row(
                "refusals",
                "auto serves on nio with one line in the log; a named driver fails with the reason"
                        + " and the remedy",
                "io_uring refused with EPERM, ENOSYS, ENOMEM, EINVAL by a seccomp filter, and by no"
                        + " memory that may be locked",
                List.of("uring"),
                Refusals::run);
    }

    private static void run(Trial trial) throws Exception {
        Commands.need("gcc", "--version");
        String refuse = trial.build().folder().resolve("refuse").toString();
        Path source = trial.build().root().resolve("library/uring/src/test/c/refuse.c");
        Commands.must("gcc", "-o", refuse, source.toString());
        for (String error : List.of("EPERM", "ENOSYS", "ENOMEM", "EINVAL")) {
            String errno = Integer.toString(ERRNOS.get(error));
            refused(trial, new Way(error, List.of(refuse, errno), error));
        }
        refused(trial, noMemlock());
    }

    /** Root may lock what it likes, so that privilege is dropped as well. */
    private static Way noMemlock() throws Exception {
        List<String> before = new ArrayList<>();
        if (Commands.must("id", "-u").equals("0")) {
            before.addAll(List.of("setpriv", "--bounding-set", "-ipc_lock"));
            before.addAll(List.of("--inh-caps", "-ipc_lock"));
        }
        before.addAll(List.of("prlimit", "--memlock=0:0"));
        return new Way("memlock=0", before, "ENOMEM");
    }

    private static void refused(Trial trial, Way way) throws Exception {
        autoServes(trial, way);
        namedFails(trial, way);
        trial.faults += 2;
        trial.figures.put(way.name(), "nio serves, uring is refused");
    }

    private static void autoServes(Trial trial, Way way) throws Exception {
        trial.before(way.before());
        Child server = trial.app("echo", "serve", "--port", "0", "--driver", "auto");
        trial.before(List.of());
        String line = server.read();
        Failed.unless(line.contains("driver=nio"), way.name() + ": " + line);
        int port = Integer.parseInt(line.replaceAll(".*:(\\d+) .*", "$1"));
        Child clients = trial.client("EchoClients", port, 5, 4096, 0, 6);
        clients.read();
        trial.finish(clients, 5);
        long lines = server.log().stream().filter(l -> l.contains("using driver nio")).count();
        Failed.unless(
                lines == 1 && server.log().size() == 1, way.name() + ": it logged " + server.log());
        server.close();
    }

    private static void namedFails(Trial trial, Way way) throws Exception {
        List<String> command = new ArrayList<>(way.before());
        command.addAll(trial.build().app("echo", "serve", "--port", "0", "--driver", "uring"));
        Commands.Result result = Commands.run(Duration.ofMinutes(2), command);
        String said = way.name() + ": " + result;
        Failed.unless(result.status() == 1, said);
        Failed.unless(result.output().contains("io_uring_setup answered " + way.answer()), said);
        Failed.unless(result.output().contains("; remedy: "), said);
    }
}
