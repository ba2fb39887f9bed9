import module io.overlapped;

static final Duration IDLE = Duration.ofSeconds(30);
static final Duration STALL = Duration.ofSeconds(5);

/** Each operation has a time: a silent client is closed, and one that does not read is reset. */
void main(String[] args) {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 7007;
    try (var proactor = Proactor.open();
            var listener = proactor.listen(new InetSocketAddress("127.0.0.1", port))) {
        IO.println("listening 127.0.0.1:" + listener.address().getPort());
        listener.accept(new Overlapped(this::accepted));
        proactor.run();
    }
}

void accepted(Overlapped accept) {
    if (accept.status() == Status.OK) {
        accept.stream().receive(new Overlapped(this::transferred), IDLE);
    }
    if (!accept.listener().isClosed()) accept.listener().accept(accept);
}

void transferred(Overlapped done) {
    boolean sent = done.operation() == Operation.SEND;
    if (sent) done.buffer().close();
    if (sent && done.status() == Status.TIMED_OUT) done.stream().abort();
    else if (done.bytes() == 0) done.stream().close(); // it has ended, was silent, or was reset
    else if (sent) done.stream().receive(done, IDLE);
    else done.stream().send(done, done.buffer(), STALL);
}
