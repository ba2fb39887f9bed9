package io.overlapped.conformance;

import io.overlapped.StreamOption;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/**
 * A call of a {@link RandomProgram}. Sockets have names: {@code l0} and so on for listeners, {@code
 * s0} and so on for streams; a step on a name that stands for nothing is passed over, so that any
 * part of a program is a program.
 */
sealed interface Step {
    /** Addresses that a program may name: its machine's, and those that are nobody's. */
    enum Host {
        LOOPBACK("7f000001"),
        LOOPBACK_TWO("7f000002"),
        ANY("00000000"),
        LOOPBACK_SIX("00000000000000000000000000000001"),
        ANY_SIX("00000000000000000000000000000000"),
        LOOPBACK_MAPPED("00000000000000000000ffff7f000001"),
        ANY_MAPPED("00000000000000000000ffff00000000"),
        MULTICAST("e0000001"),
        MULTICAST_SIX("ff020000000000000000000000000001"),
        BROADCAST("ffffffff"),
        DOCUMENTATION("c0000201"),
        DOCUMENTATION_SIX("20010db8000000000000000000000001");

        final InetAddress address;

        Host(String hex) {
            byte[] bytes = HexFormat.of().parseHex(hex);
            try {
                // The JDK makes an IPv4 address of a mapped one wherever it can.
                address =
                        bytes.length == 4
                                ? InetAddress.getByAddress(bytes)
                                : Inet6Address.getByAddress(null, bytes, -1);
            } catch (UnknownHostException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** What a transfer is given: a buffer, several, or none at all. */
    enum Buffers {
        CHOSEN,
        ONE,
        SEVERAL,
        EMPTY
    }

    /** The ways to close. */
    enum Close {
        PLAIN,
        AWAITED,
        TWICE,
        AWAITED_TWICE,
        ABORTIVE
    }

    /**
     * Listens.
     *
     * @param portOf the listener whose port it wants; empty for any that is free
     */
    record Listen(String name, Host host, String portOf, int backlog, boolean shared)
            implements Step {}

    record Accept(String name, String listener) implements Step {}

    /**
     * Connects.
     *
     * @param portOf the listener whose port is meant; empty for port 0
     */
    record Connect(String name, Host host, String portOf) implements Step {}

    /** Connects to what the listener says is its address. */
    record ConnectTo(String name, String listener) implements Step {}

    record Receive(String name, Buffers into) implements Step {}

    record Send(String name, Buffers from) implements Step {}

    record Shutdown(String name) implements Step {}

    /** Cancels the newest operation that is pending there. */
    record Cancel(String name) implements Step {}

    record Set(String name, StreamOption option, int value) implements Step {}

    record Get(String name, StreamOption option) implements Step {}

    record Addresses(String name) implements Step {}

    record CloseSocket(String name, Close how) implements Step {}

    record Timer(int micros) implements Step {}
}
