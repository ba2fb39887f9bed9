package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.CompletionPort;
import io.overlapped.Operation;
import io.overlapped.Overlapped;
import java.time.Duration;

/** A completion port is a queue of completions that whoever dequeues takes from. */
class PortTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Conformance
    void aCompletionGoesToItsPort(Bench b) {
        try (CompletionPort port = new CompletionPort()) {
            var pair = b.pair();
            Overlapped receive = pair.far().receive(new Overlapped(port));
            b.write(pair.near(), "x");
            Overlapped done = port.dequeue(LONG);
            assertSame(receive, done);
            assertEquals(1, done.bytes());
            done.buffer().close();
        }
    }

    @Conformance
    void dequeueOnTheProactorsThreadDrivesIt(Bench b) {
        try (CompletionPort port = new CompletionPort()) {
            Overlapped timer = b.server.timer(new Overlapped(port), Duration.ofMillis(5));
            assertSame(timer, port.dequeue());
        }
    }

    @Conformance
    void dequeueGivesUpAfterItsTimeout(Bench b) {
        try (CompletionPort port = new CompletionPort()) {
            Overlapped timer = b.server.timer(new Overlapped(port), Duration.ofHours(1));
            assertNull(port.dequeue(Duration.ofMillis(5)));
            assertNull(port.dequeue(Duration.ZERO));
            timer.cancel();
            assertSame(timer, port.dequeue(LONG));
        }
    }

    @Conformance
    void completionsLeaveInTheOrderInWhichTheyCame(Bench b) {
        try (CompletionPort port = new CompletionPort()) {
            Overlapped[] posts = new Overlapped[20];
            for (int i = 0; i < posts.length; i++) {
                posts[i] = b.server.post(new Overlapped(port, i));
            }
            for (Overlapped post : posts) {
                assertSame(post, port.dequeue(LONG));
            }
        }
    }

    @Conformance
    void manyAreDequeuedAtOnce(Bench b) {
        try (CompletionPort port = new CompletionPort()) {
            for (int i = 0; i < 10; i++) {
                b.server.post(new Overlapped(port, i));
            }
            Overlapped[] into = new Overlapped[16];
            assertEquals(10, port.dequeue(into, LONG));
            for (int i = 0; i < 10; i++) {
                assertEquals(i, into[i].attachment());
            }
            assertEquals(0, port.dequeue(into, Duration.ZERO));
        }
    }

    @Conformance
    void noMoreAreDequeuedThanFit(Bench b) {
        try (CompletionPort port = new CompletionPort()) {
            for (int i = 0; i < 5; i++) {
                b.server.post(new Overlapped(port));
            }
            Overlapped[] into = new Overlapped[3];
            assertEquals(3, port.dequeue(into, LONG));
            assertEquals(2, port.dequeue(into, LONG));
            assertThrows(
                    IllegalArgumentException.class, () -> port.dequeue(new Overlapped[0], LONG));
        }
    }

    @Conformance
    void theAttachmentIsTheCompletionKey(Bench b) {
        try (CompletionPort port = new CompletionPort()) {
            b.server.post(new Overlapped(port, "session 7"));
            Overlapped done = port.dequeue(LONG);
            assertNotNull(done);
            assertEquals("session 7", done.attachment());
        }
    }

    @Conformance
    void aBlockCannotBeStartedWhileItsCompletionWaitsInThePort(Bench b) {
        try (CompletionPort port = new CompletionPort()) {
            Overlapped post = b.server.post(new Overlapped(port));
            b.until(() -> !post.isPending());
            IllegalStateException refusal =
                    assertThrows(IllegalStateException.class, () -> b.server.post(post));
            assertTrue(refusal.getMessage().contains("port"), refusal::getMessage);
            assertSame(post, port.dequeue(LONG));
            b.server.post(post);
            assertSame(post, port.dequeue(LONG));
        }
    }

    @Conformance
    void aCompletionOfTheCallersOwnMayBePosted(Bench b) {
        try (CompletionPort port = new CompletionPort()) {
            Overlapped own = new Overlapped(port, "mine");
            port.post(own);
            assertSame(own, port.dequeue(LONG));
            assertEquals(Operation.POST, own.operation());
        }
    }

    @Conformance
    void onlyABlockOfThePortMayBePostedToIt(Bench b) {
        try (CompletionPort port = new CompletionPort()) {
            assertThrows(IllegalArgumentException.class, () -> port.post(new Overlapped()));
        }
    }

    @Conformance
    void aClosedPortGivesWhatItHasAndThenNull(Bench b) {
        CompletionPort port = new CompletionPort();
        Overlapped post = b.server.post(new Overlapped(port));
        b.until(() -> !post.isPending());
        port.close();
        assertSame(post, port.dequeue());
        assertNull(port.dequeue());
        assertThrows(IllegalStateException.class, () -> port.post(new Overlapped(port)));
    }

    @Conformance
    void failuresComeThroughThePortToo(Bench b) {
        try (CompletionPort port = new CompletionPort()) {
            var pair = b.pair();
            Overlapped receive = pair.far().receive(new Overlapped(port));
            pair.far().close();
            assertSame(receive, port.dequeue(LONG));
            assertFalse(receive.hasBuffer());
            assertEquals(io.overlapped.Status.CANCELED, receive.status());
        }
    }

    @Conformance
    void aPortServerEchoes(Bench b) {
        try (CompletionPort port = new CompletionPort()) {
            var pair = b.pair();
            pair.far().receive(new Overlapped(port));
            for (int i = 0; i < 50; i++) {
                String text = "message " + i;
                Overlapped send = pair.near().send(new Overlapped(), b.filled(pair.near(), text));
                Overlapped received = port.dequeue(LONG);
                assertNotNull(received);
                received.stream().send(received, received.buffer());
                Overlapped sent = port.dequeue(LONG);
                assertSame(received, sent);
                sent.buffer().close();
                sent.stream().receive(sent);
                assertEquals(text, b.text(pair.near(), text.length()));
                b.ok(send);
            }
        }
    }
}
