import module io.overlapped;

/** Asks two servers at once; when one question fails, the other is not waited for. */
void main() throws Exception {
    try (var proactor = Proactor.start();
            var silent = proactor.listen(new InetSocketAddress("127.0.0.1", 0));
            var closed = proactor.listen(new InetSocketAddress("127.0.0.1", 0))) {
        closed.close(new Overlapped()).await(); // so that whoever connects there is refused
        try (var scope = StructuredTaskScope.open()) {
            scope.fork(() -> ask(proactor, silent.address()));
            scope.fork(() -> ask(proactor, closed.address()));
            scope.join();
        } catch (StructuredTaskScope.FailedException e) {
            IO.println(((OverlappedException) e.getCause()).status());
        }
    }
}

int ask(Proactor proactor, InetSocketAddress server) throws InterruptedException {
    var operation = new Overlapped();
    proactor.connect(operation, server).awaitInterruptibly();
    try (var stream = operation.stream()) {
        int bytes = stream.receive(operation).awaitInterruptibly(); // ends when the scope does
        if (operation.hasBuffer()) operation.buffer().close();
        return bytes;
    }
}
