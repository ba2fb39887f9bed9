import module io.overlapped;

/** Ends on a signal: takes no new clients, lets those that are there finish, and then closes. */
void main(String[] args) throws InterruptedException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 7007;
    var signal = new CountDownLatch(1);
    var main = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endOf(main, signal)));
    var clients = new Phaser(1); // one party for each client, and one for the server
    try (var proactor = Proactor.start();
            var listener = proactor.listen(new InetSocketAddress("127.0.0.1", port))) {
        IO.println("listening 127.0.0.1:" + listener.address().getPort());
        Thread.startVirtualThread(() -> accept(listener, clients));
        signal.await();
        listener.close(new Overlapped()).await();
        IO.println("no new clients");
        try {
            clients.awaitAdvanceInterruptibly(clients.arrive(), 10, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            IO.println("closing the clients that are left");
        }
    }
    IO.println("closed");
}

/** The JVM ends when its hooks have ended, so this one waits for the server. */
void endOf(Thread main, CountDownLatch signal) {
    signal.countDown();
    try {
        main.join();
    } catch (InterruptedException impossible) {
        throw new AssertionError(impossible);
    }
}

void accept(TcpListener listener, Phaser clients) {
    var accept = new Overlapped();
    while (listener.accept(accept).await(Proactor.FOREVER) && !listener.isClosed()) {
        if (accept.status() == Status.OK) {
            var stream = accept.stream();
            clients.register();
            Thread.startVirtualThread(() -> echo(stream, clients));
        }
    }
}

void echo(TcpStream stream, Phaser clients) {
    var operation = new Overlapped();
    try (stream) {
        while (stream.receive(operation).await() > 0) {
            try (var buffer = operation.buffer()) {
                stream.send(operation, buffer).await();
            }
        }
    } catch (OverlappedException reset) {
        IO.println(reset.getMessage());
    } finally {
        clients.arriveAndDeregister();
    }
}
