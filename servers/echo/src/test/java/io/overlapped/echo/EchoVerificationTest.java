package io.overlapped.echo;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.TcpListener;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EchoVerificationTest {
    /** What a server can do wrong. */
    enum Fault {
        CHANGES_A_BYTE("came back as"),
        LOSES_A_BYTE(""),
        ADDS_A_BYTE(""),
        ENDS_EARLY("the server ended"),
        SAYS_NOTHING("not done in time");

        final String words;

        Fault(String words) {
            this.words = words;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatDoesNotEchoIsFoundOut(Fault fault) {
        try (Proactor proactor = Proactor.start()) {
            TcpListener listener = proactor.listen(Setting.ANY_PORT);
            Overlapped _ =
                    listener.accept(
                            new Overlapped(
                                    done ->
                                            done.stream()
                                                    .receive(
                                                            new Overlapped(
                                                                    o -> answer(o, fault)))));
            // Only what never comes has to be waited for.
            Duration timeout = Duration.ofSeconds(fault == Fault.SAYS_NOTHING ? 2 : 60);
            var plan = new EchoVerification.Plan(1, 200, 2000, 7, timeout);
            var result = EchoVerification.run(listener.address(), Options.defaults(), plan);
            assertFalse(result.isVerified());
            String failure = result.failures().getFirst();
            assertTrue(failure.contains(fault.words), failure);
            assertTrue(failure.contains("seed 7"), failure);
        }
    }

    private static void answer(Overlapped done, Fault fault) {
        if (done.bytes() == 0) {
            done.stream().close();
            return;
        }
        byte[] bytes = new byte[done.bytes()];
        try (IoBuffer buffer = done.buffer()) {
            buffer.copyTo(0, bytes, 0, bytes.length);
        }
        IoBuffer answer = done.stream().proactor().buffers().take();
        int from = 0;
        switch (fault) {
            case CHANGES_A_BYTE -> bytes[bytes.length / 2] ^= 1;
            case LOSES_A_BYTE -> from = 1;
            case ADDS_A_BYTE -> answer.appendByte(bytes[0] ^ 1);
            case ENDS_EARLY -> {
                // Closing with bytes unread would be a reset.
                answer.close();
                done.stream().shutdownOutput(new Overlapped());
                done.stream().receive(done);
                return;
            }
            case SAYS_NOTHING -> {
                answer.close();
                done.stream().receive(done);
                return;
            }
        }
        answer.append(bytes, from, bytes.length - from);
        if (answer.readable() == 0) {
            answer.appendByte(0);
        }
        done.stream().send(new Overlapped(_ -> answer.close()), answer);
        done.stream().receive(done);
    }
}
