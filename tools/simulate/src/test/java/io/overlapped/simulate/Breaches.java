package io.overlapped.simulate;

import java.lang.ref.Cleaner;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** Breaks every rule of the ban list, one a method; none is ever called. */
@SuppressWarnings({
    "unused",
    "NonApiType",
    "FutureReturnValueIgnored",
    "CheckReturnValue",
    "ReturnValueIgnored"
})
final class Breaches {
    private final Map<String, String> hashed = new HashMap<>();
    private final Set<String> wrapped = Collections.synchronizedSet(new HashSet<>());
    private final HashSet<String> typed;
    private final Set<String> constant = Set.of("a", "b");
    private final Set<String> concurrent = ConcurrentHashMap.newKeySet();
    private final Map<String, String> copied;

    Breaches(HashSet<String> typed, Map<String, String> copied) {
        this.typed = typed;
        this.copied = Map.copyOf(copied);
    }

    long nanoTime() {
        return System.nanoTime();
    }

    long currentTimeMillis() {
        return System.currentTimeMillis();
    }

    LongSupplier reference() {
        return System::nanoTime;
    }

    LongSupplier lambda() {
        return () -> System.nanoTime() + 1;
    }

    Instant instant() {
        return Instant.now();
    }

    @SuppressWarnings("JavaTimeDefaultTimeZone")
    LocalDateTime localDateTime() {
        return LocalDateTime.now();
    }

    double mathRandom() {
        return Math.random();
    }

    int threadLocalRandom() {
        return ThreadLocalRandom.current().nextInt();
    }

    UUID uuid() {
        return UUID.randomUUID();
    }

    SecureRandom secureRandom() {
        return new SecureRandom();
    }

    Random random() {
        return new Random();
    }

    SplittableRandom splittableRandom() {
        return new SplittableRandom();
    }

    void shuffle(List<String> list) {
        Collections.shuffle(list);
    }

    Thread thread() {
        return new Thread(() -> {});
    }

    Thread virtualThread() {
        return Thread.ofVirtual().unstarted(() -> {});
    }

    Thread platformThread() {
        return Thread.ofPlatform().unstarted(() -> {});
    }

    Object executor() {
        return Executors.newSingleThreadExecutor();
    }

    Object async() {
        return CompletableFuture.supplyAsync(() -> 1);
    }

    Object forkJoin() {
        return ForkJoinPool.commonPool();
    }

    long parallel(Collection<String> all) {
        return all.parallelStream().count();
    }

    Object identityMap() {
        return new IdentityHashMap<String, String>();
    }

    int identity(Object object) {
        return System.identityHashCode(object);
    }

    Cleaner cleaner() {
        return Cleaner.create();
    }

    void entries(StringBuilder out) {
        for (Map.Entry<String, String> entry : hashed.entrySet()) {
            out.append(entry);
        }
    }

    void each(StringBuilder out) {
        hashed.forEach((key, value) -> out.append(key));
    }

    void wrappedSet(StringBuilder out) {
        for (String each : wrapped) {
            out.append(each);
        }
    }

    void typedSet(StringBuilder out) {
        for (String each : typed) {
            out.append(each);
        }
    }

    void constantSet(StringBuilder out) {
        for (String each : constant) {
            out.append(each);
        }
    }

    void concurrentSet(StringBuilder out) {
        concurrent.forEach(out::append);
    }

    void copiedMap(StringBuilder out) {
        out.append(copied.keySet().iterator().next());
    }

    void local(StringBuilder out) {
        Map<String, String> local = new HashMap<>();
        local.put("a", "b");
        local.values().forEach(out::append);
    }

    List<String> copyOfSet() {
        return new ArrayList<>(constant);
    }
}
