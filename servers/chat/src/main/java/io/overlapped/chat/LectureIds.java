package io.overlapped.chat;

import io.overlapped.session.Session;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The ids of one byte: the lowest free one, but none while a packet that bears it may wait in
 * somebody's outbox, or the words of one would be taken for those of another.
 *
 * <p>Threads: the proactor's.
 */
final class LectureIds {
    static final int LAST = 255;

    private final Set<Integer> taken = new LinkedHashSet<>();
    private final Map<Integer, Set<Session>> waiting = new HashMap<>();

    /** An id, or 0 if there is none. */
    int take() {
        for (int id = 1; id <= LAST; id++) {
            if (!taken.contains(id) && isQuiet(id)) {
                taken.add(id);
                return id;
            }
        }
        return 0;
    }

    /**
     * @param readers sessions that packets with this id may still be on their way to
     */
    void giveBack(int id, Set<Session> readers) {
        taken.remove(id);
        waiting.put(id, readers);
    }

    private boolean isQuiet(int id) {
        Set<Session> readers = waiting.get(id);
        if (readers == null) {
            return true;
        }
        readers.removeIf(session -> !session.isOpen() || session.outboxBytes() == 0);
        if (readers.isEmpty()) {
            waiting.remove(id);
            return true;
        }
        return false;
    }
}
