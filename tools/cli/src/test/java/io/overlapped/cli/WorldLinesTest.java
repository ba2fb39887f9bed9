package io.overlapped.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import io.overlapped.Proactor;
import io.overlapped.world.WorldClient;
import io.overlapped.world.WorldOptions;
import io.overlapped.world.WorldRules;
import io.overlapped.world.WorldServer;
import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(300)
class WorldLinesTest {
    private final StringWriter out = new StringWriter();
    private Proactor proactor;
    private WorldServer server;
    private InetSocketAddress address;

    @BeforeEach
    void open() {
        proactor = Proactor.start(Options.defaults());
        server = WorldServer.open(proactor, WorldOptions.of(WorldRules.board()).withTickMillis(10));
        address = server.listenCourse(new InetSocketAddress("127.0.0.1", 0));
    }

    @AfterEach
    void close() {
        server.close();
        proactor.close();
    }

    @Test
    void eachLineMovesAndPrintsTheBoardOnce() throws Exception {
        WorldPlay play = play("wwwwwwwwaaaaaaaa\ns\nd\n");
        assertFalse(play.hasLost());
        List<String> places = out.toString().lines().filter(l -> l.startsWith("@ Ada")).toList();
        assertEquals(4, places.size());
        assertEquals(List.of("@ Ada (0, 0)", "@ Ada (0, 1)", "@ Ada (1, 1)"), places.subList(1, 4));
    }

    @Test
    void leavingIsNoLossAndOtherKeysAreExplained() throws Exception {
        WorldPlay play = play("x\nq\nw\n");
        assertFalse(play.hasLost());
        assertTrue(out.toString().contains("'x' does not"));
    }

    @Test
    void aServerThatGoesEndsTheGameWhileNoLineComes() throws Exception {
        WorldPlay play = new WorldPlay(8);
        try (WorldClient client = WorldClient.connect(proactor, address, "Ada", play)) {
            play.awaitLogin();
            Thread closing = Thread.ofPlatform().start(server::close);
            try (PipedReader silent = new PipedReader(new java.io.PipedWriter())) {
                lines(new BufferedReader(silent), client, play).run();
            }
            closing.join();
        }
        assertTrue(play.hasLost());
        assertEquals("The server has closed the connection.", play.endedWhy());
    }

    @Test
    void aTakenNameIsRefusedWithTheReason() throws Exception {
        WorldPlay first = new WorldPlay(8);
        WorldPlay second = new WorldPlay(8);
        try (WorldClient ada = WorldClient.connect(proactor, address, "Ada", first)) {
            first.awaitLogin();
            try (WorldClient again = WorldClient.connect(proactor, address, "Ada", second)) {
                UserError refused = assertThrows(UserError.class, second::awaitLogin);
                assertTrue(String.valueOf(refused.getMessage()).contains("The name is taken"));
            }
        }
    }

    @Test
    void boardOptionsOutOfRangeAreExplained() {
        BoardOptions options = new BoardOptions();
        new CommandLine(options).parseArgs("--size", "0");
        UserError wrong = assertThrows(UserError.class, options::options);
        assertTrue(String.valueOf(wrong.getMessage()).startsWith("width is 0; it must be 1 to"));
    }

    @Test
    void aWideWorldHasANearView() {
        BoardOptions options = new BoardOptions();
        new CommandLine(options).parseArgs("--size", "2000", "--npcs", "200000");
        WorldRules rules = options.options().rules();
        assertEquals(5, rules.viewRadius());
        assertTrue(rules.npcsSleep());
        assertEquals(20, rules.npcMoveTicks());
    }

    private WorldPlay play(String input) throws Exception {
        WorldPlay play = new WorldPlay(8);
        try (WorldClient client = WorldClient.connect(proactor, address, "Ada", play)) {
            play.awaitLogin();
            lines(new BufferedReader(new StringReader(input)), client, play).run();
        }
        return play;
    }

    private WorldLines lines(BufferedReader in, WorldClient client, WorldPlay play) {
        return new WorldLines(in, new PrintWriter(out), client, play);
    }
}
