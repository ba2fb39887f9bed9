package io.overlapped.simulate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Calls that make one run of a program differ from the next, and by which name they are banned. */
final class Bans {
    /** One call, with the internal name of its class. */
    record Call(String owner, String name, String descriptor) {
        boolean isOf(String simpleOwner) {
            return owner.endsWith("/" + simpleOwner);
        }

        boolean isNew(String simpleOwner) {
            return isOf(simpleOwner) && name.equals("<init>");
        }

        boolean takesNothing() {
            return descriptor.startsWith("()");
        }
    }

    private static final List<String> CLOCKS =
            List.of(
                    "Instant",
                    "LocalDate",
                    "LocalDateTime",
                    "LocalTime",
                    "OffsetDateTime",
                    "ZonedDateTime");

    private static final Map<String, Predicate<Call>> RULES = new TreeMap<>();

    static {
        rule("wall time", Bans::isTime);
        rule("randomness without a seed", Bans::isRandom);
        rule("a thread of its own", Bans::isThread);
        rule(
                "parallel work",
                call ->
                        call.name().equals("parallelStream")
                                || (call.name().equals("parallel") && call.isOf("BaseStream"))
                                || (call.isOf("Arrays") && call.name().startsWith("parallel")));
        rule(
                "identity as an order",
                call ->
                        call.isNew("IdentityHashMap")
                                || call.isNew("WeakHashMap")
                                || call.name().equals("identityHashCode"));
        rule("the garbage collector's moment", call -> call.isOf("Cleaner"));
    }

    private Bans() {}

    /** The rule a call breaks; null if it breaks none. */
    static @Nullable String broken(Call call) {
        for (Map.Entry<String, Predicate<Call>> rule : RULES.entrySet()) {
            if (rule.getValue().test(call)) {
                return rule.getKey() + ": " + call.owner() + "." + call.name();
            }
        }
        return null;
    }

    private static void rule(String name, Predicate<Call> breaks) {
        RULES.put(name, breaks);
    }

    private static boolean isTime(Call call) {
        return (call.isOf("System") && call.name().equals("nanoTime"))
                || (call.isOf("System") && call.name().equals("currentTimeMillis"))
                || (CLOCKS.stream().anyMatch(call::isOf) && call.name().equals("now"))
                || (call.isOf("Clock") && call.name().startsWith("system"))
                || (call.isNew("Date") && call.takesNothing());
    }

    private static boolean isRandom(Call call) {
        return (call.isOf("Math") && call.name().equals("random"))
                || call.isOf("ThreadLocalRandom")
                || call.isOf("SecureRandom")
                || call.name().equals("randomUUID")
                || ((call.isNew("Random") || call.isNew("SplittableRandom")) && call.takesNothing())
                || (call.isOf("RandomGenerator")
                        && (call.name().equals("getDefault") || call.name().equals("of")))
                || (call.isOf("RandomGeneratorFactory")
                        && call.name().equals("create")
                        && call.takesNothing())
                || (call.isOf("Collections")
                        && call.name().equals("shuffle")
                        && call.descriptor().equals("(Ljava/util/List;)V"));
    }

    private static boolean isThread(Call call) {
        return call.isNew("Thread")
                || (call.isOf("Thread")
                        && List.of("ofVirtual", "ofPlatform", "startVirtualThread", "sleep")
                                .contains(call.name()))
                || call.isOf("Executors")
                || call.isOf("ForkJoinPool")
                || call.isNew("Timer")
                || (call.isOf("CompletableFuture") && call.name().endsWith("Async"));
    }
}
