package io.overlapped.cli;

import java.io.Console;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Shows a page in the browser of the person who started the command, where there is a person. */
final class OpenPage {
    private OpenPage() {}

    /** Whether somebody sits at a terminal of this machine and has a screen. */
    @SuppressWarnings("SystemConsoleNull") // depends on jdk.console
    static boolean isPossible() {
        Console console = System.console();
        return console != null
                && console.isTerminal()
                && command(System.getProperty("os.name"), System.getenv()).isPresent();
    }

    /** Asks the system to show the page; says nothing if it cannot, as the address is printed. */
    static void open(String page) {
        Optional<List<String>> command = command(System.getProperty("os.name"), System.getenv());
        if (command.isEmpty()) {
            return;
        }
        List<String> words = new ArrayList<>(command.get());
        words.add(page);
        try {
            new ProcessBuilder(words)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            System.getLogger("io.overlapped.cli")
                    .log(System.Logger.Level.DEBUG, "no browser was opened", e);
        }
    }

    /** The command that shows a page; empty on a machine without a screen. */
    static Optional<List<String>> command(String system, Map<String, String> environment) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return Optional.of(List.of("open"));
        } else if (name.startsWith("windows")) {
            return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler"));
        } else if (environment.containsKey("DISPLAY")
                || environment.containsKey("WAYLAND_DISPLAY")) {
            return Optional.of(List.of("xdg-open"));
        }
        return Optional.empty();
    }
}
