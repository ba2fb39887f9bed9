package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.StreamOption;
import io.overlapped.nio.DriverHarness.Completion;
import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random sends, receives and cancels of both between two streams of one driver: the receiver gets a
 * prefix of what was sent, all of it unless a send was cut, and each operation completes once.
 */
@Timeout(300)
class RandomTransfersTest {
    private static final int SEEDS = 150;
    private static final int STEPS = 200;
    private static final int SEND_BYTES_MAX = 200_000;
    private static final long NONE = -1;

    @Test
    void whatArrivesIsWhatWasSentWhateverIsCancelled() {
        int cuts = 0;
        try (DriverHarness harness = new DriverHarness()) {
            int listener = harness.listen();
            harness.driver.set(listener, StreamOption.RECEIVE_BUFFER_BYTES, 4096);
            for (int i = 0; i < 16; i++) {
                harness.provide(i);
            }
            for (long seed = 0; seed < SEEDS; seed++) {
                cuts += new Run(harness, listener, seed).run() ? 1 : 0;
            }
            assertEquals(0, harness.driver.report().counters().get("landingBytes"));
            assertEquals(0, harness.driver.report().counters().get("stagedBytes"));
        }
        assertTrue(cuts > 0 && cuts < SEEDS, "cut " + cuts);
    }

    /** One pair of streams. */
    private static final class Run {
        private final DriverHarness harness;
        private final NioDriver driver;
        private final long seed;
        private final Random random;
        private final int to;
        private final int from;
        private final MemorySegment outgoing;
        private final MemorySegment incoming;
        private long sent;
        private long received;
        private long send = NONE;
        private long receive = NONE;
        private boolean receivesPieces;
        private boolean cut;
        private boolean ended;

        Run(DriverHarness harness, int listener, long seed) {
            this.harness = harness;
            this.seed = seed;
            driver = harness.driver;
            random = new Random(seed);
            outgoing = harness.memory(SEND_BYTES_MAX);
            incoming = harness.memory(4096);
            InetSocketAddress address = driver.localAddress(listener);
            from = driver.open(address);
            if (random.nextBoolean()) {
                // So that sends block.
                driver.set(from, StreamOption.SEND_BUFFER_BYTES, 4096);
            }
            long connect = harness.token();
            driver.connect(connect, from, address);
            to = harness.accept(listener);
            check(harness.await(connect).result() == 0, "no connection");
        }

        /** Whether a send was cut. */
        boolean run() {
            for (int step = 0; step < STEPS; step++) {
                step();
                settle();
            }
            while (send != NONE) {
                drain();
            }
            check(driver.shutdownOutput(from) == 0, "no end of output");
            while (!ended) {
                drain();
            }
            check(cut || received == sent, "received " + received + " of " + sent);
            harness.closeSocket(from);
            harness.closeSocket(to);
            return cut;
        }

        private void step() {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> startSend();
                case 4, 5, 6 -> startReceive();
                case 7 -> {
                    if (receive != NONE) {
                        driver.cancel(receive, to);
                    }
                }
                case 8 -> {
                    // Seldom, as nothing can be sent after it.
                    if (send != NONE && random.nextInt(4) == 0) {
                        driver.cancel(send, from);
                    }
                }
                default -> harness.drive(random.nextInt(50_000));
            }
        }

        private void startSend() {
            if (send != NONE || cut) {
                return;
            }
            int count = 1 + random.nextInt(random.nextBoolean() ? 600 : SEND_BYTES_MAX);
            for (int i = 0; i < count; i++) {
                outgoing.set(ValueLayout.JAVA_BYTE, i, byteAt(sent + i));
            }
            IoVector pieces = new IoVector();
            int split = random.nextInt(count);
            pieces.add(outgoing, 0, split);
            pieces.add(outgoing, split, count - split);
            send = harness.token();
            driver.send(send, from, pieces);
        }

        private void startReceive() {
            if (receive != NONE || ended) {
                return;
            }
            receive = harness.token();
            receivesPieces = random.nextBoolean();
            if (receivesPieces) {
                int count = 1 + random.nextInt((int) incoming.byteSize());
                IoVector pieces = new IoVector();
                pieces.add(incoming, 0, count);
                driver.receive(receive, to, pieces);
            } else {
                driver.receive(receive, to);
            }
        }

        private void drain() {
            startReceive();
            check(harness.drive(10_000_000_000L) >= 0, "drives");
            settle();
        }

        private void settle() {
            Completion sending = harness.completions.remove(send);
            if (sending != null) {
                send = NONE;
                cut |= (sending.flags() & Driver.CUT) != 0;
                sent += Math.max(0, sending.result());
                check(sending.result() > 0 || cut, "sent " + sending);
            }
            Completion receiving = harness.completions.remove(receive);
            if (receiving != null) {
                receive = NONE;
                settleReceive(receiving);
            }
        }

        private void settleReceive(Completion done) {
            if (done.result() <= 0) {
                ended = done.result() == 0;
                check(ended || done.result() == -Errno.ECANCELED, "received " + done);
                return;
            }
            MemorySegment memory = receivesPieces ? incoming : harness.buffer(done);
            for (int i = 0; i < done.result(); i++) {
                byte got = memory.get(ValueLayout.JAVA_BYTE, i);
                check(got == byteAt(received), "byte " + received + " is wrong");
                received++;
            }
            if (!receivesPieces) {
                driver.provide(done.buffer(), memory);
            }
        }

        private static byte byteAt(long position) {
            return (byte) (position * 31 + (position >> 8) * 7);
        }

        private void check(boolean holds, String otherwise) {
            assertTrue(holds, () -> "seed " + seed + ": " + otherwise);
        }
    }
}
