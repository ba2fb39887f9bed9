package io.overlapped.session;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A set of networks, written as {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or a single address.
 *
 * <p>Threads: a value.
 */
public final class Networks {
    /** No address is in it. */
    public static final Networks NONE = new Networks(List.of());

    /** Every address is in it. */
    public static final Networks ALL = of("0.0.0.0/0", "::/0");

    /** This machine, seen from itself. */
    public static final Networks LOOPBACK = of("127.0.0.0/8", "::1");

    /** One network: the first {@code bits} of an address. */
    private record Network(InetAddress address, int bits) {
        static Network of(String text) {
            int slash = text.indexOf('/');
            String start = slash < 0 ? text : text.substring(0, slash);
            // Fewer numbers have a meaning too, and not the one that is meant: 10.1 is 10.0.0.1.
            if (start.indexOf(':') < 0 && start.chars().filter(c -> c == '.').count() != 3) {
                throw new IllegalArgumentException("no network: " + text);
            }
            try {
                InetAddress address = InetAddress.ofLiteral(start);
                int all = Byte.SIZE * address.getAddress().length;
                int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
                Framings.requireRange("the prefix of " + text, bits, 0, all);
                return new Network(address, bits);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("no network: " + text, e);
            }
        }

        boolean contains(byte[] other) {
            byte[] own = address.getAddress();
            if (own.length != other.length) {
                return false;
            }
            int wholeBytes = bits / Byte.SIZE;
            int restBits = bits % Byte.SIZE;
            return Arrays.equals(own, 0, wholeBytes, other, 0, wholeBytes)
                    && (restBits == 0
                            || (own[wholeBytes] ^ other[wholeBytes]) >> (Byte.SIZE - restBits)
                                    == 0);
        }

        @Override
        public String toString() {
            int all = Byte.SIZE * address.getAddress().length;
            return address.getHostAddress() + (bits == all ? "" : "/" + bits);
        }
    }

    private final List<Network> networks;

    private Networks(List<Network> networks) {
        this.networks = networks;
    }

    /**
     * These networks.
     *
     * @throws IllegalArgumentException if one is not written as a network or an address is; a name
     *     is not looked up
     */
    public static Networks of(String... networks) {
        return new Networks(Arrays.stream(networks).map(Network::of).toList());
    }

    /** These and those. */
    public Networks and(Networks others) {
        return new Networks(
                Stream.concat(networks.stream(), others.networks.stream()).distinct().toList());
    }

    /** These and one address. */
    public Networks and(InetAddress address) {
        return and(of(address.getHostAddress().replaceAll("%.*", "")));
    }

    public boolean contains(InetAddress address) {
        if (networks.isEmpty()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return networks.stream().anyMatch(network -> network.contains(bytes));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Networks that && networks.equals(that.networks);
    }

    @Override
    public int hashCode() {
        return networks.hashCode();
    }

    /** The networks with a blank between; {@code none}. */
    @Override
    public String toString() {
        return networks.isEmpty()
                ? "none"
                : networks.stream().map(Network::toString).collect(Collectors.joining(" "));
    }
}
