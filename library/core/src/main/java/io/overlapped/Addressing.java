package io.overlapped;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** What an address means to a listen and to a connect, on every driver alike. */
final class Addressing {
    private static final byte[] BROADCAST = {-1, -1, -1, -1};
    private static final int FAMILY_FOUR_BYTES = 4;

    private Addressing() {}

    /** An IPv4 address that is mapped into IPv6 is the IPv4 address. */
    static InetSocketAddress plain(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        if (!(ip instanceof Inet6Address)) {
            return address;
        }
        InetAddress plain = of(ip.getAddress());
        return plain instanceof Inet6Address
                ? address
                : new InetSocketAddress(plain, address.getPort());
    }

    /** Where a connect goes: to this machine itself if to no address in particular. */
    static InetSocketAddress peer(InetSocketAddress address) {
        InetSocketAddress plain = plain(address);
        if (!plain.getAddress().isAnyLocalAddress()) {
            return plain;
        }
        byte[] loopback = plain.getAddress().getAddress();
        loopback[loopback.length - 1] = 1;
        if (loopback.length == FAMILY_FOUR_BYTES) {
            loopback[0] = 127;
        }
        return new InetSocketAddress(of(loopback), plain.getPort());
    }

    /** Whether it can be one machine's: some systems let a group's be bound, and nobody connect. */
    static boolean isOfOneMachine(InetAddress ip) {
        return !ip.isMulticastAddress() && !Arrays.equals(ip.getAddress(), BROADCAST);
    }

    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
