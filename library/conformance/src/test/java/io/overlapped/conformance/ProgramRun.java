package io.overlapped.conformance;

import io.overlapped.IoBuffer;
import io.overlapped.Operation;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.StreamOption;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs a program on one configuration, each step to quiescence before the next, and writes down
 * what the program sees: a line for each answer and each completion.
 *
 * <p>When all is quiet only a simulated world can tell. Elsewhere a step is over when as much has
 * completed as in the trace that is expected, or when nothing more has come for {@code patience}.
 */
final class ProgramRun {
    private static final Duration QUIET = Duration.ofMillis(5);
    private static final Duration PASS = Duration.ofNanos(200_000);

    private final Configuration configuration;
    private final List<Step> steps;
    private final List<List<String>> expected;
    private final Duration patience;
    private final Machine machine;
    private final Proactor server;
    private final Proactor client;

    private final List<List<String>> trace = new ArrayList<>();
    private final Map<String, TcpListener> listeners = new HashMap<>();
    private final Map<String, TcpStream> streams = new HashMap<>();
    private final Map<String, Integer> named = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, List<Overlapped>> started = new HashMap<>();
    private final Set<Integer> ambiguousPorts = new HashSet<>();

    /** By port: connections that were begun, and not accepted. */
    private final Map<Integer, Integer> waiting = new HashMap<>();

    private final Map<Integer, Integer> backlogs = new HashMap<>();
    private final Set<Integer> accepting = new HashSet<>();

    /** Completions of this step: those of one kind on one socket in their order. */
    private final Map<String, List<String>> completions = new TreeMap<>();

    /** What a step is not over without, though it may complete too late to be expected of it. */
    private final List<Overlapped> late = new ArrayList<>();

    private int completed;

    ProgramRun(
            Configuration configuration,
            List<Step> steps,
            List<List<String>> expected,
            Duration patience) {
        this.configuration = configuration;
        this.steps = steps;
        this.expected = expected;
        this.patience = patience;
        machine = configuration.machine();
        server = machine.open(small(configuration.server()));
        client = configuration.isMixed() ? machine.open(small(configuration.client())) : server;
    }

    private static Options small(Options options) {
        return options.withBuffers(
                64, Transfers.MESSAGE_BYTES, Math.min(8, options.buffers().provided()));
    }

    /** For each step what was seen. */
    List<List<String>> run() {
        try {
            for (int i = 0; i < steps.size(); i++) {
                List<String> seen = new ArrayList<>();
                seen.add(answer(i, steps.get(i)));
                settle(i < expected.size() ? expected.get(i).size() - 1 : 0);
                completions.values().forEach(seen::addAll);
                completions.clear();
                completed = 0;
                trace.add(seen);
            }
        } finally {
            client.close();
            server.close();
            machine.close();
        }
        trace.add(List.of(remains()));
        return trace;
    }

    /** What a program must never see. */
    private String remains() {
        long pending =
                started.values().stream()
                        .flatMap(List::stream)
                        .filter(Overlapped::isPending)
                        .count();
        int leased = server.buffers().leased() + (client == server ? 0 : client.buffers().leased());
        return pending + " pending, " + leased + " leased at the end";
    }

    private void settle(int wanted) {
        if (configuration.isSimulated()) {
            while (server.alertableWait(QUIET) > 0) {
                // More may follow from it.
            }
            return;
        }
        long start = System.nanoTime();
        while ((completed < wanted || late.stream().anyMatch(Overlapped::isPending))
                && System.nanoTime() - start < patience.toNanos()) {
            server.alertableWait(PASS);
            if (client != server) {
                client.alertableWait(PASS);
            }
        }
        server.poll();
        client.poll();
    }

    private String answer(int index, Step step) {
        try {
            return perform(index, step);
        } catch (OverlappedException e) {
            return "throws " + e.status();
        } catch (IllegalArgumentException | IllegalStateException e) {
            return "throws " + e.getClass().getSimpleName();
        }
    }

    private String perform(int index, Step step) {
        return switch (step) {
            case Step.Listen listen -> listen(listen);
            case Step.Accept accept -> accept(index, accept);
            case Step.Connect connect -> {
                int port = connect.portOf().isEmpty() ? 0 : ports.getOrDefault(connect.portOf(), 0);
                yield connect(
                        index,
                        connect.name(),
                        connect.portOf(),
                        new InetSocketAddress(connect.host().address, port));
            }
            case Step.ConnectTo to -> {
                TcpListener there = listeners.get(to.listener());
                yield there == null
                        ? "-"
                        : connect(index, to.name(), to.listener(), there.address());
            }
            case Step.Receive receive ->
                    onStream(
                            receive.name(),
                            (stream, name) ->
                                    Transfers.receive(
                                            stream,
                                            receive.into(),
                                            buffers -> block(index, name, buffers)));
            case Step.Send send ->
                    onStream(
                            send.name(),
                            (stream, name) ->
                                    Transfers.send(
                                            stream,
                                            send.from(),
                                            index,
                                            buffers -> block(index, name, buffers)));
            case Step.Shutdown shutdown ->
                    onStream(
                            shutdown.name(),
                            (stream, name) -> stream.shutdownOutput(block(index, name, List.of())));
            case Step.Cancel cancel -> cancel(cancel.name());
            case Step.Set set -> set(set.name(), set.option(), set.value());
            case Step.Get get -> get(get.name(), get.option());
            case Step.Addresses addresses -> addresses(addresses.name());
            case Step.CloseSocket close -> close(index, close);
            case Step.Timer timer -> {
                Overlapped o = block(index, "timer", List.of());
                late.add(server.timer(o, Duration.ofNanos(timer.micros() * 1000L)));
                yield "started";
            }
        };
    }

    // ---- steps

    private String listen(Step.Listen listen) {
        if (listeners.containsKey(listen.name()) && !listeners.get(listen.name()).isClosed()) {
            return "-";
        }
        int port = listen.portOf().isEmpty() ? 0 : ports.getOrDefault(listen.portOf(), 0);
        TcpListener listener =
                server.listen(
                        new InetSocketAddress(listen.host().address, port),
                        listen.backlog(),
                        listen.shared());
        int bound = listener.address().getPort();
        if (listen.shared()
                && listeners.values().stream()
                        .anyMatch(l -> !l.isClosed() && l.address().getPort() == bound)) {
            ambiguousPorts.add(bound);
        }
        waiting.put(bound, 0);
        backlogs.put(bound, listen.backlog());
        accepting.remove(bound);
        listeners.put(listen.name(), listener);
        ports.put(listen.name(), bound);
        return "listens on " + host(listener.address());
    }

    private String accept(int index, Step.Accept accept) {
        TcpListener listener = listeners.get(accept.listener());
        if (listener == null) {
            return "-";
        }
        accepting.add(listener.address().getPort());
        listener.accept(block(index, accept.listener(), accept.name(), List.of()));
        return "started";
    }

    private String connect(int index, String name, String listener, InetSocketAddress peer) {
        if (!listener.isEmpty() && !ports.containsKey(listener)) {
            return "-";
        }
        if (ambiguousPorts.contains(peer.getPort())) {
            return KnownDifferences.SHARED_ADDRESS;
        }
        int port = peer.getPort();
        if (accepting.contains(port) && waiting.get(port) > backlogs.get(port)) {
            return KnownDifferences.ACCEPTED_AHEAD;
        }
        waiting.merge(port, 1, Integer::sum);
        client.connect(block(index, "connect of " + name, name, List.of()), peer);
        return "started";
    }

    private String onStream(String name, BiConsumer<TcpStream, String> action) {
        TcpStream stream = streams.get(name);
        if (stream == null) {
            return "-";
        }
        action.accept(stream, name);
        return "started";
    }

    private String cancel(String name) {
        for (Overlapped o : started.getOrDefault(name, List.of()).reversed()) {
            if (o.isPending()) {
                o.cancel();
                return "asked";
            }
        }
        return "-";
    }

    private String set(String name, StreamOption option, int value) {
        if (streams.containsKey(name)) {
            streams.get(name).set(option, value);
        } else if (listeners.containsKey(name)) {
            TcpListener listener = listeners.get(name);
            if (!listener.isClosed() && waiting.get(listener.address().getPort()) > 0) {
                return KnownDifferences.SET_TOO_LATE;
            }
            listener.set(option, value);
        } else {
            return "-";
        }
        return "is set";
    }

    private String get(String name, StreamOption option) {
        if (streams.containsKey(name)) {
            return "is " + streams.get(name).get(option);
        }
        return listeners.containsKey(name) ? "is " + listeners.get(name).get(option) : "-";
    }

    private String addresses(String name) {
        if (listeners.containsKey(name)) {
            return "at " + host(listeners.get(name).address());
        }
        TcpStream stream = streams.get(name);
        if (stream == null) {
            return "-";
        }
        String local = tried(stream::localAddress);
        return "from " + local + " to " + tried(stream::remoteAddress);
    }

    private String close(int index, Step.CloseSocket close) {
        String name = close.name();
        TcpStream stream = streams.get(name);
        TcpListener listener = listeners.get(name);
        if (stream == null && listener == null) {
            return "-";
        }
        Runnable plain = stream != null ? stream::close : listener::close;
        Consumer<Overlapped> awaited = stream != null ? stream::close : listener::close;
        switch (close.how()) {
            case PLAIN -> plain.run();
            case TWICE -> {
                plain.run();
                plain.run();
            }
            case AWAITED -> awaited.accept(block(index, name, List.of()));
            case AWAITED_TWICE -> {
                awaited.accept(block(index, name, List.of()));
                awaited.accept(block(index, name, List.of()));
            }
            case ABORTIVE -> {
                set(name, StreamOption.LINGER_SECONDS, 0);
                plain.run();
            }
        }
        // Only so can a step that has no completion of its own be waited for.
        Overlapped gone = new Overlapped();
        awaited.accept(gone);
        late.add(gone);
        return "started";
    }

    // ---- completions

    private Overlapped block(int index, String name, List<IoBuffer> buffers) {
        return block(index, name, "", buffers);
    }

    /** One that brings a stream of that name, unless it is empty. */
    private Overlapped block(int index, String name, String stream, List<IoBuffer> buffers) {
        Overlapped o = new Overlapped(done -> completed(done, index, name, stream, buffers));
        started.computeIfAbsent(name, _ -> new ArrayList<>()).add(o);
        return o;
    }

    private void completed(
            Overlapped done, int index, String name, String stream, List<IoBuffer> buffers) {
        StringBuilder line = new StringBuilder();
        line.append("step ").append(index).append(' ').append(done);
        if (done.operation() == Operation.RECEIVE) {
            List<IoBuffer> filled =
                    buffers.isEmpty() && done.hasBuffer() ? List.of(done.buffer()) : buffers;
            line.append(' ').append(Transfers.content(filled, done.bytes()));
            filled.forEach(IoBuffer::close);
        } else {
            buffers.forEach(IoBuffer::close);
        }
        if (done.operation() == Operation.ACCEPT && done.status() == Status.OK) {
            waiting.merge(done.listener().address().getPort(), -1, Integer::sum);
        }
        if (!stream.isEmpty() && done.status() == Status.OK) {
            name(stream, done.stream(), index);
        }
        completed++;
        completions
                .computeIfAbsent(name + " " + done.operation(), _ -> new ArrayList<>())
                .add(line.toString());
    }

    /** A name is for what was started last, as two may complete in either order. */
    private void name(String name, TcpStream stream, int index) {
        if (named.merge(name, index, Math::max) == index) {
            streams.put(name, stream);
        }
    }

    // ---- words

    private String tried(Supplier<InetSocketAddress> address) {
        try {
            return host(address.get());
        } catch (OverlappedException e) {
            return e.status().toString();
        }
    }

    private String host(InetSocketAddress address) {
        String port =
                ports.entrySet().stream()
                        .filter(entry -> entry.getValue() == address.getPort())
                        .map(Map.Entry::getKey)
                        .sorted()
                        .findFirst()
                        .orElse(address.getPort() == 0 ? "0" : "some");
        return address.getAddress().getHostAddress() + " port " + port;
    }
}
