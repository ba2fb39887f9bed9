package io.overlapped.world;

import java.lang.foreign.MemorySegment;

/**
 * One connected client: what it may say when, and what is sent to it.
 *
 * <p>Threads: the host's.
 */
final class Visitor {
    private enum State {
        OUTSIDE,
        JOINING,
        INSIDE,
        GONE
    }

    private final WorldHost host;
    private final Encoded encoded;
    private final Link link;
    private final int client;
    private State state = State.OUTSIDE;
    private boolean heard;
    private boolean unflushed;

    Visitor(WorldHost host, Encoded encoded, Link link, int client) {
        this.host = host;
        this.encoded = encoded;
        this.link = link;
        this.client = client;
    }

    /** Whether it has a piece on the board. */
    boolean isInside() {
        return state == State.INSIDE;
    }

    /** Takes one whole packet. */
    void received(MemorySegment packet) {
        if (state == State.GONE) {
            return;
        }
        boolean first = !heard;
        heard = true;
        switch (encoded.wire().request(packet)) {
            case Request.Move move -> moveWanted(move);
            case Request.Hello hello -> helloWanted(hello);
            case Request.Ping ping -> {
                encoded.wire().pong(host.scratch(), ping.value());
                sendScratch();
                flush();
            }
            case Request.Pong _ -> {}
            case Request.OnBehalf told -> toldWhose(told, first);
            case Request.Malformed malformed -> link.end(malformed.why(), malformed.detail());
        }
    }

    /** The connection is over; the last call from the link's side. */
    void closed() {
        if (state != State.GONE) {
            boolean known = state != State.OUTSIDE;
            state = State.GONE;
            host.gone(client, known);
        }
    }

    /** What comes later may come from the peer, by way of the hop. */
    private void toldWhose(Request.OnBehalf told, boolean first) {
        if (first) {
            link.countAs(told.address());
        } else {
            link.end(WireError.OUT_OF_TURN, "ON_BEHALF after another packet");
        }
    }

    private void moveWanted(Request.Move move) {
        if (state == State.INSIDE) {
            host.input(new Input.Move(client, move.direction(), move.moveTime()));
        } else {
            link.end(WireError.OUT_OF_TURN, "a move before the login was accepted");
        }
    }

    private void helloWanted(Request.Hello hello) {
        if (state != State.OUTSIDE) {
            link.end(WireError.OUT_OF_TURN, "a second login");
            return;
        }
        if (hello.version() != encoded.wire().version()) {
            refused(Refusal.VERSION);
            return;
        }
        switch (Names.check(hello.name(), encoded.wire().maxNameBytes())) {
            case Names.Checked.Refused refused -> refused(refused.why());
            case Names.Checked.Accepted accepted -> {
                state = State.JOINING;
                host.input(new Input.Join(client, accepted.name()));
            }
        }
    }

    // ---- what the rules tell it

    void joined(Piece own) {
        if (state == State.JOINING) {
            state = State.INSIDE;
            link.loggedIn();
            encoded.wire().joined(host.scratch(), own, host.rules(), host.tickMillis());
            sendScratch();
        }
    }

    void refused(Refusal why) {
        if (state == State.GONE) {
            return;
        }
        state = State.OUTSIDE;
        host.countRefusal(why);
        encoded.wire().refused(host.scratch(), why);
        sendScratch();
        flush();
        if (!why.mayTryAgain()) {
            link.endRefused(why);
        }
    }

    void entered(Piece piece) {
        send(encoded.entered(piece));
    }

    void moved(Piece piece, int moveTime) {
        if (piece.client == client) {
            encoded.wire().moved(host.scratch(), piece, moveTime);
            sendScratch();
        } else {
            send(encoded.moved(piece));
        }
    }

    void left(Piece piece) {
        send(encoded.left(piece));
    }

    void flush() {
        if (unflushed) {
            unflushed = false;
            link.flush();
        }
    }

    private void sendScratch() {
        send(host.scratchSegment());
    }

    private void send(MemorySegment packets) {
        if (state != State.GONE && packets.byteSize() > 0) {
            if (!unflushed) {
                unflushed = true;
                host.unflushed(this);
            }
            link.send(packets);
        }
    }
}
