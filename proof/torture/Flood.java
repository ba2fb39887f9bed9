/**
 * Opens connections as an attacker does: more than the server has descriptors are held, the others
 * are opened and reset at once. Never more than 2,000 a second.
 *
 * <p>Prints {@code ready}, then answers {@code flood MILLIS} when it is over, all the while holding
 * connections, and {@code relieve} after it has closed them. Ends with its input.
 *
 * <p>Arguments: PORT HELD
 */
static final int PER_MILLI = 2;

final List<SocketChannel> held = new ArrayList<>();
long attempts;

void main(String[] arguments) throws Exception {
    InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0]));
    int hold = Integer.parseInt(arguments[1]);
    IO.println("ready");
    for (String line = IO.readln(); line != null; line = IO.readln()) {
        if (line.equals("relieve")) {
            relieve();
        } else {
            flood(server, hold, Long.parseLong(line.split(" ")[1]));
        }
        IO.println("attempts=%d held=%d".formatted(attempts, held.size()));
    }
    relieve();
    IO.println("done");
}

void flood(InetSocketAddress server, int hold, long millis) throws Exception {
    long start = System.nanoTime();
    for (long at = 0; at < millis; at++) {
        for (int i = 0; i < PER_MILLI; i++) {
            open(server, hold);
        }
        long early = start + at * 1_000_000 - System.nanoTime();
        if (early > 0) {
            Thread.sleep(Duration.ofNanos(early));
        }
        if (System.nanoTime() - start > millis * 1_000_000) {
            return;
        }
    }
}

void open(InetSocketAddress server, int hold) throws IOException {
    SocketChannel channel = SocketChannel.open();
    attempts++;
    channel.configureBlocking(false);
    boolean connected = channel.connect(server);
    if (held.size() < hold && (connected || channel.isConnectionPending())) {
        held.add(channel);
    } else {
        reset(channel);
    }
}

void relieve() throws IOException {
    for (SocketChannel channel : held) {
        reset(channel);
    }
    held.clear();
}

void reset(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    channel.close();
}
