package io.overlapped.simulate;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a collection is gone through whose order differs from process to process: one made by
 * {@code HashMap}, {@code HashSet}, their concurrent kin, {@code Set.of}, {@code Map.of} or {@code
 * copyOf}, as far as it can be told from one class: by its type, or by the field or the local it
 * was put into.
 */
final class HashOrder {
    private static final Set<String> HASHED =
            Set.of(
                    "java/util/HashMap",
                    "java/util/HashSet",
                    "java/util/concurrent/ConcurrentHashMap",
                    "java/util/concurrent/ConcurrentHashMap$KeySetView");

    private static final Set<String> MAKERS = Set.of("of", "ofEntries", "copyOf", "newKeySet");

    private static final Set<String> WALKS =
            Set.of(
                    "entrySet",
                    "keySet",
                    "values",
                    "iterator",
                    "spliterator",
                    "forEach",
                    "removeIf",
                    "replaceAll",
                    "stream",
                    "toArray",
                    "toString",
                    "addAll",
                    "putAll",
                    "copyOf");

    private final Set<String> hashedFields = new HashSet<>();
    private final BiConsumer<MethodModel, String> report;

    // The value that was pushed last, or that a call will work on, as far as that is known.
    private @Nullable String pending;
    private final Set<Integer> hashedLocals = new HashSet<>();

    private HashOrder(BiConsumer<MethodModel, String> report) {
        this.report = report;
    }

    static void scan(ClassModel type, BiConsumer<MethodModel, String> report) {
        HashOrder scan = new HashOrder(report);
        // Twice, as a field may be read above the place where it is set.
        scan.all(type, false);
        scan.all(type, true);
    }

    private void all(ClassModel type, boolean reporting) {
        for (MethodModel method : type.methods()) {
            pending = null;
            hashedLocals.clear();
            method.code()
                    .ifPresent(code -> code.forEach(element -> take(method, element, reporting)));
        }
    }

    private void take(MethodModel method, CodeElement element, boolean reporting) {
        switch (element) {
            case InvokeInstruction call -> call(method, call, reporting);
            case FieldInstruction field -> field(field);
            case StoreInstruction store -> {
                if (pending != null) {
                    hashedLocals.add(store.slot());
                } else {
                    hashedLocals.remove(store.slot());
                }
                pending = null;
            }
            case LoadInstruction load -> {
                if (hashedLocals.contains(load.slot())) {
                    pending = "a local";
                }
            }
            case InvokeDynamicInstruction _ -> {}
            default -> {}
        }
    }

    private void field(FieldInstruction field) {
        String name = field.owner().asInternalName() + "." + field.name().stringValue();
        String type = field.type().stringValue();
        boolean isHashed =
                HASHED.contains(type.substring(1, Math.max(1, type.length() - 1)))
                        || hashedFields.contains(name);
        switch (field.opcode()) {
            case GETFIELD, GETSTATIC -> pending = isHashed ? name : null;
            default -> {
                if (pending != null) {
                    hashedFields.add(name);
                }
                pending = null;
            }
        }
    }

    private void call(MethodModel method, InvokeInstruction call, boolean reporting) {
        String owner = call.owner().asInternalName();
        String name = call.name().stringValue();
        boolean isCopy =
                name.equals("<init>")
                        && owner.startsWith("java/util/")
                        && (call.type().stringValue().contains("Ljava/util/Collection;")
                                || call.type().stringValue().contains("Ljava/util/Map;"));
        boolean isWalk = isCopy || (WALKS.contains(name) && owner.startsWith("java/"));
        if (reporting && isWalk && (pending != null || (!isCopy && HASHED.contains(owner)))) {
            report.accept(method, "the order of a hash table: " + pending + " by " + name);
        }
        if (name.equals("<init>") && HASHED.contains(owner)) {
            pending = owner;
        } else if (MAKERS.contains(name) && isUnordered(owner, call.type().stringValue())) {
            pending = owner + "." + name;
        } else if (!isTransparent(name)) {
            pending = null;
        }
    }

    /** A call between a collection and what is done with it, or one that wraps it. */
    private static boolean isTransparent(String name) {
        return name.equals("requireNonNull")
                || name.startsWith("unmodifiable")
                || name.startsWith("synchronized");
    }

    /** {@code Set.of()} and {@code Map.of(k, v)} have no order to depend on. */
    private static boolean isUnordered(String owner, String type) {
        String object = "Ljava/lang/Object;";
        boolean isSet = owner.equals("java/util/Set");
        boolean isMap = owner.equals("java/util/Map");
        String arguments = type.substring(0, type.indexOf(')') + 1);
        boolean isSmall =
                arguments.equals("()")
                        || (isSet && arguments.equals("(" + object + ")"))
                        || (isMap && arguments.equals("(" + object + object + ")"));
        return owner.contains("ConcurrentHashMap") || ((isSet || isMap) && !isSmall);
    }
}
