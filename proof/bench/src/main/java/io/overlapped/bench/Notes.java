package io.overlapped.bench;

import java.util.ArrayList;
import java.util.List;

/** What limits the figures of a run, in words. */
final class Notes {
    private static final String TWO_LOOPS =
            "Two loops share the one core of the servers, as the load has the other. So it shows what"
                    + " a second loop costs by itself: smaller batches, switches between the threads,"
                    + " work done twice. It cannot show threads that wait for a lock of each other, or"
                    + " cache lines that travel between cores, nor that two cores serve twice as much.";
    private static final String DEALT =
            "Two proactors of ours each listen at the same port (SO_REUSEPORT): the kernel deals"
                    + " connections out by a hash, so that one may have more than the other. An accept"
                    + " cannot be handed over, as a stream belongs to the proactor of its listener."
                    + " Netty's first loop accepts and hands over in turn.";

    private Notes() {}

    static List<String> of(Settings settings, Cores cores) {
        List<String> notes = new ArrayList<>();
        cores.note().ifPresent(notes::add);
        if (settings.rows().stream().anyMatch(Row::isDoubled)) {
            notes.add(TWO_LOOPS);
            notes.add(DEALT);
        }
        return notes;
    }
}
