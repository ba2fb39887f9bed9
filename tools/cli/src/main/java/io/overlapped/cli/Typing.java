package io.overlapped.cli;

import java.io.Console;

/** Whether somebody types, or a pipe. */
final class Typing {
    private Typing() {}

    /** Whether both standard input and standard output are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // the console of java.base is null in a pipe
    static boolean isAtTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
