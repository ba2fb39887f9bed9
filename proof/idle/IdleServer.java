import module io.overlapped;

import java.lang.management.ManagementFactory;

/**
 * Holds connections that wait, and says what the JVM's heap holds after a collection.
 *
 * <p>java IdleServer.java DRIVER: prints its port; each line of standard input is answered with the
 * connections open and the heap in use.
 */
static final AtomicInteger OPEN = new AtomicInteger();

void main(String[] arguments) throws Exception {
    Options options = Options.defaults().withDriver(arguments[0]);
    try (Proactor proactor = Proactor.start(options)) {
        TcpListener listener = proactor.listen(new InetSocketAddress("127.0.0.1", 0));
        listener.accept(new Overlapped(this::accepted));
        IO.println("port " + listener.address().getPort());
        for (String line = IO.readln(); line != null; line = IO.readln()) {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            long heapBytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            IO.println("open " + OPEN.get() + " heap " + heapBytes);
        }
    }
}

void accepted(Overlapped accept) {
    if (accept.status() == Status.OK) {
        OPEN.incrementAndGet();
        accept.stream().receive(new Overlapped(this::moved));
        accept.listener().accept(accept);
    }
}

void moved(Overlapped move) {
    TcpStream stream = move.stream();
    if (move.hasBuffer() && move.operation() == Operation.RECEIVE) {
        stream.send(move, move.buffer());
        return;
    }
    if (move.operation() == Operation.SEND) {
        move.buffer().close();
    }
    if (move.bytes() == 0) {
        OPEN.decrementAndGet();
        stream.close();
    } else {
        stream.receive(move);
    }
}
