package io.overlapped.lab.model;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Everyone who is in the chat.
 *
 * <p>Many speak and few come and go, so that a copy for each who comes is cheaper than a lock.
 *
 * <p>Threads: any. Packets of one sender arrive in order; those of two are ordered by each member's
 * own queue.
 */
final class Room {
    /** Someone who gets what is said. */
    interface Member {
        /** Takes all of {@code packets}, by sending or by keeping a copy, or ends. Never waits. */
        void send(ByteBuffer packets);
    }

    private final List<Member> members = new CopyOnWriteArrayList<>();

    void join(Member member) {
        members.add(member);
    }

    void leave(Member member) {
        members.remove(member);
    }

    /** Sends whole packets to everyone who is here now; who comes meanwhile does not get them. */
    void broadcast(ByteBuffer packets) {
        int start = packets.position();
        for (Member member : members) {
            packets.position(start);
            member.send(packets);
        }
        packets.position(packets.limit());
    }
}
