package io.overlapped.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says on one line what is wrong with a command line and how to put it right. */
final class UsageErrors implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String problem = problem(e);
        String see = problem.endsWith("?") ? " See" : "; see";
        command.getErr().println("overlapped: " + problem + see + " './" + name + " --help'");
        return Main.WRONG_USAGE;
    }

    private static String problem(ParameterException e) {
        return e instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched)
                : lowerFirst(String.valueOf(e.getMessage()));
    }

    private static String unmatched(UnmatchedArgumentException e) {
        String argument = e.getUnmatched().getFirst();
        boolean hasCommands = !e.getCommandLine().getSubcommands().isEmpty();
        String what =
                e.isUnknownOption()
                        ? "unknown option '" + argument + "'"
                        : (hasCommands ? "unknown command '" : "unexpected argument '")
                                + argument
                                + "'";
        List<String> close = Suggestions.closest(argument, e.getCommandLine(), e.isUnknownOption());
        return close.isEmpty() ? what : what + "; did you mean " + String.join(" or ", close) + "?";
    }

    private static String lowerFirst(String message) {
        String line = message.lines().findFirst().orElse("");
        line = line.replace(" (case-sensitive)", "");
        return line.isEmpty() ? line : Character.toLowerCase(line.charAt(0)) + line.substring(1);
    }
}
