package io.overlapped.cli;

/** What went wrong and what would help, for people: it is printed on one line, without a stack. */
final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param problem what went wrong, without a full stop
     * @param remedy what would help
     */
    UserError(String problem, String remedy) {
        super(problem + "; " + remedy);
    }
}
