import module io.overlapped;

/** Completion routine: routines run on one thread, inside its alertable wait. */
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
        accept.stream().receive(new Overlapped(this::transferred));
    }
    if (!accept.listener().isClosed()) accept.listener().accept(accept);
}

void transferred(Overlapped done) {
    boolean sent = done.operation() == Operation.SEND;
    if (sent) done.buffer().close();
    if (done.bytes() == 0) done.stream().close(); // the client has ended, or was reset
    else if (sent) done.stream().receive(done);
    else done.stream().send(done, done.buffer());
}
