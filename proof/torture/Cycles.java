/**
 * Connects and closes, in turn in each way a client can end: at once, at once with a reset, after
 * an echo, after an echo with a reset, and after an echo by ending its side and reading to the end.
 *
 * <p>Prints {@code ready}, then takes lines with a number of cycles and answers each with what came
 * of them. Ends with its input.
 *
 * <p>Arguments: PORT THREADS
 */
static final int WAYS = 5;

int port;
final LongAdder failures = new LongAdder();
final AtomicReference<String> failure = new AtomicReference<>("");

void main(String[] arguments) throws Exception {
    port = Integer.parseInt(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    IO.println("ready");
    for (String line = IO.readln(); line != null; line = IO.readln()) {
        long cycles = Long.parseLong(line);
        AtomicLong next = new AtomicLong();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(Thread.ofPlatform().start(() -> run(next, cycles)));
        }
        for (Thread thread : all) {
            thread.join();
        }
        IO.println(
                "cycles=%d failures=%d why=%s"
                        .formatted(cycles, failures.sum(), failure.get().replace(' ', '_')));
    }
    IO.println("done");
}

void run(AtomicLong next, long cycles) {
    for (long number = next.getAndIncrement(); number < cycles; number = next.getAndIncrement()) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 60_000);
            socket.setSoTimeout(60_000);
            visit(socket, (int) (number % WAYS), (byte) number);
        } catch (IOException e) {
            failures.increment();
            failure.set(String.valueOf(e.getMessage()));
        }
    }
}

void visit(Socket socket, int way, byte value) throws IOException {
    if (way >= 2) {
        socket.getOutputStream().write(value);
        if ((byte) socket.getInputStream().read() != value) {
            throw new IOException("a wrong byte came back");
        }
    }
    if (way == 1 || way == 3) {
        socket.setSoLinger(true, 0);
    } else if (way == 4) {
        socket.shutdownOutput();
        if (socket.getInputStream().read() >= 0) {
            throw new IOException("a byte came that was never sent");
        }
    }
}
