package io.overlapped.cli;

import picocli.CommandLine.Option;

/** Whether a program reads what is printed. */
final class JsonOption {
    @Option(names = "--json", description = "Print one machine-readable object on standard output.")
    boolean json;
}
