package io.overlapped.cli;

/** The {@code overlapped} command. */
public final class Main {
    private Main() {}

    /** Runs one command line. */
    public static void main(String[] args) {
        System.out.println("overlapped 0.1.0");
    }
}
