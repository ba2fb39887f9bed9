package io.overlapped.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands its sessions to the test. */
class Sessions extends Site.Log {
    final List<Session> sessions = new ArrayList<>();
    final AtomicInteger writable = new AtomicInteger();
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void opened(Session session) {
        super.opened(session);
        sessions.add(session);
        count.incrementAndGet();
    }

    @Override
    public void writable(Session session) {
        super.writable(session);
        writable.incrementAndGet();
    }

    void await(int expected) {
        Site.await(() -> count.get() == expected, () -> count + " sessions");
    }
}
