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
            List.of(new Entry(SelectorLoop.ABOUT, SelectorLoop::new));

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
