import module io.overlapped;

/** Completion port: completions queue up; a worker takes them, and drives while it waits. */
void main(String[] args) {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 7007;
    try (var completions = new CompletionPort();
            var proactor = Proactor.open();
            var listener = proactor.listen(new InetSocketAddress("127.0.0.1", port))) {
        IO.println("listening 127.0.0.1:" + listener.address().getPort());
        listener.accept(new Overlapped(completions));
        while (completions.dequeue() instanceof Overlapped done) {
            if (done.operation() == Operation.ACCEPT) {
                if (done.status() == Status.OK) {
                    done.stream().receive(new Overlapped(completions));
                }
                if (!listener.isClosed()) listener.accept(done);
            } else {
                boolean sent = done.operation() == Operation.SEND;
                if (sent) done.buffer().close();
                if (done.bytes() == 0) done.stream().close(); // it has ended, or was reset
                else if (sent) done.stream().receive(done);
                else done.stream().send(done, done.buffer());
            }
        }
    }
}
