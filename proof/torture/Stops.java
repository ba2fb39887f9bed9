import module java.base;

/** A process stands still for a while, as on a machine that is suspended or out of memory. */
final class Stops {
    private static final int CLIENTS = 20;

    private Stops() {}

    static Row row() {
        return new Row(
                "stops",
                "no byte is lost or wrong, no session ends, timers fire after the resume",
                "SIGSTOP of the server and then of the clients for 1 to 10 s, then SIGCONT",
                Row.BOTH,
                Stops::run);
    }

    private static void run(Trial trial) throws Exception {
        Child server = trial.server(List.of());
        int port = trial.portOf(server);
        Trial.Held base = trial.base(server, port);
        Child clients = trial.client("EchoClients", port, CLIENTS, 4096, 1, 9);
        clients.read();
        int[] seconds = trial.quick ? new int[] {1} : new int[] {1, 2, 5, 10};
        for (int second : seconds) {
            stop(trial, server, second);
            long ticks = server.counts("counts").get("ticks");
            long timers =
                    trial.until(
                            "timers fire after the resume",
                            trial.patience(),
                            () -> server.counts("counts").get("ticks") >= ticks + 3);
            trial.figures.put("server " + second + "s threeTicksOf50Millis", timers);
            allGoOn(trial, clients);
            stop(trial, clients, second);
            allGoOn(trial, clients);
        }
        trial.finish(clients, CLIENTS);
        trial.backTo(base, server);
        trial.silent(server);
    }

    private static void stop(Trial trial, Child child, int seconds) throws Exception {
        child.signal("STOP");
        Thread.sleep(seconds * 1000L);
        child.signal("CONT");
        trial.faults++;
    }

    private static void allGoOn(Trial trial, Child clients) throws Exception {
        trial.goOn(clients, CLIENTS, trial.patience(), "every session goes on after the resume");
    }
}
