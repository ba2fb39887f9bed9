package io.overlapped.session;

import java.util.ArrayList;
import java.util.List;

/**
 * The groups that a session is in.
 *
 * <p>Threads: the proactor's.
 */
final class Memberships {
    // Most sessions are in none, and nothing is made for them.
    private List<Group> groups = List.of();

    void add(Group group) {
        if (groups.isEmpty()) {
            groups = new ArrayList<>(1);
        }
        groups.add(group);
    }

    void remove(Group group) {
        groups.remove(group);
    }

    void leaveAll(Session session) {
        for (Group group : List.copyOf(groups)) {
            boolean _ = group.leave(session);
        }
    }
}
