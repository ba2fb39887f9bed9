/** The row cannot run here, and why. */
final class Skipped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Skipped(String why) {
        super(why);
    }

    static void because(String why) {
        throw new Skipped(why);
    }
}
