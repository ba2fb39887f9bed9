package io.overlapped.sim;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A host's streams that one driver has given up and no other has taken yet, by number. */
final class DetachedStreams {
    private final Map<Integer, SimStream> streams = new TreeMap<>();

    int count() {
        return streams.size();
    }

    int add(SimStream stream) {
        streams.put(stream.number(), stream);
        return stream.number();
    }

    @Nullable SimStream get(int number) {
        return streams.get(number);
    }

    void remove(SimStream stream) {
        streams.remove(stream.number());
    }

    /** Its process has closed it. */
    void discard(int number) {
        SimStream stream = streams.remove(number);
        if (stream != null) {
            stream.close(false);
        }
    }

    /**
     * Their process is no more.
     *
     * @param silently whether its machine is no more either
     */
    void discardAll(boolean silently) {
        for (SimStream stream : streams.values()) {
            if (silently) {
                stream.vanish();
            } else {
                stream.close(false);
            }
        }
        streams.clear();
    }
}
