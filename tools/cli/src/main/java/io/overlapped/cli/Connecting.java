package io.overlapped.cli;

import io.overlapped.OverlappedException;
import java.net.InetSocketAddress;

/** Says why a server could not be reached, and what would help. */
final class Connecting {
    private Connecting() {}

    /**
     * @param serve the command that starts such a server
     */
    static RuntimeException explained(
            InetSocketAddress server, String serve, OverlappedException e) {
        String where = server.getAddress().getHostAddress() + " port " + server.getPort();
        return switch (e.status()) {
            case REFUSED ->
                    new UserError(
                            "nothing listens on " + where,
                            "start a server with './overlapped "
                                    + serve
                                    + "', or name another one with --host and --port");
            case RESET, BROKEN_PIPE ->
                    new UserError("the server on " + where + " went away", "see why it did");
            case TIMED_OUT, HOST_UNREACHABLE, NETWORK_UNREACHABLE ->
                    new UserError(
                            where + " cannot be reached", "check the address and the network");
            case FILES_EXHAUSTED -> Bind.noFiles();
            default -> e;
        };
    }
}
