package io.overlapped.cli;

import java.net.InetSocketAddress;
import java.util.List;
import picocli.CommandLine.Option;

/** The ports of everything that {@code play} starts besides the page. */
final class PlayPorts {
    private static final int COURSE = 3500;
    private static final int WORLD = 3501;
    private static final int LECTURE_CHAT = 4000;
    private static final int CHAT = 4001;

    @Option(
            names = "--course-port",
            paramLabel = "PORT",
            converter = AddressOptions.PortConverter.class,
            description = "Port of the world for the course's clients (default: ${DEFAULT-VALUE}).")
    int course = COURSE;

    @Option(
            names = "--native-port",
            paramLabel = "PORT",
            converter = AddressOptions.PortConverter.class,
            description = "Port of the world's native protocol (default: ${DEFAULT-VALUE}).")
    int world = WORLD;

    @Option(
            names = "--chat-port",
            paramLabel = "PORT",
            converter = AddressOptions.PortConverter.class,
            description = "Port of the chat for the lecture's clients (default: ${DEFAULT-VALUE}).")
    int lectureChat = LECTURE_CHAT;

    @Option(
            names = "--native-chat-port",
            paramLabel = "PORT",
            converter = AddressOptions.PortConverter.class,
            description = "Port of the chat's native protocol (default: ${DEFAULT-VALUE}).")
    int chat = CHAT;

    /** One listener: where, by which option, and what it speaks. */
    record Place(InetSocketAddress address, String option, String protocol) {}

    /**
     * All of them.
     *
     * @throws UserError if two have the same port
     */
    List<Place> places(AddressOptions at) {
        List<Place> places =
                List.of(
                        new Place(at.address(course), "--course-port", "course"),
                        new Place(at.address(world), "--native-port", "world"),
                        new Place(at.address(lectureChat), "--chat-port", "lecture-chat"),
                        new Place(at.address(chat), "--native-chat-port", "chat"),
                        new Place(at.address(), "--port", "http"));
        for (Place place : places) {
            for (Place other : places) {
                int port = place.address().getPort();
                if (!place.equals(other) && port != 0 && port == other.address().getPort()) {
                    throw new UserError(
                            place.option() + " and " + other.option() + " are both " + port,
                            "give each its own port");
                }
            }
        }
        return places;
    }
}
