package io.overlapped.allocation;

import io.overlapped.CompletionRoutine;
import io.overlapped.Operation;
import io.overlapped.Overlapped;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import java.util.function.Function;

/** The echo step by step, for both styles in which a completion brings the next step. */
final class EchoSteps {
    private final Function<CompletionRoutine, Overlapped> blocks;

    /**
     * @param blocks makes the block whose completion brings a step
     */
    EchoSteps(Function<CompletionRoutine, Overlapped> blocks) {
        this.blocks = blocks;
    }

    void accept(TcpListener listener) {
        listener.accept(blocks.apply(this::accepted));
    }

    private void accepted(Overlapped done) {
        if (done.status() == Status.OK) {
            done.stream().receive(blocks.apply(this::echo));
        }
        if (!done.listener().isClosed()) {
            done.listener().accept(done);
        }
    }

    private void echo(Overlapped done) {
        boolean sent = done.operation() == Operation.SEND;
        if (sent) {
            done.buffer().close();
        }
        if (done.bytes() == 0) {
            done.stream().close();
        } else if (sent) {
            done.stream().receive(done);
        } else {
            done.stream().send(done, done.buffer());
        }
    }
}
