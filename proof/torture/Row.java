import module java.base;

/**
 * One row of the table.
 *
 * @param promise what must hold
 * @param done what is done to break it
 * @param drivers for each of which it is run
 */
record Row(String name, String promise, String done, List<String> drivers, Body body) {
    static final List<String> BOTH = List.of("uring", "nio");

    /** Does it; throws {@link Failed} or {@link Skipped}, or returns. */
    interface Body {
        void run(Trial trial) throws Exception;
    }
}
