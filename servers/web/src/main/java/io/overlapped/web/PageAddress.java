package io.overlapped.web;

import io.overlapped.session.Networks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Whose a page is: the address that the servers behind are to count it as.
 *
 * <p>Threads: any.
 */
final class PageAddress {
    private PageAddress() {}

    /** That of whoever asks; null for somebody on this machine, or whom a proxy does not tell. */
    static @Nullable InetAddress of(Request request, Networks hops) {
        if (!(request.getConnectionMetaData().getRemoteSocketAddress()
                instanceof InetSocketAddress remote)) {
            return null;
        }
        InetAddress address = remote.getAddress();
        if (hops.contains(address)) {
            address = forwardedFor(request.getHeaders().getCSV(HttpHeader.X_FORWARDED_FOR, false));
        }
        return address == null || address.isLoopbackAddress() ? null : address;
    }

    /** The last, which the proxy itself has added; those before are what it was told. */
    private static @Nullable InetAddress forwardedFor(List<String> addresses) {
        try {
            return addresses.isEmpty() ? null : InetAddress.ofLiteral(addresses.getLast().strip());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
