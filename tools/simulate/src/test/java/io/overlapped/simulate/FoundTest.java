package io.overlapped.simulate;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.chat.ChatClient;
import io.overlapped.chat.ChatListener;
import io.overlapped.chat.ChatOptions;
import io.overlapped.chat.ChatServer;
import io.overlapped.echo.EchoOptions;
import io.overlapped.echo.EchoServer;
import io.overlapped.sim.Faults;
import io.overlapped.sim.Host;
import io.overlapped.sim.World;
import io.overlapped.world.Direction;
import io.overlapped.world.Event;
import io.overlapped.world.WorldClient;
import io.overlapped.world.WorldRules;
import io.overlapped.world.WorldView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What simulations have found, each in the smallest world that shows it. */
class FoundTest {
    /** Once a move got lost without a word when the client had no buffer left for it. */
    @Test
    void aMoveThatCannotBeSentEndsTheClient() {
        List<String> ends = new ArrayList<>();
        try (World world = new World(1)) {
            Host server =
                    world.host(
                            "server",
                            host -> {
                                var _ = BoardWorkload.open(host, WorldRules.board());
                            });
            world.host("client", host -> new Spender(host, server, ends).connect());
            assertTrue(world.runUntil(() -> !ends.isEmpty(), Duration.ofSeconds(5)));
            assertTrue(ends.getFirst().contains("no room"), ends::toString);
        }
    }

    /** Once a client whose server's last word got lost waited for ever. */
    @Test
    void aSilentMemberNoticesThatTheServerIsGone() {
        List<String> heard = new ArrayList<>();
        World world = new World(1);
        Host server =
                world.host(
                        "server",
                        host -> {
                            ChatServer chat =
                                    ChatServer.open(host.proactor(), ChatOptions.defaults());
                            chat.listenNative(host.address(Scene.PORT));
                        });
        world.host(
                "client",
                host ->
                        ChatClient.connectNative(
                                host.proactor(),
                                server.address(Scene.PORT),
                                "Ada",
                                new Recorder(heard)));
        assertTrue(world.runUntil(() -> heard.contains("entered"), Duration.ofSeconds(5)));
        world.run(Duration.ofMinutes(10));
        assertTrue(heard.size() == 1, () -> "a client that is silent is ended: " + heard);
        server.loseMachine(Duration.ofDays(1));
        assertTrue(world.runUntil(() -> heard.size() > 1, Duration.ofMinutes(2)));
        world.abandon();
    }

    /** Once a player waited for ever for the answer of a server that has none. */
    @Test
    void aPlayerWhoseLoginIsNotAnsweredIsTold() {
        List<String> ends = new ArrayList<>();
        World world = new World(1);
        Host server =
                world.host(
                        "server",
                        host ->
                                host.proactor()
                                        .listen(host.address(Scene.PORT))
                                        .accept(new Overlapped(_ -> {})));
        world.host(
                "client",
                host ->
                        WorldClient.connect(
                                host.proactor(),
                                server.address(Scene.PORT),
                                "Ada",
                                new WorldClient.Listener() {
                                    @Override
                                    public void changed(WorldView view, Event event) {}

                                    @Override
                                    public void ended(String why) {
                                        ends.add(why);
                                    }
                                }));
        assertTrue(world.runUntil(() -> !ends.isEmpty(), Duration.ofSeconds(20)));
        assertTrue(ends.getFirst().contains("does not answer"), ends::toString);
        world.abandon();
    }

    /** Once a report that threw kept a buffer, or ended the accepting of clients. */
    @Test
    void aReportThatThrowsHarmsNoClient() {
        Workload echo =
                new EchoWorkload(
                        (host, _) -> {
                            EchoOptions options =
                                    EchoOptions.defaults()
                                            .withReport(
                                                    line -> {
                                                        throw new IllegalStateException(line);
                                                    });
                            return EchoServer.open(
                                            host.proactor(), host.address(Scene.PORT), options)
                                    ::close;
                        });
        Plan plan = new Plan(3, Duration.ofSeconds(5), Faults.none());
        assertNull(Simulation.run(echo, plan, 2).violation());
    }

    /** Takes all buffers as soon as it is in, and then moves. */
    private static final class Spender implements WorldClient.Listener {
        private final Host host;
        private final Host server;
        private final List<String> ends;
        private @Nullable WorldClient client;

        Spender(Host host, Host server, List<String> ends) {
            this.host = host;
            this.server = server;
            this.ends = ends;
        }

        void connect() {
            client = WorldClient.connect(host.proactor(), server.address(Scene.PORT), "Ada", this);
        }

        @Override
        public void changed(WorldView view, Event event) {
            if (event instanceof Event.Avatar) {
                // Later, as what is being received holds a buffer now.
                host.proactor().timer(new Overlapped(_ -> spend()), Duration.ofMillis(10));
            }
        }

        private void spend() {
            var pool = host.proactor().buffers();
            List<IoBuffer> taken = new ArrayList<>();
            for (IoBuffer buffer = pool.tryTake(); buffer != null; buffer = pool.tryTake()) {
                taken.add(buffer);
            }
            if (client != null) {
                client.move(Direction.UP);
            }
            Overlapped later = new Overlapped(_ -> taken.forEach(IoBuffer::close));
            host.proactor().timer(later, Duration.ofSeconds(1));
        }

        @Override
        public void ended(String why) {
            ends.add(why);
        }
    }

    private record Recorder(List<String> lines) implements ChatListener {
        @Override
        public void entered(int id) {
            lines.add("entered");
        }

        @Override
        public void ended(String reason) {
            lines.add("ended: " + reason);
        }
    }
}
