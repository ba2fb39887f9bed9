package io.overlapped.uring;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Socket addresses as {@code struct sockaddr_in} and {@code sockaddr_in6}. */
final class SocketAddresses {
    static final int BYTES_MAX = Abi.sockaddr_in6_BYTES;

    private static final ValueLayout.OfShort NETWORK_SHORT =
            JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private SocketAddresses() {}

    static int family(InetSocketAddress address) {
        return address.getAddress() instanceof Inet4Address ? Abi.AF_INET : Abi.AF_INET6;
    }

    /** Writes {@code address} at the start of {@code target}; returns the part written. */
    static MemorySegment write(InetSocketAddress address, MemorySegment target) {
        byte[] ip = address.getAddress().getAddress();
        int family = family(address);
        boolean in = family == Abi.AF_INET;
        int bytes = in ? Abi.sockaddr_in_BYTES : Abi.sockaddr_in6_BYTES;
        target.asSlice(0, bytes).fill((byte) 0);
        target.set(JAVA_SHORT, 0, (short) family);
        target.set(NETWORK_SHORT, Abi.sockaddr_in_port, (short) address.getPort());
        int ipOffset = in ? Abi.sockaddr_in_addr : Abi.sockaddr_in6_addr;
        MemorySegment.copy(ip, 0, target, JAVA_BYTE, ipOffset, ip.length);
        if (address.getAddress() instanceof Inet6Address six) {
            target.set(JAVA_INT, Abi.sockaddr_in6_scope_id, six.getScopeId());
        }
        return target.asSlice(0, bytes);
    }

    /** The address in {@code source}; null for a family that is not the internet's. */
    static @Nullable InetSocketAddress read(MemorySegment source) {
        int family = source.get(JAVA_SHORT, 0);
        if (family != Abi.AF_INET && family != Abi.AF_INET6) {
            return null;
        }
        boolean in = family == Abi.AF_INET;
        byte[] ip = new byte[in ? 4 : 16];
        int ipOffset = in ? Abi.sockaddr_in_addr : Abi.sockaddr_in6_addr;
        MemorySegment.copy(source, JAVA_BYTE, ipOffset, ip, 0, ip.length);
        int port = Short.toUnsignedInt(source.get(NETWORK_SHORT, Abi.sockaddr_in_port));
        try {
            return new InetSocketAddress(ip(ip, in, source), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static InetAddress ip(byte[] ip, boolean in, MemorySegment source)
            throws UnknownHostException {
        int scope = in ? 0 : source.get(JAVA_INT, Abi.sockaddr_in6_scope_id);
        return scope == 0
                ? InetAddress.getByAddress(ip)
                : Inet6Address.getByAddress(null, ip, scope);
    }
}
