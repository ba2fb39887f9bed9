import module java.base;

/** The server is killed under traffic, and started again at once on the same port. */
final class Restarts {
    private static final int CLIENTS = 10;

    private Restarts() {}

    static Row row() {
        return new Row(
                "restarts",
                "it listens on its port again every time; clients that come back lose no byte",
                "kill -9 of ./overlapped echo serve under traffic, and a new one at once, 100 times",
                Row.BOTH,
                Restarts::run);
    }

    private static void run(Trial trial) throws Exception {
        int port = freePort();
        Child server = serve(trial, port);
        Child clients = trial.client("EchoClients", port, CLIENTS, 4096, 1, 8, "reconnect");
        clients.read();
        int rounds = trial.pick(2, 100);
        long[] listening = new long[rounds];
        long[] serving = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            String round = "round " + (i + 1);
            trial.goOn(clients, CLIENTS, trial.patience(), round + ": all clients are served");
            server.kill();
            long killed = System.nanoTime();
            server = serve(trial, port);
            listening[i] = (System.nanoTime() - killed) / 1_000_000;
            trial.goOn(clients, 1, trial.patience(), round + ": a client is served");
            serving[i] = (System.nanoTime() - killed) / 1_000_000;
            Failed.unless(server.log().isEmpty(), round + ": it logged " + server.log());
        }
        Counts end = trial.finish(clients, CLIENTS);
        trial.faults = rounds;
        trial.figures.put("rounds", rounds);
        trial.figures.put("reconnects", end.get("connects") - CLIENTS);
        trial.figures.put("listeningMillisMedian", median(listening));
        trial.figures.put("listeningMillisMax", Arrays.stream(listening).max().orElseThrow());
        trial.figures.put("servingMillisMedian", median(serving));
        trial.figures.put("servingMillisMax", Arrays.stream(serving).max().orElseThrow());
    }

    private static Child serve(Trial trial, int port) throws IOException {
        Child server =
                trial.app(
                        "echo",
                        "serve",
                        "--port",
                        Integer.toString(port),
                        "--driver",
                        trial.driver);
        String line = server.read();
        Failed.unless(line.contains(":" + port + " "), line);
        return server;
    }

    private static long median(long[] values) {
        return Arrays.stream(values).sorted().skip(values.length / 2).findFirst().orElseThrow();
    }

    /**
     * Below those the system picks for clients: a client that connects while nobody listens could
     * get the very port as its own, and be connected to itself.
     */
    private static int freePort() throws IOException {
        Random random = new Random();
        for (int i = 0; i < 100; i++) {
            try (ServerSocket socket = new ServerSocket(20_000 + random.nextInt(10_000))) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Another one, then.
            }
        }
        throw new Failed("no free port between 20000 and 30000");
    }
}
