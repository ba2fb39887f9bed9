package io.overlapped.lab.model;

import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.lab.model.About.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Overlapped with events: each operation in flight has an event, and one thread waits for any.
 *
 * <pre>
 * for (socket : all) WSARecv(socket, buffer, overlapped with event);
 * while (true) {
 *     WSAWaitForMultipleEvents(count, events);                         one is set, or more
 *     for (i : all)
 *         if (WSAGetOverlappedResult(socket[i], overlapped[i], &amp;bytes))     the bytes are there
 *             process them; WSARecv(socket[i], …);
 * }
 * </pre>
 *
 * <p>The wait names one event, and finds it by looking through all of them. So that the others that
 * are set by then need no wait of their own, one more look handles every one of them: what a wait
 * costs grows with the connections, and is shared by all that were answered since the last one.
 */
final class OverlappedEvents implements Model {
    static final About ABOUT =
            About.of(
                    OverlappedEvents.class,
                    "overlapped-event",
                    Kind.PROACTOR,
                    new Text(
                            "Receives are started ahead, each with an event; one thread waits for"
                                    + " any of the events and finds the bytes already there.",
                            "receive를 미리 걸어 두고 각각 이벤트를 붙인다. 스레드 하나가 아무 이벤트나 기다리며, 깨어나면 데이터는"
                                    + " 이미 버퍼에 있다."),
                    new Text(
                            "Each wait looks through all the events (Windows stops at 64 of them;"
                                    + " awaitAny takes any number, and the looking remains).",
                            "기다릴 때마다 모든 이벤트를 훑는다(Windows는 64개까지. awaitAny는 개수 제한이 없지만 훑는 비용은 남는다)."),
                    Texts.PENDING_SEND);

    /** What is waited for, in step with who started it; an accept has nobody. */
    private final List<Overlapped> events = new ArrayList<>();

    private final Map<Overlapped, OverlappedClient> owners = new HashMap<>();

    @Override
    public void serve(Serving serving) {
        try (Proactor proactor = Proactor.open(OverlappedClient.options(serving))) {
            TcpListener listener = proactor.listen(serving.wanted(), Serving.BACKLOG, false);
            serving.listening(listener.address());
            events.add(listener.accept(new Overlapped()));
            while (!serving.isStopping()) {
                Overlapped.awaitAny(events, Proactor.FOREVER);
                // Those that follow the first get their turn too, or it would starve them.
                // Backwards, so that neither what is taken out nor what is added is in the way.
                for (int i = events.size() - 1; i >= 0; i--) {
                    Overlapped done = events.get(i);
                    if (!done.isPending()) {
                        forget(i);
                        completed(serving, listener, done);
                    }
                }
            }
            serving.endAll();
        }
    }

    private void completed(Serving serving, TcpListener listener, Overlapped done) {
        OverlappedClient owner = owners.remove(done);
        if (owner != null) {
            owner.completed(done, Watch.SIGNALLED);
            return;
        }
        if (done.status() == Status.OK) {
            new OverlappedClient(serving, done.stream(), this::started)
                    .start(new Overlapped(), new Overlapped());
        }
        events.add(listener.accept(done));
    }

    private void started(Overlapped operation, OverlappedClient owner) {
        events.add(operation);
        owners.put(operation, owner);
    }

    /** Takes an event out of the list; the last one takes its place. */
    private void forget(int index) {
        Overlapped last = events.removeLast();
        if (index < events.size()) {
            events.set(index, last);
        }
    }
}
