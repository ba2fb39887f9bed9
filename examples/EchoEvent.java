import module io.overlapped;

/** Event: each connection has a virtual thread, which starts an operation and awaits it. */
void main(String[] args) {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 7007;
    try (var proactor = Proactor.start();
            var listener = proactor.listen(new InetSocketAddress("127.0.0.1", port))) {
        IO.println("listening 127.0.0.1:" + listener.address().getPort());
        var accept = new Overlapped();
        while (listener.accept(accept).await(Proactor.FOREVER) && !listener.isClosed()) {
            if (accept.status() == Status.OK) {
                var stream = accept.stream();
                Thread.startVirtualThread(() -> echo(stream));
            }
        }
    }
}

void echo(TcpStream stream) {
    var operation = new Overlapped();
    try (stream) {
        while (stream.receive(operation).await() > 0) {
            try (var buffer = operation.buffer()) {
                stream.send(operation, buffer).await();
            }
        }
    } catch (OverlappedException reset) {
        IO.println(reset.getMessage());
    }
}
