import module java.base;

/** One run of a row with one driver: its children, its figures and its end. */
final class Trial implements AutoCloseable {
    private static final int WARM_VISITS = 50;

    final String driver;
    final boolean quick;
    final Map<String, Object> figures = new LinkedHashMap<>();

    /** Messages, connections or tests that were verified. */
    long events;

    /** What was done to break them: packets lost, calls failed, connections killed. */
    long faults;

    private final Build build;
    private final List<Child> children = new CopyOnWriteArrayList<>();
    private final Deque<AutoCloseable> cleanups = new ConcurrentLinkedDeque<>();
    private List<String> before = List.of();

    private final String fault;

    Trial(Build build, String driver, boolean quick, String fault) {
        this.build = build;
        this.fault = fault;
        this.driver = driver;
        this.quick = quick;
    }

    Build build() {
        return build;
    }

    int pick(int whenQuick, int whenWhole) {
        return quick ? whenQuick : whenWhole;
    }

    /** Children that follow are started by this command, such as {@code ip netns exec NAME}. */
    void before(List<String> command) {
        before = command;
    }

    /** Is done at the end, whatever the end. */
    void atEnd(AutoCloseable cleanup) {
        cleanups.push(cleanup);
    }

    Child child(List<String> command) throws IOException {
        List<String> all = new ArrayList<>(before);
        all.addAll(command);
        Path log = build.folder().resolve("child-" + System.nanoTime() + ".log");
        Child child = new Child(log, all);
        children.add(child);
        return child;
    }

    /** The server of this folder. */
    Child server(List<String> javaOptions) throws IOException {
        List<String> command = new ArrayList<>(build.java());
        command.addAll(javaOptions);
        command.addAll(build.library());
        command.add("EchoServer");
        command.add(driver);
        command.add(fault);
        return child(command);
    }

    /** Why the driver cannot run here; empty if it can. */
    Optional<String> obstacle() {
        try (Child server = server(List.of())) {
            return server.announces() ? Optional.empty() : Optional.of(server.complaint());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program of this folder that needs the JDK only. */
    Child client(String program, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(build.java());
        command.addAll(List.of("-cp", build.classes(), program));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return child(command);
    }

    /** The command line of the project. */
    Child app(String... arguments) throws IOException {
        return child(build.app(arguments));
    }

    int portOf(Child server) throws IOException {
        return Integer.parseInt(server.read().substring("port ".length()));
    }

    /** What a server holds while nobody is connected. */
    record Held(long descriptors, long inFlight, long leased) {
        boolean isMoreThan(Held base) {
            return descriptors > base.descriptors
                    || inFlight > base.inFlight
                    || leased > base.leased;
        }
    }

    /** What it holds once nobody is connected any more. */
    Held held(Child server) throws Exception {
        until("all clients are gone", () -> server.counts("counts").get("open") == 0);
        Counts counts = server.counts("counts");
        return new Held(server.descriptors(), counts.get("inFlight"), counts.get("leased"));
    }

    /** What it holds after its classes are loaded and its first buffers are made. */
    Held base(Child server, int port) throws Exception {
        Child warm = client("EchoClients", port, WARM_VISITS, 3000, 0, 1);
        warm.read();
        warm.finish();
        return held(server);
    }

    /** Waits until the server holds no more than that, and then ends it. */
    void backTo(Held base, Child server) throws Exception {
        long deadline = System.nanoTime() + patienceBut("leak").toNanos();
        Held held = held(server);
        while (held.isMoreThan(base)) {
            Failed.unless(System.nanoTime() < deadline, "it holds " + held + " instead of " + base);
            Thread.sleep(20);
            held = held(server);
        }
        figures.put("descriptorsLeft", held.descriptors() - base.descriptors());
        Counts last = Counts.of(server.finish());
        Failed.unless(
                last.get("inFlight") == 0 && last.get("leased") == 0, "closed with " + last.text());
        figures.put("leasesLeft", last.get("leased"));
        figures.put("inFlightLeft", last.get("inFlight"));
    }

    /** Waits until this many clients have had a message back; returns how long, in milliseconds. */
    long goOn(Child clients, long count, Duration timeout, String what) throws Exception {
        clients.ask("mark");
        return until(
                what,
                timeout,
                () -> {
                    Counts counts = clients.counts("report");
                    Failed.unless(counts.get("corrupt") == 0, counts.text());
                    return counts.get("moved") >= count;
                });
    }

    /** Ends clients; all of them must have had every byte and the end of the stream. */
    Counts finish(Child clients, long count) throws Exception {
        Counts end = Counts.of(clients.finish());
        Failed.unless(
                end.get("corrupt") == 0 && end.get("finished") == count && end.get("up") == 0,
                end.text());
        events += end.get("messages");
        figures.merge("bytesVerified", end.get("bytes"), (a, b) -> (Long) a + (Long) b);
        return end;
    }

    void silent(Child server) {
        Failed.unless(server.log().isEmpty(), "it logged: " + server.log());
    }

    /** A condition that may need a child. */
    interface Condition {
        boolean holds() throws Exception;
    }

    /** How long to wait for what should come at once, on a machine that may be busy. */
    Duration patience() {
        return patienceBut("stall");
    }

    /** Less for what this planted fault holds up for ever. */
    private Duration patienceBut(String planted) {
        return Duration.ofSeconds(fault.equals(planted) ? 5 : 120);
    }

    void until(String what, Condition condition) throws Exception {
        until(what, patience(), condition);
    }

    /** Waits for it; returns how long it took, in milliseconds. */
    long until(String what, Duration timeout, Condition condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.holds()) {
            long taken = System.nanoTime() - start;
            Failed.unless(taken < timeout.toNanos(), "not within " + timeout + ": " + what);
            Thread.sleep(5);
        }
        return (System.nanoTime() - start) / 1_000_000;
    }

    @Override
    public void close() {
        children.forEach(Child::close);
        for (AutoCloseable cleanup : cleanups) {
            try {
                cleanup.close();
            } catch (Exception e) {
                System.err.println("torture: cleaning up failed: " + e);
            }
        }
        cleanups.clear();
    }
}
