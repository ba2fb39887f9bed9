package io.overlapped;

import io.overlapped.Overlapped.Place;
import io.overlapped.spi.Errno;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes started operations to where each kind belongs, and ends those that are to end early. On the
 * proactor's thread only.
 */
final class Submission {
    private final Proactor proactor;
    private final Delivery delivery;
    private final Timers timers;
    private final Deadlines deadlines;
    private final Inbox inbox;
    private final Counters counters;
    private final Observation observation;
    private final Set<CompletionPort> ports = new LinkedHashSet<>();
    private @Nullable CompletionPort lastPort;
    private boolean closing;
    private boolean servesThreads;

    Submission(
            Proactor proactor,
            Delivery delivery,
            Timers timers,
            Deadlines deadlines,
            Inbox inbox,
            Counters counters,
            Observation observation) {
        this.proactor = proactor;
        this.delivery = delivery;
        this.timers = timers;
        this.deadlines = deadlines;
        this.inbox = inbox;
        this.counters = counters;
        this.observation = observation;
    }

    /** From now on nothing but a close is started; other threads can start nothing at all. */
    void close() {
        submitAll(inbox.close());
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    void leavePorts() {
        for (CompletionPort port : ports) {
            port.notFedBy(proactor);
        }
    }

    /** Submits what other threads have started. */
    void submitInbox() {
        if (!inbox.isEmpty()) {
            submitAll(inbox.takeAll());
        }
    }

    void submit(Overlapped o) {
        feedPortOf(o);
        counters.started();
        if (observation.on) {
            observation.submitted(o);
        }
        if (o.hasDeadline) {
            deadlines.add(o);
        }
        if (o.cancelRequested) {
            delivery.add(o, -Errno.ECANCELED);
        } else if (closing && o.operation() != Operation.CLOSE) {
            delivery.add(o, -Errno.EBADF);
        } else {
            begin(o);
        }
    }

    /** Tells the operation's port, if it has one, that completions come from here. */
    void feedPortOf(Overlapped o) {
        CompletionPort port = o.port();
        if (port != null && port != lastPort) {
            lastPort = port;
            if (ports.add(port)) {
                port.fedBy(proactor);
            }
        }
    }

    /** Ends {@code o} early if it is still in that run of it. */
    void cancel(Overlapped o, int run) {
        if (o.run != run || !o.isPending()) {
            return;
        }
        if (o.place == Place.INBOX) {
            requestCancel(o);
            submitInbox();
        } else {
            cancelPlaced(o);
        }
    }

    /** Ends a pending operation early, wherever it is. A close is never cancelled. */
    void cancelPlaced(Overlapped o) {
        if (o.operation() == Operation.CLOSE) {
            return;
        }
        requestCancel(o);
        switch (o.place) {
            case TIMERS -> {
                timers.remove(o);
                delivery.add(o, -Errno.ECANCELED);
            }
            case DRIVER ->
                    proactor.driver().cancel(o.token, Objects.requireNonNull(o.endpoint).socket);
            case HELD -> {
                proactor.flight().unhold(o);
                Objects.requireNonNull(o.endpoint).endQueued(o, -Errno.ECANCELED);
            }
            case QUEUED -> Objects.requireNonNull(o.endpoint).endQueued(o, -Errno.ECANCELED);
            case POOL -> {
                proactor.provision().remove(o);
                delivery.add(o, -Errno.ECANCELED);
            }
            case INBOX, READY -> {}
        }
    }

    /** Its time is over; a cancel that was asked for before stays one. */
    void expire(Overlapped o) {
        if (!o.cancelRequested) {
            o.expired = true;
            cancelPlaced(o);
        }
    }

    /** What nobody has been told of: wherever it waits, on sockets or off them. */
    void survey(Survey survey) {
        inbox.forEach(survey::add);
        timers.forEach(survey::add);
        proactor.provision().forEachTake(survey::add);
        proactor.sockets().forEachPending(survey::add);
        delivery.forEach(survey::add);
        for (CompletionPort port : ports) {
            port.forEachOf(proactor, o -> survey.add(o, InFlight.State.PORT));
        }
    }

    /**
     * The proactor was abandoned, and its driver has nothing any more.
     *
     * @param unseen what other threads have started and it has not seen
     */
    void abandoned(@Nullable Overlapped unseen) {
        for (Overlapped o = unseen; o != null; o = o.next) {
            if (o.routine() instanceof HandOver handOver) {
                handOver.discard();
            }
            o.abandoned();
        }
        proactor.sockets().forEachPending(Overlapped::abandoned);
    }

    /** What would not end by itself and belongs to no endpoint: timers, and takes. */
    void cancelTimers() {
        for (Overlapped o = timers.peek(); o != null; o = timers.peek()) {
            cancelPlaced(o);
        }
        Provision takes = proactor.provision();
        for (Overlapped o = takes.peekTake(); o != null; o = takes.peekTake()) {
            cancelPlaced(o);
        }
    }

    private void requestCancel(Overlapped o) {
        if (o.cancelRequested) {
            return;
        }
        o.cancelRequested = true;
        counters.cancelRequested();
        if (observation.on) {
            observation.cancelRequested(o);
        }
    }

    private void begin(Overlapped o) {
        switch (o.operation()) {
            case TIMER -> {
                o.place = Place.TIMERS;
                timers.add(o);
            }
            case POST -> delivery.add(o, 0);
            case TAKE -> proactor.provision().take(o);
            case CONNECT -> connect(o);
            case CLOSE -> Objects.requireNonNull(o.endpoint).startClose(o);
            case ACCEPT, RECEIVE, SEND, SHUTDOWN -> Objects.requireNonNull(o.endpoint).start(o);
            case NONE -> throw new AssertionError("nothing to start");
        }
    }

    private void connect(Overlapped o) {
        InetSocketAddress peer = (InetSocketAddress) Objects.requireNonNull(o.argument);
        int socket = proactor.driver().open(peer);
        if (socket < 0) {
            delivery.add(o, socket);
        } else {
            proactor.adopt(socket).start(o);
        }
    }

    private void submitAll(@Nullable Overlapped first) {
        Overlapped o = first;
        while (o != null) {
            Overlapped after = o.next;
            o.next = null;
            if (!servesThreads && o.isEvent() && o.isChoosing()) {
                servesThreads = true;
                proactor.servesThreads();
            }
            submit(o);
            o = after;
        }
    }
}
