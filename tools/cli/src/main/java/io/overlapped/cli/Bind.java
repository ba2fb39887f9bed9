package io.overlapped.cli;

import io.overlapped.OverlappedException;
import io.overlapped.Status;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Opens what listens on an address: waits a little for a busy one, and says what is in the way.
 *
 * <p>Threads: any.
 */
final class Bind {
    /** How long a busy address is tried: a server that was just stopped may still be closing. */
    static final Duration BUSY_TIMEOUT = Duration.ofSeconds(2);

    private static final long PAUSE_MILLIS = 50;
    private static final int PRIVILEGED_END = 1024;

    private Bind() {}

    /**
     * What {@code open} returns.
     *
     * @param address where it will listen, for the message
     * @throws UserError if it cannot listen there, with the reason and the remedy
     */
    static <T> T open(InetSocketAddress address, Callable<T> open) throws Exception {
        return open(address, BUSY_TIMEOUT, open);
    }

    /** The same for a command with several ports: the remedy names the option of this one. */
    static <T> T open(InetSocketAddress address, String portOption, Callable<T> open)
            throws Exception {
        return open(address, BUSY_TIMEOUT, portOption, open);
    }

    static <T> T open(InetSocketAddress address, Duration busyTimeout, Callable<T> open)
            throws Exception {
        return open(address, busyTimeout, "--port", open);
    }

    private static <T> T open(
            InetSocketAddress address, Duration busyTimeout, String portOption, Callable<T> open)
            throws Exception {
        long start = System.nanoTime();
        while (true) {
            try {
                return open.call();
            } catch (Exception e) {
                Status status = statusOf(e);
                boolean tryAgain =
                        status == Status.ADDRESS_IN_USE
                                && System.nanoTime() - start < busyTimeout.toNanos();
                if (!tryAgain) {
                    throw status == null ? e : explained(address, portOption, status, e);
                }
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static Exception explained(
            InetSocketAddress address, String portOption, Status status, Exception e) {
        String where = address.getAddress().getHostAddress() + " port " + address.getPort();
        return switch (status) {
            case ADDRESS_IN_USE ->
                    new UserError(
                            where + " is in use by " + PortHolder.of(address.getPort()),
                            "stop it, or choose another port with "
                                    + portOption
                                    + " (0 picks a free one)");
            case ADDRESS_NOT_AVAILABLE ->
                    new UserError(
                            address.getAddress().getHostAddress()
                                    + " is not an address of this machine",
                            "--host can be " + ownAddresses() + ", or 0.0.0.0 for all of them");
            case ACCESS_DENIED ->
                    new UserError(
                            "not allowed to listen on " + where,
                            address.getPort() < PRIVILEGED_END
                                    ? "ports below 1024 need a privilege: choose a higher one with "
                                            + portOption
                                            + ", or lower net.ipv4.ip_unprivileged_port_start"
                                    : "a security policy of this system forbids it");
            case FILES_EXHAUSTED -> noFiles();
            default -> e;
        };
    }

    /** No file descriptors left: the limit and how to raise it. */
    static UserError noFiles() {
        return new UserError(
                "no file descriptors left (limit " + Limits.ofProcess().openFiles().soft() + ")",
                "raise the limit with 'ulimit -n' before the start, or close something");
    }

    /** Why listening failed, or null if it failed for another reason. */
    static @Nullable Status statusOf(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof OverlappedException overlapped) {
                return overlapped.status();
            }
            if (e instanceof BindException || e instanceof SocketException) {
                return statusOf(String.valueOf(e.getMessage()));
            }
        }
        return null;
    }

    /** The JDK's sockets tell their errors apart by the system's message only. */
    private static @Nullable Status statusOf(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        if (text.contains("address already in use")) {
            return Status.ADDRESS_IN_USE;
        } else if (text.contains("cannot assign requested address")) {
            return Status.ADDRESS_NOT_AVAILABLE;
        } else if (text.contains("permission denied")) {
            return Status.ACCESS_DENIED;
        } else if (text.contains("too many open files")) {
            return Status.FILES_EXHAUSTED;
        }
        return null;
    }

    private static String ownAddresses() {
        try {
            List<String> addresses =
                    NetworkInterface.networkInterfaces()
                            .flatMap(NetworkInterface::inetAddresses)
                            .filter(address -> !address.isLinkLocalAddress())
                            .map(InetAddress::getHostAddress)
                            .map(address -> address.replaceAll("%.*", ""))
                            .sorted()
                            .toList();
            return addresses.stream().collect(Collectors.joining(", "));
        } catch (SocketException e) {
            return "one that 'ip address' shows";
        }
    }
}
