package io.overlapped.cli;

import io.overlapped.OverlappedException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says on one line why a command failed; a stack trace is for faults of the program only. */
final class Failures implements IExecutionExceptionHandler {
    /** Set to anything, this variable adds the stack trace to every failure. */
    static final String TRACE_VARIABLE = "OVERLAPPED_TRACE";

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
        command.getErr().println("overlapped: " + line(e));
        if (System.getenv(TRACE_VARIABLE) != null) {
            e.printStackTrace(command.getErr());
        }
        return Main.FAILED;
    }

    private static String line(Exception e) {
        if (e instanceof UserError || e instanceof OverlappedException) {
            return String.valueOf(e.getMessage());
        }
        String message = e.getMessage();
        String what = message == null || message.isBlank() ? e.getClass().getName() : message;
        return what + " (" + TRACE_VARIABLE + "=1 shows where)";
    }
}
