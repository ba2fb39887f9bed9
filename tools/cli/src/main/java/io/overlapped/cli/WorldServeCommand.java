package io.overlapped.cli;

import io.overlapped.Proactor;
import io.overlapped.world.WorldOptions;
import io.overlapped.world.WorldServer;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the world on the course's wire and on the native one. */
@Command(
        name = "serve",
        description = "Serve a board: an 8 x 8 one for ten players unless options say otherwise.",
        footer = {
            "",
            "Examples:",
            "  ./overlapped world serve",
            "  ./overlapped world serve --behind-proxy 10.0.0.7",
            "  ./overlapped world serve --size 20 --players 100 --npcs 5",
            "  ./overlapped world serve --behind-proxy 10.0.0.7",
            "  ./overlapped world serve --size 2000 --players 10000 --npcs 200000 --view 5",
        })
final class WorldServeCommand implements Callable<Integer> {
    static final int COURSE_PORT = 3500;
    static final int NATIVE_PORT = 3501;

    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin HelpOption help = new HelpOption();
    @Mixin AddressOptions at = new AddressOptions(COURSE_PORT);
    @Mixin ProxyOption proxy = new ProxyOption();
    @Mixin DriverOption driver = new DriverOption();
    @Mixin JsonOption json = new JsonOption();
    @Mixin BoardOptions board = new BoardOptions();

    @Option(
            names = "--native-port",
            paramLabel = "PORT",
            converter = AddressOptions.PortConverter.class,
            description = "Port of the native protocol (default: ${DEFAULT-VALUE}).")
    int nativePort = NATIVE_PORT;

    @Option(
            names = "--limits",
            description = "Print the limits of each client on standard error at the start.")
    boolean limits;

    @Override
    public Integer call() throws Exception {
        InetSocketAddress course = at.address();
        InetSocketAddress nativeAddress = at.address(nativePort);
        WorldOptions options = board.options().withHops(proxy.hops);
        Proactor proactor = Proactor.start(board.proactorOptions(driver.driverName()));
        try {
            WorldServer server = WorldServer.open(proactor, options);
            String driverName = proactor.report().driver();
            List<Listening> listening =
                    List.of(
                            new Listening(
                                    Bind.open(course, () -> server.listenCourse(course)),
                                    "course",
                                    driverName),
                            new Listening(
                                    Bind.open(
                                            nativeAddress,
                                            () -> server.listenNative(nativeAddress)),
                                    "world",
                                    driverName));
            CommandLine line = spec.commandLine();
            if (limits) {
                line.getErr().print(options.limits().table());
                line.getErr().flush();
            }
            return Serving.untilStopped(
                    () -> {
                        server.close();
                        proactor.close();
                    },
                    listening,
                    json.json,
                    line.getOut(),
                    line.getErr());
        } catch (Exception e) {
            proactor.close();
            throw e;
        }
    }
}
