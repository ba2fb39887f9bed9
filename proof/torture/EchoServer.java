import module io.overlapped;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;

/**
 * The server under torture: sends back what it receives, and says how it is.
 *
 * <p>Prints {@code port N}, then answers each line of standard input with one line: {@code counts}
 * with what it holds, {@code heap} with the heap in use after a collection. Ends with its input.
 *
 * <p>Arguments: DRIVER [FAULT], where a fault is one of its own: {@code corrupt} changes a byte now
 * and then, {@code leak} keeps a buffer, {@code stall} forgets to go on.
 */
static final int FAULTY_MESSAGE = 500;

static final long TICK_MILLIS = 50;

static final AtomicLong OPENED = new AtomicLong();
static final AtomicLong CLOSED = new AtomicLong();
static final AtomicLong TICKS = new AtomicLong();

String fault = "none";
long messages;
long sends;

void main(String[] arguments) throws Exception {
    fault = arguments.length > 1 ? arguments[1] : "none";
    Proactor proactor = Proactor.start(Options.defaults().withDriver(arguments[0]));
    try (proactor) {
        TcpListener listener = proactor.listen(new InetSocketAddress("127.0.0.1", 0));
        listener.accept(new Overlapped(this::accepted));
        tick(proactor);
        IO.println("port " + listener.address().getPort());
        for (String line = IO.readln(); line != null; line = IO.readln()) {
            IO.println(line.equals("heap") ? "heap=" + heapBytes() : counts(proactor));
        }
    }
    IO.println(counts(proactor));
}

String counts(Proactor proactor) {
    Map<String, Long> counters = proactor.report().counters();
    return "open=%d opened=%d ticks=%d inFlight=%d leased=%d stale=%d acceptPauses=%d passes=%d"
            .formatted(
                    OPENED.get() - CLOSED.get(),
                    OPENED.get(),
                    TICKS.get(),
                    counters.get("inFlight"),
                    counters.get("buffersLeased"),
                    counters.get("staleCompletions"),
                    counters.get("acceptPauses"),
                    counters.get("passes"));
}

/** What the collection left, without what was allocated since. */
long heapBytes() {
    System.gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pool.getCollectionUsage().getUsed())
            .sum();
}

void tick(Proactor proactor) {
    Overlapped timer = new Overlapped(done -> ticked(proactor, done));
    proactor.timer(timer, Duration.ofMillis(TICK_MILLIS));
}

void ticked(Proactor proactor, Overlapped timer) {
    TICKS.incrementAndGet();
    if (timer.status() == Status.OK) {
        proactor.timer(timer, Duration.ofMillis(TICK_MILLIS));
    }
}

void accepted(Overlapped accept) {
    if (accept.status() == Status.OK) {
        OPENED.incrementAndGet();
        accept.stream().receive(new Overlapped(this::moved));
        accept.listener().accept(accept);
    } else if (accept.status() != Status.CANCELED) {
        System.err.println("an accept failed: " + accept.status());
    }
}

void moved(Overlapped move) {
    TcpStream stream = move.stream();
    if (move.hasBuffer() && move.operation() == Operation.RECEIVE) {
        boolean faulty = ++messages % FAULTY_MESSAGE == 0;
        if (faulty && fault.equals("corrupt")) {
            spoil(move.buffer());
        } else if (faulty && fault.equals("stall")) {
            return;
        }
        stream.send(move, move.buffer());
        return;
    }
    if (move.operation() == Operation.SEND) {
        if (!fault.equals("leak") || ++sends % FAULTY_MESSAGE != 0) {
            move.buffer().close();
        }
    }
    if (move.bytes() == 0) {
        CLOSED.incrementAndGet();
        stream.close();
    } else {
        stream.receive(move);
    }
}

void spoil(IoBuffer buffer) {
    byte[] bytes = new byte[buffer.readable()];
    buffer.copyTo(0, bytes, 0, bytes.length);
    bytes[bytes.length / 2]++;
    buffer.clear().append(bytes, 0, bytes.length);
}
