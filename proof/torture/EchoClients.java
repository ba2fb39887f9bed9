/**
 * The judge of an echo server: plain sockets of the JDK's that send random messages and compare
 * every byte that comes back.
 *
 * <p>Prints {@code ready}, then answers each line of standard input with one line: {@code ports}
 * with the local ports of the connections that are up, {@code mark} and {@code report} with what
 * has happened. With the end of its input every connection finishes its message, ends its side and
 * expects the end of the stream; a last report follows.
 *
 * <p>Arguments: PORT CONNECTIONS MESSAGE_BYTES_MAX PAUSE_MILLIS SEED [reconnect]
 */
static final class Connection {
    final SplittableRandom random;
    Socket socket;
    volatile int localPort;
    volatile long messages;
    volatile long bytes;
    volatile long marked;
    volatile String end = "";
    volatile String corruption = "";
    volatile int connects;

    Connection(long seed) {
        random = new SplittableRandom(seed);
    }
}

int port;
int messageBytesMax;
long pauseMillis;
boolean reconnects;
volatile boolean stopping;
final List<Connection> connections = new ArrayList<>();

void main(String[] arguments) throws Exception {
    port = Integer.parseInt(arguments[0]);
    messageBytesMax = Integer.parseInt(arguments[2]);
    pauseMillis = Long.parseLong(arguments[3]);
    long seed = Long.parseLong(arguments[4]);
    reconnects = arguments.length > 5;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
        Connection connection = new Connection(seed + i);
        connections.add(connection);
        threads.add(Thread.startVirtualThread(() -> live(connection)));
    }
    while (connections.stream().anyMatch(c -> c.messages == 0 && c.end.isEmpty())) {
        Thread.sleep(5);
    }
    IO.println("ready");
    for (String line = IO.readln(); line != null; line = IO.readln()) {
        if (line.equals("ports")) {
            IO.println(
                    connections.stream()
                            .filter(c -> c.end.isEmpty())
                            .map(c -> Integer.toString(c.localPort))
                            .collect(Collectors.joining(" ")));
        } else {
            if (line.equals("mark")) {
                connections.forEach(c -> c.marked = c.messages);
            }
            IO.println(report());
        }
    }
    stopping = true;
    for (Thread thread : threads) {
        thread.join(Duration.ofSeconds(60));
    }
    IO.println(report());
}

/** {@code moved} counts the connections that had a message back since the mark. */
String report() {
    long up = connections.stream().filter(c -> c.end.isEmpty()).count();
    return "up=%d finished=%d broken=%d corrupt=%d moved=%d connects=%d messages=%d bytes=%d %s"
            .formatted(
                    up,
                    connections.stream().filter(c -> c.end.equals("finished")).count(),
                    connections.stream()
                            .filter(c -> !c.end.isEmpty() && !c.end.equals("finished"))
                            .count(),
                    connections.stream().filter(c -> !c.corruption.isEmpty()).count(),
                    connections.stream().filter(c -> c.messages > c.marked).count(),
                    connections.stream().mapToLong(c -> c.connects).sum(),
                    connections.stream().mapToLong(c -> c.messages).sum(),
                    connections.stream().mapToLong(c -> c.bytes).sum(),
                    "why="
                            + connections.stream()
                                    .map(c -> c.corruption.isEmpty() ? c.end : c.corruption)
                                    .filter(why -> !why.isEmpty() && !why.equals("finished"))
                                    .distinct()
                                    .collect(Collectors.joining("|"))
                                    .replace(' ', '_'));
}

void live(Connection connection) {
    do {
        try (Socket socket = new Socket()) {
            connection.socket = socket;
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.setTcpNoDelay(true);
            connection.localPort = socket.getLocalPort();
            connection.connects++;
            talk(connection);
            connection.end = "finished";
        } catch (IOException e) {
            if (!reconnects) {
                connection.end = String.valueOf(e.getMessage());
            }
        } catch (InterruptedException e) {
            connection.end = "interrupted";
        }
        pause(reconnects ? 20 : 0);
    } while (reconnects && !stopping && connection.corruption.isEmpty());
    if (connection.end.isEmpty()) {
        connection.end = "finished";
    }
}

void pause(long millis) {
    try {
        Thread.sleep(millis);
    } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
    }
}

void talk(Connection connection) throws IOException, InterruptedException {
    InputStream in = connection.socket.getInputStream();
    while (!stopping) {
        byte[] sent = new byte[1 + connection.random.nextInt(messageBytesMax)];
        connection.random.nextBytes(sent);
        connection.socket.getOutputStream().write(sent);
        byte[] got = in.readNBytes(sent.length);
        int differs = Arrays.mismatch(sent, got);
        if (differs >= 0 && differs < got.length) {
            connection.corruption = "byte " + (connection.bytes + differs) + " is wrong";
            throw new IOException(connection.corruption);
        } else if (differs >= 0) {
            throw new EOFException("the stream ended");
        }
        connection.bytes += sent.length;
        connection.messages++;
        Thread.sleep(pauseMillis);
    }
    connection.socket.shutdownOutput();
    if (in.read() >= 0) {
        connection.corruption = "a byte came that was never sent";
        throw new IOException(connection.corruption);
    }
}
