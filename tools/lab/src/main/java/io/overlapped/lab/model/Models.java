package io.overlapped.lab.model;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * All the models there are.
 *
 * <p>Threads: any.
 */
public final class Models {
    private record Entry(About about, Supplier<Model> maker) {}

    private static final List<Entry> ALL =
            List.of(
                    new Entry(Polling.ABOUT, Polling::new),
                    new Entry(ThreadPerSocket.ABOUT, ThreadPerSocket::new),
                    new Entry(VirtualThreads.ABOUT, VirtualThreads::new),
                    new Entry(SelectorLoop.ABOUT, SelectorLoop::new),
                    new Entry(SelectCall.ABOUT, SelectCall::new),
                    new Entry(PollCall.ABOUT, PollCall::new),
                    new Entry(EpollCall.ABOUT, EpollCall::new),
                    new Entry(AsyncSelect.ABOUT, AsyncSelect::new),
                    new Entry(EventSelect.ABOUT, EventSelect::new),
                    new Entry(OverlappedEvents.ABOUT, OverlappedEvents::new),
                    new Entry(OverlappedRoutines.ABOUT, OverlappedRoutines::new),
                    new Entry(OverlappedPort.ABOUT, OverlappedPort::new),
                    new Entry(Nio2Channels.ABOUT, Nio2Channels::new));

    private Models() {}

    /** What there is to say of each, in the order of the lectures. */
    public static List<About> all() {
        return ALL.stream().map(Entry::about).toList();
    }

    /**
     * A new one, for one run.
     *
     * @throws IllegalArgumentException if there is no model of that name
     */
    public static Model make(String name) {
        for (Entry entry : ALL) {
            if (entry.about.name().equals(name)) {
                return entry.maker.get();
            }
        }
        throw new IllegalArgumentException(
                "there is no model "
                        + name
                        + "; there are "
                        + all().stream().map(About::name).collect(Collectors.joining(", ")));
    }
}
