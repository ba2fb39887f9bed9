package io.overlapped.web;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may talk to the page's server: only pages that it served itself.
 *
 * <p>A page of another site could open a WebSocket to an address of this machine; its {@code
 * Origin} gives it away. A name that such a site controls could be pointed at this machine, and
 * then the origin looks right; its {@code Host} gives it away, as only addresses and {@code
 * localhost} cannot be pointed elsewhere.
 */
final class SameOrigin {
    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");

    private SameOrigin() {}

    /**
     * Whether a request that names this host may be answered.
     *
     * @param host the value of the {@code Host} header
     * @param ownName the name that the server was told to listen on, which its owner trusts
     */
    static boolean isHostTrusted(@Nullable String host, String ownName) {
        if (host == null) {
            return false;
        }
        String name = PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
        return name.equals("localhost")
                || name.equals(ownName.toLowerCase(Locale.ROOT))
                || IPV4.matcher(name).matches()
                || IPV6.matcher(name).matches();
    }

    /** Whether the page that asks was served under the host that it asks. */
    static boolean isSameOrigin(@Nullable String origin, @Nullable String host) {
        if (origin == null || host == null) {
            return false;
        }
        String page = origin.toLowerCase(Locale.ROOT);
        String own = host.toLowerCase(Locale.ROOT);
        return page.equals("http://" + own) || page.equals("https://" + own);
    }
}
