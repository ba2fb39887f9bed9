package io.overlapped.simulate;

import io.overlapped.chat.ChatListener;
import io.overlapped.chat.ChatOptions;
import io.overlapped.chat.ChatServer;
import io.overlapped.sim.Host;
import io.overlapped.sim.World;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The chat. What a member is told is a run of what happened in the room, without a gap, from its
 * own joining on; and what it says is in the room once, in its order.
 */
final class ChatWorkload implements Workload {
    static final int LECTURE_PORT = Scene.PORT + 1;

    private static final int LECTURE_ONE_IN = 4;

    private final UnaryOperator<ChatListener> ears;

    ChatWorkload() {
        this(UnaryOperator.identity());
    }

    /**
     * @param ears what stands between a client and its checker
     */
    ChatWorkload(UnaryOperator<ChatListener> ears) {
        this.ears = ears;
    }

    @Override
    public String name() {
        return "chat";
    }

    @Override
    public Scene open(World world, Verdict verdict, int clients) {
        // Looked up by name, never gone through.
        Map<String, RoomTruth.Beginning> beginnings = new HashMap<>();
        Scene scene =
                new Scene(world, verdict, host -> open(host, verdict, beginnings, clients)) {};
        for (int i = 1; i <= clients; i++) {
            String name = "client-" + i;
            scene.add(
                    i % LECTURE_ONE_IN == 0
                            ? new LectureMember(scene, name, beginnings, ears)
                            : new ChatMember(scene, name, beginnings, ears));
        }
        return scene;
    }

    private static Runnable open(
            Host host, Verdict verdict, Map<String, RoomTruth.Beginning> beginnings, int clients) {
        // Who is cut off stays a member until that shows; meanwhile it comes again.
        ChatOptions options = ChatOptions.defaults().withMembersMax(16 * clients + 64);
        ChatServer server = ChatServer.open(host.proactor(), options);
        server.watch(new RoomTruth(host.world(), verdict, beginnings));
        server.listenNative(host.address(Scene.PORT));
        server.listenLecture(host.address(LECTURE_PORT));
        return server::close;
    }
}
