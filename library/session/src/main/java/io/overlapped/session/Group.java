package io.overlapped.session;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that get the same: what is broadcast is encoded once and offered to each, in the order
 * in which they joined. A session that ends leaves by itself, before its handler is told.
 *
 * <p>All members have the same framing, and belong to the same proactor.
 *
 * <p>Threads: the proactor's own.
 */
public final class Group {
    /** What becomes of a member that has no room for a broadcast. */
    public enum WhenFull {
        /** It misses that broadcast: fit for state, of which the newest counts. */
        SKIP,
        /**
         * It ends with {@link CloseReason#SLOW_CONSUMER}, or {@link CloseReason#OVERLOADED} when
         * the buffer pool is empty: fit for events, of which none may be missed.
         */
        CLOSE
    }

    private final Framing framing;
    private final WhenFull whenFull;
    private final Set<Session> members = new LinkedHashSet<>();

    public Group(Framing framing, WhenFull whenFull) {
        this.framing = framing;
        this.whenFull = whenFull;
    }

    /**
     * Takes a session in, unless it is in or has ended.
     *
     * @return whether it was taken in
     * @throws IllegalArgumentException if it has another framing
     */
    public boolean join(Session session) {
        if (!session.framing().equals(framing)) {
            throw new IllegalArgumentException(
                    "the session speaks " + session.framing() + ", the group " + framing);
        }
        if (!session.isOpen() || !members.add(session)) {
            return false;
        }
        session.groups().add(this);
        return true;
    }

    /** Whether it was in. */
    public boolean leave(Session session) {
        if (!members.remove(session)) {
            return false;
        }
        session.groups().remove(this);
        return true;
    }

    public boolean contains(Session session) {
        return members.contains(session);
    }

    public int size() {
        return members.size();
    }

    /** The members of this moment, in the order in which they joined. */
    public List<Session> members() {
        return List.copyOf(members);
    }

    /** Offers a payload, in one frame, to each; how many accepted it. */
    public int broadcast(MemorySegment payload) {
        return broadcastFrames(framing.encode(payload), null);
    }

    /** The same to each but {@code except}. */
    public int broadcast(MemorySegment payload, @Nullable Session except) {
        return broadcastFrames(framing.encode(payload), except);
    }

    /** Offers whole frames, as they are, to each but {@code except}; how many accepted them. */
    @SuppressWarnings("ReferenceEquality") // a session is itself alone
    public int broadcastFrames(MemorySegment frames, @Nullable Session except) {
        int accepted = 0;
        for (Session member : members) {
            if (member == except) {
                continue;
            }
            Offer offer = member.sendFrames(frames);
            if (offer == Offer.ACCEPTED) {
                accepted++;
            } else if (offer == Offer.FULL && whenFull == WhenFull.CLOSE) {
                boolean poolEmpty = member.output().hasRoom(frames.byteSize());
                member.end(
                        poolEmpty ? CloseReason.OVERLOADED : CloseReason.SLOW_CONSUMER,
                        member.outboxBytes()
                                + " bytes wait, "
                                + (poolEmpty ? "and the pool is empty" : "the outbox is full"));
            }
        }
        return accepted;
    }
}
