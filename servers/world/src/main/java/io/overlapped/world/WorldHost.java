package io.overlapped.world;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings the clients of every wire into one world: collects what they want between two ticks, lets
 * the world step, and sends each client what it changed in one flush.
 *
 * <p>Threads: one.
 */
final class WorldHost implements Changes {
    private final World world;
    private final int tickMillis;
    private final List<@Nullable Visitor> visitors = new ArrayList<>();
    private final BitSet numbers = new BitSet();
    private final List<Integer> goneNumbers = new ArrayList<>();
    private final List<Visitor> unflushed = new ArrayList<>();
    private final Packet scratch = new Packet();
    private final Map<Refusal, Long> refusals = new EnumMap<>(Refusal.class);
    private List<Input> inputs = new ArrayList<>();
    private List<Input> spare = new ArrayList<>();
    private long moves;
    private long joins;

    WorldHost(WorldRules rules, int tickMillis) {
        world = new World(rules);
        this.tickMillis = tickMillis;
    }

    /** A client has connected. */
    Visitor connect(Encoded encoded, Link link) {
        int client = numbers.nextClearBit(0);
        numbers.set(client);
        Visitor visitor = new Visitor(this, encoded, link, client);
        if (client == visitors.size()) {
            visitors.add(visitor);
        } else {
            visitors.set(client, visitor);
        }
        return visitor;
    }

    /** One step of the world. */
    void tick() {
        List<Input> now = inputs;
        inputs = spare;
        spare = now;
        // A number is free for another client only when its leave has been applied.
        List<Integer> left = List.copyOf(goneNumbers);
        goneNumbers.clear();
        try {
            world.step(now, this);
        } finally {
            now.clear();
        }
        for (int client : left) {
            visitors.set(client, null);
            numbers.clear(client);
        }
        flushAll();
    }

    private void flushAll() {
        // A flush may end its client, and the end may send to others: not before the next tick.
        List<Visitor> ready = List.copyOf(unflushed);
        unflushed.clear();
        for (Visitor visitor : ready) {
            visitor.flush();
        }
    }

    WorldRules rules() {
        return world.rules();
    }

    int tickMillis() {
        return tickMillis;
    }

    World world() {
        return world;
    }

    /** Clients that are connected, inside the world or not. */
    int connected() {
        return numbers.cardinality() - goneNumbers.size();
    }

    long moves() {
        return moves;
    }

    long joins() {
        return joins;
    }

    /** How often clients were refused, by reason. */
    Map<Refusal, Long> refusals() {
        return new EnumMap<>(refusals);
    }

    // ---- for the visitors

    Packet scratch() {
        return scratch.clear();
    }

    MemorySegment scratchSegment() {
        return scratch.segment();
    }

    void input(Input input) {
        inputs.add(input);
        if (input instanceof Input.Move) {
            moves++;
        }
    }

    /** A client is gone; {@code known} says whether the world knows it or soon will. */
    void gone(int client, boolean known) {
        goneNumbers.add(client);
        if (known) {
            inputs.add(new Input.Leave(client));
        }
    }

    void unflushed(Visitor visitor) {
        unflushed.add(visitor);
    }

    void countRefusal(Refusal why) {
        refusals.merge(why, 1L, Long::sum);
    }

    // ---- what the world changed

    @Override
    public void joined(int client, Piece own) {
        joins++;
        visitor(client).joined(own);
    }

    @Override
    public void refused(int client, Refusal why) {
        visitor(client).refused(why);
    }

    @Override
    public void entered(int client, Piece piece) {
        visitor(client).entered(piece);
    }

    @Override
    public void moved(int client, Piece piece, int moveTime) {
        visitor(client).moved(piece, moveTime);
    }

    @Override
    public void left(int client, Piece piece) {
        visitor(client).left(piece);
    }

    private Visitor visitor(int client) {
        Visitor visitor = visitors.get(client);
        if (visitor == null) {
            throw new IllegalStateException("client " + client + " has left the world already");
        }
        return visitor;
    }
}
