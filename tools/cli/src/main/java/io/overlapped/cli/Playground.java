package io.overlapped.cli;

import io.overlapped.Options;
import io.overlapped.Proactor;
import io.overlapped.chat.ChatOptions;
import io.overlapped.chat.ChatServer;
import io.overlapped.session.Networks;
import io.overlapped.web.PageLimits;
import io.overlapped.web.WebOptions;
import io.overlapped.web.WebServer;
import io.overlapped.world.WorldOptions;
import io.overlapped.world.WorldServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * All that {@code play} starts: the world, the chat and the page, each on a proactor of its own, so
 * that one cannot hold up another.
 *
 * <p>Threads: one opens and one closes; the servers have their own.
 */
final class Playground implements AutoCloseable {
    private final String driverName;
    private final Networks proxies;
    private final List<Listening> listening = new ArrayList<>();
    private final Deque<Closeable> open = new ArrayDeque<>();

    private Playground(String driverName, Networks proxies) {
        this.driverName = driverName;
        this.proxies = proxies;
    }

    /**
     * Opens all of it, or nothing.
     *
     * @param proxies through which users come
     * @param places where each listens, in the order of {@link PlayPorts#places}
     */
    static Playground open(
            String driverName, WorldOptions world, Networks proxies, List<PlayPorts.Place> places)
            throws Exception {
        Playground playground = new Playground(driverName, proxies);
        try {
            playground.openAll(world, places);
            return playground;
        } catch (Exception e) {
            playground.close();
            throw e;
        }
    }

    /** Every listener, in the order in which they are announced. */
    List<Listening> listening() {
        return List.copyOf(listening);
    }

    /** Closes in the opposite order, the page first. */
    @Override
    public void close() throws IOException {
        IOException first = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void openAll(WorldOptions options, List<PlayPorts.Place> places) throws Exception {
        int players = options.rules().maxPlayers();
        InetSocketAddress world = openWorld(options, places.get(0), places.get(1));
        InetSocketAddress chat = openChat(players, places.get(2), places.get(3));
        openPage(places.get(4), world, chat, limits(players));
    }

    private InetSocketAddress openWorld(
            WorldOptions options, PlayPorts.Place course, PlayPorts.Place natives)
            throws Exception {
        Proactor proactor = proactor();
        WorldServer world = WorldServer.open(proactor, options.withHops(hops(natives.address())));
        open.push(world::close);
        String driver = proactor.report().driver();
        listen(course, driver, () -> world.listenCourse(course.address()));
        return listen(natives, driver, () -> world.listenNative(natives.address()));
    }

    private InetSocketAddress openChat(
            int players, PlayPorts.Place lecture, PlayPorts.Place natives) throws Exception {
        Proactor proactor = proactor();
        ChatOptions usual = ChatOptions.defaults();
        ChatOptions options =
                usual.withMembersMax(Math.max(usual.membersMax(), 2 * players))
                        .withHops(hops(natives.address()));
        ChatServer chat = ChatServer.open(proactor, options);
        open.push(chat::close);
        String driver = proactor.report().driver();
        listen(lecture, driver, () -> chat.listenLecture(lecture.address()));
        return listen(natives, driver, () -> chat.listenNative(natives.address()));
    }

    private void openPage(
            PlayPorts.Place place,
            InetSocketAddress world,
            InetSocketAddress chat,
            PageLimits limits)
            throws Exception {
        WebOptions options =
                new WebOptions(place.address(), reachable(world), reachable(chat))
                        .withDriver(driverName)
                        .withLimits(limits)
                        .withHops(proxies)
                        .withAddressesTold();
        WebServer web = Bind.open(place.address(), place.option(), () -> WebServer.open(options));
        open.push(web::close);
        listening.add(new Listening(web.address(), place.protocol(), web.driver()));
    }

    /** The proxies, and the page's own server, which tells whose a page is. */
    private Networks hops(InetSocketAddress natives) {
        return proxies.and(Networks.LOOPBACK).and(reachable(natives).getAddress());
    }

    /** Room for a page of every player, and for those who wait for a place. */
    private static PageLimits limits(int players) {
        int usual = PageLimits.DEFAULTS.socketsMax();
        return PageLimits.DEFAULTS.withSockets(Math.max(usual, 2 * players + usual / 2));
    }

    private Proactor proactor() {
        Proactor proactor = Proactor.start(Options.defaults().withDriver(driverName));
        open.push(proactor::close);
        return proactor;
    }

    private InetSocketAddress listen(
            PlayPorts.Place place, String driver, Callable<InetSocketAddress> listen)
            throws Exception {
        InetSocketAddress address = Bind.open(place.address(), place.option(), listen);
        listening.add(new Listening(address, place.protocol(), driver));
        return address;
    }

    /** Where this machine itself reaches a listener, which may listen on every address. */
    static InetSocketAddress reachable(InetSocketAddress listener) {
        return listener.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getPort())
                : listener;
    }
}
