package io.overlapped.cli;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One listener that is ready, as scripts are told of it.
 *
 * @param protocol echo, records, course, world, lecture-chat, chat or http
 * @param driver uring, nio or sim; the page's listener names the driver of the servers behind it
 */
record Listening(InetSocketAddress address, String protocol, String driver) {
    /** The line that scripts wait for. */
    String line() {
        return "listening %s:%d protocol=%s driver=%s pid=%d"
                .formatted(host(), address.getPort(), protocol, driver, pid());
    }

    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("host", address.getAddress().getHostAddress());
        facts.put("port", address.getPort());
        facts.put("protocol", protocol);
        facts.put("driver", driver);
        facts.put("pid", pid());
        return facts;
    }

    private String host() {
        String host = address.getAddress().getHostAddress();
        return address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host;
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }
}
