package io.overlapped.world;

import java.util.BitSet;

/** Ids for players, given in turn: an id that was given back comes again only after all others. */
final class PlayerIds {
    private final BitSet used = new BitSet(WorldRules.FIRST_NPC_ID);
    private int next = 1;

    /** There must be a free one. */
    int take() {
        int id = used.nextClearBit(next);
        if (id >= WorldRules.FIRST_NPC_ID) {
            id = used.nextClearBit(0);
        }
        used.set(id);
        next = (id + 1) % WorldRules.FIRST_NPC_ID;
        return id;
    }

    void give(int id) {
        used.clear(id);
    }
}
