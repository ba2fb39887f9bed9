package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Memory that the system may still write to is leaked on purpose, never freed. */
class LeakedMemoryTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 1);
    private static final Options OPTIONS =
            Options.defaults().withShutdownTimeout(Duration.ofMillis(10));

    @Test
    void aCloseThatCannotFinishFreesNothing() {
        Proactor proactor = Proactor.open(new StuckDriver(), OPTIONS);
        MemorySegment memory = lent(proactor);
        proactor.close();
        assertTrue(memory.scope().isAlive());
        assertEquals(1, proactor.buffers().leased());
    }

    @Test
    void anAbandonedProactorFreesNothingThatIsInFlight() {
        Proactor proactor = Proactor.open(new StuckDriver(), OPTIONS);
        MemorySegment memory = lent(proactor);
        proactor.abandon();
        assertTrue(memory.scope().isAlive());
    }

    /** The memory of a receive that will never end. */
    private static MemorySegment lent(Proactor proactor) {
        TcpStream stream = proactor.adopt(proactor.driver().open(PEER));
        IoBuffer buffer = proactor.buffers().take().append("x");
        MemorySegment memory = buffer.bytes();
        stream.receive(new Overlapped(), buffer);
        return memory;
    }
}
