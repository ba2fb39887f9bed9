package io.overlapped.web;

import io.overlapped.Options;
import io.overlapped.session.Networks;
import java.net.InetSocketAddress;

/**
 * What the page's server is opened with.
 *
 * @param address where the page is served; port 0 picks a free one
 * @param world the native port of the world
 * @param chat the native port of the chat
 * @param driver name of the driver of the streams to them, see {@link Options#driver}
 * @param limits what one page may cost
 * @param hops proxies of ours: what they append to {@code X-Forwarded-For} is the page's address
 * @param tellsAddresses whether the servers behind are told the address of each page, so that their
 *     limits for an address count it; they have to have this server as a hop
 *     <p>Threads: a value.
 */
public record WebOptions(
        InetSocketAddress address,
        InetSocketAddress world,
        InetSocketAddress chat,
        String driver,
        PageLimits limits,
        Networks hops,
        boolean tellsAddresses) {

    /** The best driver that runs here, the default limits, no proxy, and no address told. */
    public WebOptions(InetSocketAddress address, InetSocketAddress world, InetSocketAddress chat) {
        this(address, world, chat, Options.AUTO, PageLimits.DEFAULTS, Networks.NONE, false);
    }

    /** The same with another driver. */
    public WebOptions withDriver(String name) {
        return new WebOptions(address, world, chat, name, limits, hops, tellsAddresses);
    }

    /** The same with other limits. */
    public WebOptions withLimits(PageLimits other) {
        return new WebOptions(address, world, chat, driver, other, hops, tellsAddresses);
    }

    /** The same with other proxies. */
    public WebOptions withHops(Networks others) {
        return new WebOptions(address, world, chat, driver, limits, others, tellsAddresses);
    }

    /** The same, and tells the servers behind the address of each page. */
    public WebOptions withAddressesTold() {
        return new WebOptions(address, world, chat, driver, limits, hops, true);
    }
}
