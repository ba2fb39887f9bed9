import java.util.function.Supplier;

/** The promise was broken, and how. */
final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failed(String how) {
        super(how);
    }

    static void unless(boolean holds, String otherwise) {
        if (!holds) {
            throw new Failed(otherwise);
        }
    }

    static void unless(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new Failed(otherwise.get());
        }
    }
}
