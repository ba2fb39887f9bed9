package io.overlapped.conformance;

import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import java.io.IOException;

/**
 * An echo server in a process of its own, so that a test can take its descriptors away. Prints its
 * port, then the number of accept pauses for each line of standard input; ends with its input.
 */
final class EchoProcess {
    private EchoProcess() {}

    public static void main(String[] arguments) throws IOException {
        Options options = Options.defaults().withDriver(arguments[0]);
        try (Proactor proactor = Proactor.start(options)) {
            TcpListener listener = proactor.listen(Bench.ANY_PORT);
            listener.accept(new Overlapped(EchoProcess::accepted));
            System.out.println(listener.address().getPort());
            while (System.in.read() >= 0) {
                System.out.println(proactor.report().counters().get("acceptPauses"));
            }
        }
    }

    private static void accepted(Overlapped accept) {
        if (accept.status() != Status.OK) {
            System.err.println("an accept failed: " + accept.status());
            return;
        }
        accept.stream().receive(new Overlapped(EchoProcess::moved));
        accept.listener().accept(accept);
    }

    private static void moved(Overlapped move) {
        if (move.operation() == io.overlapped.Operation.RECEIVE && move.hasBuffer()) {
            move.stream().send(move, move.buffer());
            return;
        }
        if (move.hasBuffer()) {
            move.buffer().close();
        }
        if (move.bytes() == 0) {
            move.stream().close();
        } else {
            move.stream().receive(move);
        }
    }
}
