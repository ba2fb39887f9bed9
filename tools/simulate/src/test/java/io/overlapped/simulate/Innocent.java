package io.overlapped.simulate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Looks like a breach here and there, and is none. */
@SuppressWarnings("unused")
final class Innocent {
    private final Map<String, String> lookedUp = new HashMap<>();
    private final Map<String, String> linked = new LinkedHashMap<>();
    private final Map<String, String> sorted = new TreeMap<>();
    private final Map<Thread.State, String> enums = new EnumMap<>(Thread.State.class);
    private final Set<String> set = new LinkedHashSet<>();

    String lookUp(String key) {
        lookedUp.put(key, "value");
        lookedUp.computeIfAbsent(key, k -> k + k);
        return lookedUp.get(key) + lookedUp.size();
    }

    List<String> walk(StringBuilder out) {
        linked.forEach((key, value) -> out.append(key));
        sorted.values().forEach(out::append);
        enums.keySet().forEach(out::append);
        set.forEach(out::append);
        List<String> copy = List.copyOf(set);
        List<String> other = new ArrayList<>(lookedUp.size());
        other.addAll(copy);
        return other;
    }

    boolean known(String name) {
        return Set.of("a", "b").contains(name);
    }

    int seeded(long seed) {
        return new Random(seed).nextInt() + new SplittableRandom(seed).nextInt();
    }
}
