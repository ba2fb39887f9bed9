package io.overlapped.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.overlapped.DriverReport;
import io.overlapped.Options;
import io.overlapped.Proactor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A chat on one driver; its end checks that nothing is left. */
final class Site implements AutoCloseable {
    private static final InetSocketAddress ANY_PORT =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    final Proactor proactor;
    final ChatServer server;
    final InetSocketAddress lecture;
    final InetSocketAddress natives;

    Site(String driver, ChatOptions options) {
        proactor = Proactor.start(Options.defaults().withDriver(driver));
        server = ChatServer.open(proactor, options);
        lecture = server.listenLecture(ANY_PORT);
        natives = server.listenNative(ANY_PORT);
    }

    Site(String driver) {
        this(driver, ChatOptions.defaults());
    }

    /** The drivers that run here. */
    static Stream<String> drivers() {
        return Proactor.drivers().stream()
                .filter(DriverReport::available)
                .map(DriverReport::driver);
    }

    Talker lecture() throws IOException {
        int before = server.members();
        Talker talker = new Talker(lecture);
        until(() -> server.members() > before);
        return talker;
    }

    NativeTalker inRoom(String name) throws IOException {
        NativeTalker talker = new NativeTalker(natives);
        talker.hello(name);
        talker.expect(NativeFrames.WELCOME);
        return talker;
    }

    long ended(EndReason reason) {
        return server.ends().get(reason);
    }

    static void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError("not in 10 s");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        server.close();
        assertEquals(0, server.members());
        until(() -> proactor.buffers().leased() == 0);
        proactor.close();
    }
}
