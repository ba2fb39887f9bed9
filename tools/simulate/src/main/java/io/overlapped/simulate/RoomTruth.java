package io.overlapped.simulate;

import io.overlapped.chat.ChatClient;
import io.overlapped.chat.ChatListener;
import io.overlapped.sim.World;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a room, in the server's own order, from one boot of the server to the next. Each
 * event is one number; the newest ones are kept, more of them than a client can be behind.
 */
final class RoomTruth implements ChatListener {
    static final int JOINED = 1;
    static final int LEFT = 2;
    static final int SAID = 3;

    private static final int KEPT = 1 << 16;
    private static final int LECTURE_ID_MAX = 255;

    /**
     * A member's beginning.
     *
     * @param next the first event it must be told
     * @param present who was there already, in the order it must be told of them
     */
    record Beginning(RoomTruth truth, long next, List<Integer> present) {}

    private final World world;
    private final Verdict verdict;
    private final Map<String, Beginning> beginnings;
    private final long[] events = new long[KEPT];
    private final int[] pieces = new int[KEPT];
    private final int[] pieceHashes = new int[KEPT];
    private final Set<Integer> present = new LinkedHashSet<>();
    private final Map<Integer, Integer> saidBy = new HashMap<>();
    private long count;

    /**
     * @param beginnings where those who join are looked up by their name
     */
    RoomTruth(World world, Verdict verdict, Map<String, Beginning> beginnings) {
        this.world = world;
        this.verdict = verdict;
        this.beginnings = beginnings;
    }

    static long event(int kind, int id, int textHash) {
        return (long) kind << 60 ^ (long) id << 32 ^ (textHash & 0xffff_ffffL);
    }

    long count() {
        return count;
    }

    /** How many messages of this member were told. */
    int saidBy(int id) {
        return saidBy.getOrDefault(id, 0);
    }

    /** How many pieces of text members on the lecture's wire are told this event in. */
    int pieces(long at) {
        return pieces[(int) (at % KEPT)];
    }

    /** Of the sender's id on that wire and of its pieces. */
    int piecesHash(long at) {
        return pieceHashes[(int) (at % KEPT)];
    }

    /** The first event from this one on that members on the lecture's wire are told. */
    long nextSaid(long from) {
        long at = from;
        while (at < count && pieces(at) == 0) {
            at++;
        }
        return at;
    }

    static int pieceHash(int before, String piece) {
        return 31 * before + piece.hashCode();
    }

    /** Why {@code event} cannot be what a member is told as number {@code at}; null if it can. */
    @Nullable String refutes(long at, long event) {
        if (at >= count) {
            return "it was told what has not happened";
        }
        if (at < count - KEPT) {
            return "it is further behind than it may be";
        }
        long real = events[(int) (at % KEPT)];
        return real == event
                ? null
                : "event %d of the room was %s, and it was told %s"
                        .formatted(at, text(real), text(event));
    }

    @Override
    public void joined(int id, String name) {
        List<Integer> before = List.copyOf(present);
        add(event(JOINED, id, name.hashCode()));
        present.add(id);
        beginnings.put(name, new Beginning(this, count, before));
    }

    @Override
    public void left(int id, String name) {
        if (!present.remove(id)) {
            verdict.violated("the room lost " + name + ", who was not there");
        }
        beginnings.remove(name);
        add(event(LEFT, id, 0));
        saidBy.remove(id);
    }

    /** The texts of one connection are numbered from 1, without a gap. */
    @Override
    public void said(int id, String name, String text) {
        int number = Talk.number(text);
        int before = saidBy(id);
        if (number != before + 1) {
            verdict.violated(
                    "the server got message %d of %s after message %d"
                            .formatted(number, name, before));
        }
        saidBy.put(id, number);
        boolean isLecture = id <= LECTURE_ID_MAX;
        if (isLecture && number == 1) {
            // Who says it does not know its id, and is found by its first words.
            Beginning begun = beginnings.get(name);
            if (begun != null) {
                beginnings.put(text, begun);
            }
        }
        add(event(SAID, id, text.hashCode()));
        cut(isLecture ? id : 0, isLecture ? text : name + ": " + text);
        world.mayThrow("the chat server");
    }

    /** Remembers how the event that was added last is told on the lecture's wire. */
    private void cut(int id, String text) {
        List<String> all = ChatClient.lecturePieces(text);
        int hash = id;
        for (String piece : all) {
            hash = pieceHash(hash, piece);
        }
        int last = (int) ((count - 1) % KEPT);
        pieces[last] = all.size();
        pieceHashes[last] = hash;
    }

    private void add(long event) {
        int at = (int) (count % KEPT);
        events[at] = event;
        pieces[at] = 0;
        count++;
    }

    private static String text(long event) {
        String what =
                switch ((int) (event >>> 60)) {
                    case JOINED -> "joined";
                    case LEFT -> "left";
                    default -> "said";
                };
        return "%s by #%d, text %08x"
                .formatted(what, (int) (event >>> 32) & 0xfff_ffff, (int) event);
    }
}
