import module java.base;

/** Connections are killed under traffic, from outside and at either end. */
final class Resets {
    private static final long SEED = 3;

    private Resets() {}

    static Row row() {
        return new Row(
                "resets",
                "killed clients see an end, the others lose no byte, the server keeps nothing",
                "ss -K on a random tenth of the connections, again and again, at either end",
                Row.BOTH,
                Resets::run);
    }

    private static void run(Trial trial) throws Exception {
        Commands.needRoot();
        Commands.need("ss", "-V");
        Child server = trial.server(List.of());
        int port = trial.portOf(server);
        Trial.Held base = trial.base(server, port);
        Random random = new Random(SEED);
        long killed = 0;
        for (int i = 0; i < trial.pick(1, 20); i++) {
            Child clients = trial.client("EchoClients", port, 100, 4096, 1, SEED + i * 1000);
            clients.read();
            killed += killHalf(trial, clients, port, random);
        }
        trial.faults = killed;
        trial.figures.put("killed", killed);
        trial.backTo(base, server);
        trial.silent(server);
    }

    private static long killHalf(Trial trial, Child clients, int port, Random random)
            throws Exception {
        long killed = 0;
        while (killed < 50) {
            List<String> up = new ArrayList<>(List.of(clients.ask("ports").split(" ")));
            Collections.shuffle(up, random);
            List<String> chosen = up.subList(0, 10);
            boolean ofServer = random.nextBoolean();
            String ports =
                    chosen.stream()
                            .map(p -> (ofServer ? "dport = :" : "sport = :") + p)
                            .collect(Collectors.joining(" or "));
            String filter =
                    "( " + ports + " ) and " + (ofServer ? "sport" : "dport") + " = :" + port;
            String output = Commands.must("ss", "-K", "-tn", filter);
            if (output.lines().count() != chosen.size() + 1) {
                throw new Skipped(
                        "ss -K kills nothing here; the kernel may lack INET_DIAG_DESTROY");
            }
            killed += chosen.size();
            long all = killed;
            trial.until(
                    "every killed client sees an end",
                    () -> clients.counts("report").get("broken") == all);
        }
        long left = 100 - killed;
        trial.goOn(clients, left, trial.patience(), "every other client goes on");
        Counts end = trial.finish(clients, left);
        Failed.unless(end.get("broken") == killed, end.text());
        return killed;
    }
}
