import module java.base;

/** The system call that drives a ring fails now and then. */
final class Enters {
    private static final int CLIENTS = 20;
    private static final List<String> ERRORS = List.of("EINTR", "EAGAIN", "EBUSY");

    private Enters() {}

    static Row row() {
        return new Row(
                "enters",
                "a verified echo does not notice",
                "strace makes every n-th io_uring_enter of the running server fail with EINTR,"
                        + " EAGAIN or EBUSY, n from 2 to 100",
                List.of("uring"),
                Enters::run);
    }

    private static void run(Trial trial) throws Exception {
        Commands.need("strace", "-o", "/dev/null", "true");
        Child server = trial.server(List.of());
        int port = trial.portOf(server);
        Trial.Held base = trial.base(server, port);
        Child clients = trial.client("EchoClients", port, CLIENTS, 4096, 0, 5);
        clients.read();
        long injected = 0;
        int runs = 0;
        int[] every = trial.quick ? new int[] {2, 7, 100} : IntStream.rangeClosed(2, 100).toArray();
        for (int n : every) {
            for (String error : ERRORS) {
                inject(trial, server, clients, error, n);
                injected += trial.pick(5, 20);
                runs++;
            }
        }
        trial.faults = injected;
        trial.figures.put("runs", runs);
        trial.figures.put("failuresInjected", injected);
        trial.finish(clients, CLIENTS);
        trial.backTo(base, server);
        trial.silent(server);
    }

    /**
     * Attaches until so many calls have failed that a little later none fails any more: a tracer
     * that lets go between a call and its answer would leave an error behind that nobody asked for.
     */
    private static void inject(Trial trial, Child server, Child clients, String error, int n)
            throws Exception {
        Path calls = trial.build().folder().resolve("calls");
        int failures = trial.pick(5, 20);
        String when = n + ".." + n * failures + "+" + n;
        Child strace =
                trial.child(
                        List.of(
                                "strace",
                                "-f",
                                "-qq",
                                "-o",
                                calls.toString(),
                                "-e",
                                "trace=io_uring_enter",
                                "-e",
                                "inject=io_uring_enter:error=" + error + ":when=" + when,
                                "-p",
                                Long.toString(server.pid())));
        String what = error + " on every " + n + ". enter";
        trial.until(what + ": calls fail", () -> injected(calls) >= failures);
        trial.goOn(clients, CLIENTS, trial.patience(), what + ": every client goes on");
        strace.signal("INT");
        trial.until("strace lets go", () -> !strace.isAlive());
        Counts now = clients.counts("report");
        Failed.unless(now.get("up") == CLIENTS, what + ": " + now.text());
        Files.delete(calls);
    }

    static long injected(Path calls) throws IOException {
        if (!Files.exists(calls)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(calls)) {
            return lines.filter(line -> line.contains("INJECTED")).count();
        }
    }
}
