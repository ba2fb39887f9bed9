import module java.base;

/** A server without descriptors while connections keep coming. */
final class Descriptors {
    private static final int LIMIT = 256;
    private static final int HELD = 600;
    private static final int FRIENDS = 10;
    private static final int CPU_PERCENT_MAX = 5;

    /** 10 ms, 20, 40 … up to half a second; one that spins makes tens of thousands. */
    private static final int PAUSES_MAX = 16;

    private static final int PAUSE_MILLIS_MAX = 500;
    private static final int PASSES_PER_EVENT_MAX = 20;
    private static final int LOG_LINES_MAX = 10;

    /** A second by the server's own clock, and as much again for a machine that is busy. */
    private static final long ACCEPTS_TICKS = 2 * 20;

    private Descriptors() {}

    static Row row() {
        return new Row(
                "descriptors",
                "below 5 % of a processor while it has none, existing sessions go on, accepts again"
                        + " within 1 s of relief, 1 to 10 lines in the log",
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
        trial.until(
                "the server runs out of descriptors",
                () -> {
                    attacker.ask("flood 400");
                    return server.counts("counts").get("acceptPauses") > 0;
                });

        friends.ask("mark");
        long attempts = usesLittle(trial, server, friends, attacker);
        trial.until(
                "sessions go on while there are none",
                () -> friends.counts("report").get("moved") == FRIENDS);
        acceptsAgain(trial, server, attacker, port);
        attacker.finish();
        trial.finish(friends, FRIENDS);

        trial.faults = attempts;
        trial.figures.put("attempts", attempts);
        int lines = server.log().size();
        trial.figures.put("logLines", lines);
        Failed.unless(lines > 0 && lines <= LOG_LINES_MAX, "it logged: " + server.log());
        trial.backTo(base, server);
    }

    /**
     * Quickly told by what its loop does, which does not depend on what else the machine does; a
     * whole run, on a machine that does little else, takes the processor's time as well.
     */
    private static long usesLittle(Trial trial, Child server, Child friends, Child attacker)
            throws Exception {
        long millis = trial.pick(1500, 10_000);
        long messagesBefore = friends.counts("report").get("messages");
        Counts before = server.counts("counts");
        long cpuBefore = server.cpuMillis();
        long start = System.nanoTime();
        Counts flood = attacker.counts("flood " + millis);
        double taken = (System.nanoTime() - start) / 1e6;
        double percent = Math.round(1000 * (server.cpuMillis() - cpuBefore) / taken) / 10.0;
        Counts after = server.counts("counts");
        long messages = friends.counts("report").get("messages") - messagesBefore;
        long pauses = after.get("acceptPauses") - before.get("acceptPauses");
        long passes = after.get("passes") - before.get("passes");
        long ticks = after.get("ticks") - before.get("ticks");
        trial.figures.put("cpuPercent", percent);
        trial.figures.put("acceptPauses", pauses);
        trial.figures.put("passes", passes);
        Failed.unless(
                pauses <= PAUSES_MAX + taken / PAUSE_MILLIS_MAX * 2,
                "it tried " + pauses + " times in " + taken + " ms to accept");
        Failed.unless(
                passes <= PASSES_PER_EVENT_MAX * (messages + ticks + pauses),
                "its loop made " + passes + " passes for " + messages + " messages");
        Failed.unless(
                trial.quick || percent < CPU_PERCENT_MAX,
                "it used " + percent + " % of a processor");
        return flood.get("attempts");
    }

    /** Told by its own clock, which stands still when it gets no processor. */
    private static void acceptsAgain(Trial trial, Child server, Child attacker, int port)
            throws Exception {
        long opened = server.counts("counts").get("opened");
        long relieved = System.nanoTime();
        attacker.ask("relieve");
        long ticks = server.counts("counts").get("ticks");
        trial.until(
                "it accepts again",
                () -> {
                    Counts now = server.counts("counts");
                    boolean accepts = now.get("opened") > opened;
                    Failed.unless(
                            accepts || now.get("ticks") - ticks <= ACCEPTS_TICKS,
                            "it does not accept again within " + ACCEPTS_TICKS + " ticks");
                    return accepts;
                });
        trial.figures.put("acceptsAgainMillis", (System.nanoTime() - relieved) / 1_000_000);
        echoes(port);
        trial.figures.put("newClientServedMillis", (System.nanoTime() - relieved) / 1_000_000);
    }

    private static void echoes(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(60_000);
            socket.connect(new InetSocketAddress("127.0.0.1", port), 60_000);
            socket.getOutputStream().write(1);
            Failed.unless(socket.getInputStream().read() == 1, "a new client is not served");
        }
    }
}
