package io.overlapped.session;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The place of a session among those of its address. One that comes from a hop has none there until
 * the hop has said whose it is.
 *
 * <p>Threads: the proactor's.
 */
final class AddressPlace implements Place {
    private final Addresses addresses;
    private final SessionLoop loop;
    private final boolean hop;
    private @Nullable InetAddress counted;

    private AddressPlace(
            Addresses addresses, SessionLoop loop, boolean hop, @Nullable InetAddress counted) {
        this.addresses = addresses;
        this.loop = loop;
        this.hop = hop;
        this.counted = counted;
    }

    /** A place for a session from {@code address}; null if that has as many as it may have. */
    static @Nullable AddressPlace of(Addresses addresses, SessionLoop loop, InetAddress address) {
        if (loop.limits().admission().hops().contains(address)) {
            return new AddressPlace(addresses, loop, true, null);
        }
        return addresses.admit(address, loop.now())
                ? new AddressPlace(addresses, loop, false, address)
                : null;
    }

    @Override
    public void move(InetAddress address, Session session) {
        if (!hop) {
            Place.super.move(address, session);
            return;
        }
        free();
        if (addresses.admit(address, loop.now())) {
            counted = address;
        } else {
            session.end(
                    CloseReason.TOO_MANY_FROM_ADDRESS,
                    address.getHostAddress() + " has as many as it may have");
        }
    }

    @Override
    public void free() {
        if (counted != null) {
            addresses.release(counted, loop.now());
            counted = null;
        }
    }
}
