import module java.base;

/** A server without descriptors while connections keep coming. */
final class Descriptors {
    private static final int LIMIT = 256;
    private static final int HELD = 600;
    private static final int FRIENDS = 10;
    private static final int CPU_PERCENT_MAX = 5;
    private static final int LOG_LINES_MAX = 10;
    private static final Duration ACCEPTS = Duration.ofSeconds(1);

    private Descriptors() {}

    static Row row() {
        return new Row(
                "descriptors",
                "below 5 % of a processor while it has none, existing sessions go on, accepts"
                        + " again within 1 s of relief, 1 to 10 lines in the log",
                "256 descriptors at most, and 2,000 connections a second for 10 s",
                Row.BOTH,
                Descriptors::run);
    }

    private static void run(Trial trial) throws Exception {
        Commands.need("prlimit", "--version");
        trial.before(List.of("prlimit", "--nofile=" + LIMIT + ":" + LIMIT));
        // The JDK would raise a soft limit to the hard one.
        Child server = trial.server(List.of("-XX:-MaxFDLimit"));
        trial.before(List.of());
        int port = trial.portOf(server);
        Trial.Held base = trial.base(server, port);
        Child friends = trial.client("EchoClients", port, FRIENDS, 1024, 50, 7);
        friends.read();
        Child attacker = trial.client("Flood", port, HELD);
        attacker.read();

        attacker.ask("flood 400");
        trial.until(
                "the server runs out of descriptors",
                () -> server.counts("counts").get("acceptPauses") > 0);
        friends.ask("mark");
        long cpuBefore = server.cpuMillis();
        long start = System.nanoTime();
        long millis = trial.pick(1500, 10_000);
        Counts flood = attacker.counts("flood " + millis);
        double taken = (System.nanoTime() - start) / 1e6;
        double percent = 100 * (server.cpuMillis() - cpuBefore) / taken;
        Counts during = friends.counts("report");
        long opened = server.counts("counts").get("opened");

        long relieved = System.nanoTime();
        attacker.ask("relieve");
        trial.until(
                "it accepts again",
                Duration.ofSeconds(5),
                () -> server.counts("counts").get("opened") > opened);
        long accepting = (System.nanoTime() - relieved) / 1_000_000;
        echoes(port);
        long serving = (System.nanoTime() - relieved) / 1_000_000;
        attacker.finish();
        trial.finish(friends, FRIENDS);

        trial.faults = flood.get("attempts");
        trial.figures.put("attempts", flood.get("attempts"));
        trial.figures.put("cpuPercent", Math.round(percent * 10) / 10.0);
        trial.figures.put("acceptsAgainMillis", accepting);
        trial.figures.put("newClientServedMillis", serving);
        trial.figures.put("logLines", server.log().size());
        Failed.unless(percent < CPU_PERCENT_MAX, "it used " + percent + " % of a processor");
        Failed.unless(during.get("moved") == FRIENDS, "sessions stood still: " + during.text());
        Failed.unless(
                accepting <= ACCEPTS.toMillis(), "it accepts again after " + accepting + " ms");
        int lines = server.log().size();
        Failed.unless(lines > 0 && lines <= LOG_LINES_MAX, "it logged: " + server.log());
        trial.backTo(base, server);
    }

    private static void echoes(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress("127.0.0.1", port), 20_000);
            socket.getOutputStream().write(1);
            Failed.unless(socket.getInputStream().read() == 1, "a new client is not served");
        }
    }
}
