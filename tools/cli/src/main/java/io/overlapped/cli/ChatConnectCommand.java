package io.overlapped.cli;

import io.overlapped.Options;
import io.overlapped.Proactor;
import io.overlapped.chat.ChatClient;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Talks in a chat. */
@Command(
        name = "connect",
        description = {
            "Say each line of the standard input, and show what others say, also while you type.",
            "/quit, Ctrl-D or Ctrl-C leaves.",
        },
        footer = {
            "",
            "Examples:",
            "  ./overlapped chat connect --name Ada",
            "  ./overlapped chat connect --protocol lecture-chat",
            "  echo hello | ./overlapped chat connect --name Bob",
        })
final class ChatConnectCommand implements Callable<Integer> {
    /** What the server speaks, by the names that its listening lines have. */
    enum Protocol {
        chat("chat"),
        lecture("lecture-chat");

        private final String words;

        Protocol(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin HelpOption help = new HelpOption();
    @Mixin AddressOptions at = new AddressOptions(ChatServeCommand.NATIVE_PORT);
    @Mixin DriverOption driver = new DriverOption();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Your name; the lecture's protocol has none (default: ${DEFAULT-VALUE}).")
    String name = System.getProperty("user.name", "guest");

    @Option(
            names = "--protocol",
            paramLabel = "PROTOCOL",
            converter = ProtocolConverter.class,
            description =
                    "chat, or lecture-chat on port 4000 by default (default: ${DEFAULT-VALUE}).")
    Protocol protocol = Protocol.chat;

    @Override
    public Integer call() throws Exception {
        boolean isLecture = protocol == Protocol.lecture;
        boolean ownPort = spec.commandLine().getParseResult().hasMatchedOption("--port");
        int port = isLecture && !ownPort ? ChatServeCommand.LECTURE_PORT : at.port;
        InetSocketAddress server = at.address(port);
        Options io = Options.defaults().withDriver(driver.driverName());
        ChatView view =
                Typing.isAtTerminal()
                        ? new ChatScreen(name)
                        : new ChatLines(spec.commandLine().getOut(), spec.commandLine().getErr());
        ChatTalk talk = new ChatTalk(view, isLecture);
        try (view;
                Proactor proactor = Proactor.start(io);
                ChatClient client =
                        isLecture
                                ? ChatClient.connectLecture(proactor, server, talk)
                                : ChatClient.connectNative(proactor, server, name, talk)) {
            return talk.run(client) ? Main.DONE : Main.FAILED;
        }
    }

    /** Reads a protocol by its name in the listening lines. */
    static final class ProtocolConverter implements ITypeConverter<Protocol> {
        @Override
        public Protocol convert(String text) {
            for (Protocol protocol : Protocol.values()) {
                if (protocol.words.equals(text)) {
                    return protocol;
                }
            }
            throw new TypeConversionException(
                    "'" + text + "' is not a protocol; give chat or lecture-chat");
        }
    }
}
