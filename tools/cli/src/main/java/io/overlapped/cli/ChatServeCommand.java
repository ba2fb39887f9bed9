package io.overlapped.cli;

import io.overlapped.Options;
import io.overlapped.Proactor;
import io.overlapped.chat.ChatOptions;
import io.overlapped.chat.ChatServer;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves one room on the lecture's wire and on the native one. */
@Command(
        name = "serve",
        description = {
            "Serve one room on two ports: --port speaks the lecture's protocol,",
            "--native-port the native one with names.",
        },
        footer = {
            "",
            "Examples:",
            "  ./overlapped chat serve",
            "  ./overlapped chat serve --members 1000 --driver nio",
            "  ./overlapped chat serve --behind-proxy 10.0.0.7",
            "  ./overlapped chat serve --port 0 --native-port 0 --json",
        })
final class ChatServeCommand implements Callable<Integer> {
    static final int LECTURE_PORT = 4000;
    static final int NATIVE_PORT = 4001;

    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin HelpOption help = new HelpOption();
    @Mixin AddressOptions at = new AddressOptions(LECTURE_PORT);
    @Mixin ProxyOption proxy = new ProxyOption();
    @Mixin DriverOption driver = new DriverOption();
    @Mixin JsonOption json = new JsonOption();

    @Option(
            names = "--native-port",
            paramLabel = "PORT",
            converter = AddressOptions.PortConverter.class,
            description = "Port of the native protocol (default: ${DEFAULT-VALUE}).")
    int nativePort = NATIVE_PORT;

    @Option(
            names = "--members",
            paramLabel = "N",
            description = "Native members at once (default: ${DEFAULT-VALUE}).")
    int members = ChatOptions.defaults().membersMax();

    @Override
    public Integer call() throws Exception {
        InetSocketAddress lecture = at.address();
        InetSocketAddress natives = at.address(nativePort);
        ChatOptions options = options();
        Proactor proactor = Proactor.start(Options.defaults().withDriver(driver.driverName()));
        try {
            ChatServer server = ChatServer.open(proactor, options);
            String name = proactor.report().driver();
            InetSocketAddress first = Bind.open(lecture, () -> server.listenLecture(lecture));
            InetSocketAddress second = Bind.open(natives, () -> server.listenNative(natives));
            PrintWriter out = spec.commandLine().getOut();
            return Serving.untilStopped(
                    () -> stop(server, proactor, out),
                    List.of(
                            new Listening(first, "lecture-chat", name),
                            new Listening(second, "chat", name)),
                    json.json,
                    out,
                    spec.commandLine().getErr());
        } catch (Exception e) {
            proactor.close();
            throw e;
        }
    }

    private ChatOptions options() {
        try {
            return ChatOptions.defaults().withMembersMax(members).withHops(proxy.hops);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--members: " + e.getMessage(), e);
        }
    }

    private void stop(ChatServer server, Proactor proactor, PrintWriter out) {
        server.close();
        proactor.close();
        if (json.json) {
            out.println(Json.text(Map.of("served", server.counts())));
        } else {
            String ends =
                    server.ends().entrySet().stream()
                            .filter(end -> end.getValue() > 0)
                            .map(end -> ", " + end.getValue() + " " + end.getKey())
                            .collect(Collectors.joining());
            long all = server.ends().values().stream().mapToLong(Long::longValue).sum();
            out.println("served " + all + " connections" + ends);
        }
        out.flush();
    }
}
