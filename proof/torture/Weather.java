import module java.base;

/** A network of its own, and the packets that get lost in it. */
final class Weather {
    private static final int CLIENTS = 20;
    // TCP waits twice as long after each retransmission, so that the next one can be as far away as
    // the network was gone for.
    private static final Duration CONVERGED = Duration.ofSeconds(35);

    private final Trial trial;
    private final String network;

    private Weather(Trial trial, String network) {
        this.trial = trial;
        this.network = network;
    }

    static Row loss() {
        return new Row(
                "loss",
                "no byte is lost or wrong, no session ends, all go on within 35 s",
                "a network namespace in which nft drops 1 to 20 % of all packets",
                Row.BOTH,
                trial -> {
                    int[] percents = trial.quick ? new int[] {10} : new int[] {1, 2, 5, 10, 20};
                    run(
                            trial,
                            weather -> {
                                for (int percent : percents) {
                                    weather.bad(
                                            percent + "%",
                                            "numgen random mod 100 < " + percent + " counter drop",
                                            trial.pick(1500, 15_000));
                                }
                            });
                });
    }

    static Row partition() {
        return new Row(
                "partition",
                "no byte is lost or wrong, no session ends, all go on within 35 s",
                "a network namespace in which nft drops every packet for 1 to 30 s",
                Row.BOTH,
                trial -> {
                    int[] seconds = trial.quick ? new int[] {1} : new int[] {1, 10, 30};
                    run(
                            trial,
                            weather -> {
                                for (int second : seconds) {
                                    weather.bad(second + "s", "counter drop", second * 1000L);
                                }
                            });
                });
    }

    private interface Day {
        void pass(Weather weather) throws Exception;
    }

    private static void run(Trial trial, Day day) throws Exception {
        Commands.needRoot();
        Commands.need("nft", "--version");
        String network = "torture-" + ProcessHandle.current().pid();
        Commands.need("ip", "netns", "add", network);
        trial.atEnd(() -> Commands.must("ip", "netns", "del", network));
        Weather weather = new Weather(trial, network);
        weather.inside("ip", "link", "set", "lo", "up");
        weather.inside("nft", "add table inet torture");
        weather.inside("nft", "add chain inet torture in { type filter hook input priority 0; }");
        trial.before(List.of("ip", "netns", "exec", network));
        Child server = trial.server(List.of());
        int port = trial.portOf(server);
        Trial.Held base = trial.base(server, port);
        weather.clients = trial.client("EchoClients", port, CLIENTS, 4096, 2, 4);
        weather.clients.read();
        day.pass(weather);
        trial.finish(weather.clients, CLIENTS);
        trial.backTo(base, server);
        trial.silent(server);
    }

    private Child clients;

    private void bad(String name, String rule, long millis) throws Exception {
        inside("nft", "add rule inet torture in " + rule);
        Thread.sleep(millis);
        trial.until("packets are dropped", () -> dropped() > 0);
        long dropped = dropped();
        inside("nft", "flush chain inet torture in");
        long converged =
                trial.goOn(clients, CLIENTS, CONVERGED, "every session goes on after " + name);
        trial.faults += dropped;
        trial.figures.put(name + " packetsDropped", dropped);
        trial.figures.put(name + " convergedMillis", converged);
    }

    private long dropped() throws Exception {
        Matcher counter =
                Pattern.compile("counter packets (\\d+)")
                        .matcher(inside("nft", "list chain inet torture in"));
        Failed.unless(counter.find(), "nft counts nothing");
        return Long.parseLong(counter.group(1));
    }

    private String inside(String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", network));
        all.addAll(List.of(command));
        return Commands.must(all.toArray(new String[0]));
    }
}
