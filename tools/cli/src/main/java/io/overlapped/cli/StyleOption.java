package io.overlapped.cli;

import picocli.CommandLine.Option;

/** How the completion of an operation is learned. */
final class StyleOption {
    /** The three styles by the names they have on the command line. */
    enum Style {
        event,
        routine,
        port
    }

    @Option(
            names = "--style",
            paramLabel = "STYLE",
            description =
                    "How completions are learned: ${COMPLETION-CANDIDATES}"
                            + " (default: ${DEFAULT-VALUE}).")
    Style style = Style.routine;
}
