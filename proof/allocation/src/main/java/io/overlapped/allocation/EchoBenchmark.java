package io.overlapped.allocation;

import io.overlapped.Options;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One echo of 64 bytes over the loopback, client and server in one JVM. */
@State(Scope.Benchmark)
public class EchoBenchmark {
    @Param({"routine", "port", "event-platform", "event-virtual"})
    public String style;

    @Param({"uring", "nio"})
    public String driver;

    private EchoServer server;
    private EchoClient client;

    @Setup
    public void open() throws IOException {
        server = Style.of(style).open(Options.defaults().withDriver(driver));
        client = new EchoClient(server.address());
    }

    @TearDown
    public void close() throws IOException {
        client.close();
        server.close();
    }

    @Benchmark
    public void echo() throws IOException {
        client.echo();
    }
}
