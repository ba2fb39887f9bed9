import module io.overlapped;

/** A proactor a core, each with its own thread and its own listener on the one address. */
void main(String[] args) throws InterruptedException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 7007;
    var address = new InetSocketAddress("127.0.0.1", port);
    for (int core = 0; core < Runtime.getRuntime().availableProcessors(); core++) {
        var listener = Proactor.start().listen(address, 4096, true);
        address = listener.address(); // of the first, the system chooses the port if it is 0
        listener.accept(new Overlapped(this::accepted));
    }
    IO.println("listening 127.0.0.1:" + address.getPort());
    Thread.currentThread().join(); // for ever: the proactors' threads do the work
}

// Each routine runs on the thread of the proactor that its listener, or its stream, belongs to.

void accepted(Overlapped accept) {
    if (accept.status() == Status.OK) {
        accept.stream().receive(new Overlapped(this::transferred));
    }
    if (!accept.listener().isClosed()) accept.listener().accept(accept);
}

void transferred(Overlapped done) {
    boolean sent = done.operation() == Operation.SEND;
    if (sent) done.buffer().close();
    if (done.bytes() == 0) done.stream().close();
    else if (sent) done.stream().receive(done);
    else done.stream().send(done, done.buffer());
}
