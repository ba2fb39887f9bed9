package io.overlapped.web;

import io.overlapped.Options;
import java.net.InetSocketAddress;

/**
 * What the page's server is opened with.
 *
 * @param address where the page is served; port 0 picks a free one
 * @param world the native port of the world
 * @param chat the native port of the chat
 * @param driver name of the driver of the streams to them, see {@link Options#driver}
 * @param limits what one page may cost
 *     <p>Threads: a value.
 */
public record WebOptions(
        InetSocketAddress address,
        InetSocketAddress world,
        InetSocketAddress chat,
        String driver,
        PageLimits limits) {

    /** The best driver that runs here, and the default limits. */
    public WebOptions(InetSocketAddress address, InetSocketAddress world, InetSocketAddress chat) {
        this(address, world, chat, Options.AUTO, PageLimits.DEFAULTS);
    }

    /** The same with another driver. */
    public WebOptions withDriver(String name) {
        return new WebOptions(address, world, chat, name, limits);
    }

    /** The same with other limits. */
    public WebOptions withLimits(PageLimits other) {
        return new WebOptions(address, world, chat, driver, other);
    }
}
