package io.overlapped.conformance;

import io.overlapped.IoBuffer;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import io.overlapped.spi.Driver;
import io.overlapped.spi.ForwardingDriver;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * Uses a buffer after it was given back, under a guard; run by a test in a process of its own, as
 * it ends in a crash. Prints {@code not found} if it does not.
 *
 * <p>Arguments: {@code java} for a read by a program, or {@code driver} for one that says a receive
 * is cancelled and lets it go on; then the driver's name.
 */
final class LateUse {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private LateUse() {}

    public static void main(String[] arguments) {
        GuardProvider provider =
                arguments[1].equals("uring") ? new GuardProvider.Uring() : new GuardProvider.Nio();
        Options options = Options.defaults();
        Driver hasty = new HastyDriver(provider.open(options.forDriver()));
        Proactor proactor = Proactor.open(hasty, options);
        if (arguments[0].equals("java")) {
            readLate(proactor);
        } else {
            receiveLate(proactor);
        }
        System.out.println("not found");
        Runtime.getRuntime().halt(0);
    }

    private static void readLate(Proactor proactor) {
        IoBuffer buffer = proactor.buffers().take().append("x");
        MemorySegment bytes = buffer.bytes();
        System.out.println("before " + bytes.get(ValueLayout.JAVA_BYTE, 0));
        buffer.close();
        System.out.println("after " + bytes.get(ValueLayout.JAVA_BYTE, 0));
    }

    private static void receiveLate(Proactor proactor) {
        TcpListener listener = proactor.listen(Bench.ANY_PORT);
        Overlapped accept = listener.accept(new Overlapped());
        Overlapped connect = proactor.connect(new Overlapped(), listener.address());
        Overlapped.awaitAll(List.of(accept, connect), TIMEOUT);
        TcpStream stream = accept.stream();
        IoBuffer buffer = proactor.buffers().take();
        Overlapped receive = stream.receive(new Overlapped(), buffer);
        // Cancelled last, so that the send gets its token and not that of the receive above.
        Overlapped other = connect.stream().receive(new Overlapped(), proactor.buffers().take());
        proactor.poll();
        receive.cancel();
        other.cancel();
        while (receive.isPending() || other.isPending()) {
            proactor.alertableWait(TIMEOUT);
        }
        System.out.println("before " + (receive.status() == Status.CANCELED));
        // Taken before, as it would be the very same one afterwards.
        IoBuffer sent = proactor.buffers().take().append("late");
        buffer.close();
        connect.stream().send(new Overlapped(), sent);
        proactor.alertableWait(TIMEOUT);
        proactor.alertableWait(Duration.ofSeconds(1));
    }

    /** Says at once that what it should cancel is cancelled, and leaves it to the kernel. */
    private static final class HastyDriver extends ForwardingDriver {
        private final Queue<Long> cancelled = new ArrayDeque<>();
        private final Set<Long> over = new HashSet<>();

        HastyDriver(Driver next) {
            super(next);
        }

        @Override
        public void cancel(long token, int socket) {
            cancelled.add(token);
            over.add(token);
        }

        @Override
        public int drive(long timeoutNanos, Sink sink) {
            int count = 0;
            for (Long token = cancelled.poll(); token != null; token = cancelled.poll()) {
                sink.completed(token, -io.overlapped.spi.Errno.ECANCELED, NO_FLAGS);
                count++;
            }
            return count
                    + super.drive(
                            count > 0 ? 0 : timeoutNanos,
                            (token, result, flags) -> {
                                if (!over.contains(token)) {
                                    sink.completed(token, result, flags);
                                }
                            });
        }
    }
}
