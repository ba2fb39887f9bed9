import module io.overlapped;
import module io.overlapped.sim;

/** A server in hundreds of worlds in which everything fails: the same code as on a real network. */
void main(String[] args) {
    long seeds = args.length > 0 ? Long.parseLong(args[0]) : 200;
    for (long seed = 1; seed <= seeds; seed++) {
        try (var world = new World(seed, Faults.swarm())) {
            Host server = world.host("server", this::serve);
            var client = new Client(server.address(7));
            world.host("client", client::ask);
            world.run(Duration.ofSeconds(30));
            world.heal(); // from here on nothing fails, and what was promised must come true
            int before = client.answers;
            if (!world.runUntil(() -> client.answers > before, Duration.ofMinutes(3)))
                throw world.failure("nobody is answered any more", null);
        }
    }
    IO.println(seeds + " worlds, and the client was answered again in each");
}

void serve(Host host) {
    host.proactor().listen(host.address(7)).accept(new Overlapped(this::accepted));
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
    if (done.bytes() == 0) done.stream().close();
    else if (sent) done.stream().receive(done);
    else done.stream().send(done, done.buffer());
}

/** Asks one thing on each connection, checks the answer, and asks again ten seconds later. */
class Client {
    final InetSocketAddress server;
    int answers;

    Client(InetSocketAddress server) {
        this.server = server;
    }

    void ask(Host host) {
        Overlapped connect = new Overlapped(o -> connected(host, o));
        host.proactor().connect(connect, server);
        host.proactor().timer(new Overlapped(_ -> connect.cancel()), Duration.ofSeconds(5));
        host.proactor()
                .timer(
                        new Overlapped(
                                o -> {
                                    if (o.status() == Status.OK) ask(host);
                                }),
                        Duration.ofSeconds(10));
    }

    void connected(Host host, Overlapped connect) {
        IoBuffer question =
                connect.status() == Status.OK ? host.proactor().buffers().tryTake() : null;
        if (question == null) return;
        TcpStream stream = connect.stream();
        host.proactor().timer(new Overlapped(_ -> stream.close()), Duration.ofSeconds(4));
        stream.send(new Overlapped(_ -> question.close()), question.append("?"));
        stream.receive(
                new Overlapped(
                        answer -> {
                            if (answer.hasBuffer()) {
                                if (!answer.buffer().text().equals("?"))
                                    throw host.world().failure("a wrong answer", null);
                                answer.buffer().close();
                                answers++;
                            }
                            stream.close();
                        }));
    }
}
