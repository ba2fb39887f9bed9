package io.overlapped.cli;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the world, the chat and the page. */
@Command(
        name = "play",
        description = {
            "Serve a board and a chat, and a page to play on: open it in two windows and move.",
            "",
            "The board is the lecture's 8 x 8 one for ten players unless options say otherwise."
        },
        footer = {
            "",
            "Examples:",
            "  ./overlapped play",
            "  ./overlapped play --players 30 --size 20 --npcs 5",
            "  ./overlapped play --port 8081 --driver nio",
            "  ./overlapped play --host 0.0.0.0          (for the other machines of this network)",
            "  ./overlapped play --json --no-open",
        })
final class PlayCommand implements Callable<Integer> {
    private static final int PAGE_PORT = 8080;

    /** Kept, as the logging system forgets the level of a logger that nobody holds. */
    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin HelpOption help = new HelpOption();

    @Option(
            names = "--board",
            description = "The 8 x 8 homework board. It is the default; give it to say so.")
    boolean board;

    @Mixin BoardOptions world = new BoardOptions();
    @Mixin AddressOptions at = new AddressOptions(PAGE_PORT);
    @Mixin PlayPorts ports = new PlayPorts();
    @Mixin ProxyOption proxy = new ProxyOption();
    @Mixin DriverOption driver = new DriverOption();

    @Option(names = "--no-open", description = "Do not show the page in the browser.")
    boolean noOpen;

    @Mixin JsonOption json = new JsonOption();

    @Override
    public Integer call() throws Exception {
        if (board && (world.size != null || world.width != null || world.height != null)) {
            throw new UserError(
                    "--board is the 8 x 8 board", "leave it out to choose another size");
        }
        // What Jetty says while all is well is not for whoever wants to play.
        JETTY.setLevel(Level.WARNING);
        Playground playground =
                Playground.open(driver.driverName(), world.options(), proxy.hops, ports.places(at));
        List<Listening> listening = playground.listening();
        String page = page(listening.getLast().address());
        if (!noOpen && !json.json && OpenPage.isPossible()) {
            OpenPage.open(page);
        }
        CommandLine line = spec.commandLine();
        return Serving.untilStopped(
                playground, listening, words(page), json.json, line.getOut(), line.getErr());
    }

    private static List<String> words(String page) {
        return List.of(
                "",
                "Open " + page + " in two windows, give each a name, and move with the arrow keys.",
                "Ctrl-C ends it.");
    }

    /** The page's address for a browser on this machine. */
    static String page(InetSocketAddress listener) {
        InetSocketAddress address = Playground.reachable(listener);
        String host = address.getAddress().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
