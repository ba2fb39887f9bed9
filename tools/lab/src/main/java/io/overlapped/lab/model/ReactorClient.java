package io.overlapped.lab.model;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * A client whose socket never waits: what all reactors, and polling, do once they know that they
 * may.
 *
 * <p>An echo is written from the buffer that it was read into, which all clients of a thread share.
 * What the client does not take at once waits in its outbox; an echo reads no more until that is
 * empty, a chat ends a client whose outbox is full.
 *
 * <p>Threads: the calls of {@link ReactorShape} by one; {@link #send} and {@link #close} by any.
 */
final class ReactorClient implements ReactorShape, Room.Member, Closeable {
    /**
     * Is told when what a client wishes to be told has changed; not of a change by its own read.
     */
    interface Wishes {
        void changed(ReactorClient client);
    }

    private final Serving serving;
    private final ByteChannel channel;
    private final ByteBuffer shared;
    private final Wishes wishes;
    private final long number;
    private final @Nullable Packets packets;
    private final Outbox outbox = new Outbox();
    private volatile boolean open = true;
    private volatile boolean ending;

    ReactorClient(Serving serving, ByteChannel channel, ByteBuffer shared, Wishes wishes) {
        this.serving = serving;
        this.channel = channel;
        this.shared = shared;
        this.wishes = wishes;
        packets = serving.isChat() ? new Packets() : null;
        number = serving.came(this);
        if (serving.isChat()) {
            serving.room().join(this);
        }
    }

    long number() {
        return number;
    }

    boolean isOpen() {
        return open;
    }

    /** Whether it is to be told that it may read. */
    boolean wantsRead() {
        return open && !ending && (packets != null || outbox.isEmpty());
    }

    /** Whether it is to be told that it may write. */
    boolean wantsWrite() {
        return open && !outbox.isEmpty();
    }

    @Override
    public void mayRead() {
        if (!wantsRead()) {
            return;
        }
        try {
            int count = channel.read(shared.clear());
            if (count > 0) {
                serving.step(Watch.READ, number, count);
                received(shared.flip());
            } else if (count < 0) {
                inputEnded();
            } else {
                serving.step(Watch.NOTHING, number);
            }
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public void mayWrite() {
        try {
            synchronized (outbox) {
                if (!wantsWrite()) {
                    return;
                }
                int count = channel.write(outbox.front());
                outbox.taken(count);
                serving.step(Watch.WRITTEN, number, count);
            }
            if (outbox.isEmpty()) {
                if (ending) {
                    close();
                } else {
                    wishes.changed(this);
                }
            }
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public void send(ByteBuffer bytes) {
        try {
            boolean fits = true;
            synchronized (outbox) {
                if (!open) {
                    return;
                }
                if (outbox.isEmpty()) {
                    serving.step(Watch.WRITTEN, number, channel.write(bytes));
                }
                if (bytes.hasRemaining()) {
                    serving.step(Watch.FULL, number);
                    fits = outbox.add(bytes);
                }
            }
            if (!fits) {
                serving.tooSlow(number);
                close();
            } else if (!outbox.isEmpty()) {
                wishes.changed(this);
            }
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public void close() {
        synchronized (outbox) {
            if (!open) {
                return;
            }
            open = false;
            Serving.close(channel);
        }
        serving.room().leave(this);
        serving.left(this, number);
        wishes.changed(this);
    }

    private void received(ByteBuffer bytes) {
        if (packets == null) {
            send(bytes);
        } else {
            packets.feed(bytes, serving.room()::broadcast);
        }
    }

    /** The client says nothing more, and gets what is still waiting for it. */
    private void inputEnded() {
        ending = true;
        serving.room().leave(this);
        if (outbox.isEmpty()) {
            close();
        } else {
            wishes.changed(this);
        }
    }
}
