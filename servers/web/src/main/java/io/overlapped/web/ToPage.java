package io.overlapped.web;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Status;
import io.overlapped.TcpStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * The direction from the server to the page: receives, cuts into frames, and writes each as one
 * message. The next receive waits until all of them have been written.
 *
 * <p>Threads: the proactor's for a receive, Jetty's for the end of a write; never both at once.
 */
final class ToPage {
    private final Tunnel tunnel;
    private final FrameSplitter splitter = new FrameSplitter();
    private final Overlapped receiving = new Overlapped(_ -> received());
    private final AtomicInteger unwritten = new AtomicInteger();
    private final Callback written = Callback.from(this::oneWritten, this::notWritten);

    private @Nullable TcpStream stream;

    /** The server's own words about why it ends the connection; empty if there were none. */
    private String lastWords = "";

    ToPage(Tunnel tunnel) {
        this.tunnel = tunnel;
    }

    void start(TcpStream connected) {
        stream = connected;
        receive(connected);
    }

    private void receive(TcpStream from) {
        if (!tunnel.isEnded() && !tunnel.bridge().start(() -> from.receive(receiving))) {
            tunnel.end(PageClose.STOPPING);
        }
    }

    private void received() {
        if (receiving.status() != Status.OK || receiving.bytes() == 0) {
            if (receiving.hasBuffer()) {
                receiving.buffer().close();
            }
            tunnel.end(PageClose.SERVER_CLOSED, lastWords);
            return;
        }
        List<ByteBuffer> frames;
        try (IoBuffer buffer = receiving.buffer()) {
            frames = splitter.split(buffer);
        }
        if (frames == null) {
            tunnel.end(PageClose.FAILED, "the server behind sent a frame without a type");
            return;
        }
        write(frames);
    }

    private void write(List<ByteBuffer> frames) {
        Session page = tunnel.session();
        if (page == null || tunnel.isEnded()) {
            return;
        }
        // One more than there are, so that the last write cannot start a receive before this ends.
        unwritten.set(frames.size() + 1);
        tunnel.deadline().set(Deadline.Wait.WRITE, tunnel.bridge().limits().stallTimeout());
        for (ByteBuffer frame : frames) {
            String words = Closing.text(frame);
            if (!words.isEmpty()) {
                lastWords = words;
            }
            page.sendBinary(frame, written);
        }
        oneWritten();
    }

    private void oneWritten() {
        if (unwritten.decrementAndGet() == 0) {
            tunnel.deadline().clear(Deadline.Wait.WRITE);
            TcpStream from = stream;
            if (from != null) {
                receive(from);
            }
        }
    }

    private void notWritten(Throwable cause) {
        tunnel.end(PageClose.DONE);
    }
}
