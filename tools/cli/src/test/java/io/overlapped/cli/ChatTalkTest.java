package io.overlapped.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Proactor;
import io.overlapped.chat.ChatClient;
import io.overlapped.chat.ChatOptions;
import io.overlapped.chat.ChatServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatTalkTest {
    private static final InetSocketAddress ANY_PORT =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final String END = "\u0004";

    private final Proactor proactor = Proactor.start();
    private final ChatServer server = ChatServer.open(proactor, ChatOptions.defaults());

    @AfterEach
    void close() {
        server.close();
        proactor.close();
    }

    /** A person made of lines. */
    private static final class Person implements ChatView {
        final BlockingQueue<String> typed = new LinkedBlockingQueue<>();
        final List<String> shown = new CopyOnWriteArrayList<>();
        final List<String> problems = new CopyOnWriteArrayList<>();

        Person(String... lines) {
            typed.addAll(List.of(lines));
        }

        @Override
        public @Nullable String read() throws IOException {
            try {
                String line = typed.take();
                return line.equals(END) ? null : line;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void show(String line) {
            shown.add(line);
        }

        @Override
        public void showProblem(String problem) {
            problems.add(problem);
        }

        @Override
        public void close() {}
    }

    private boolean talkNative(InetSocketAddress address, String name, Person person)
            throws InterruptedException {
        ChatTalk talk = new ChatTalk(person, false);
        try (ChatClient client = ChatClient.connectNative(proactor, address, name, talk)) {
            return talk.run(client);
        }
    }

    @Test
    void everyLineHasComeBackBeforeTheEnd() throws InterruptedException {
        Person person = new Person("one", "two", "", "three", END);
        assertTrue(talkNative(server.listenNative(ANY_PORT), "Ada", person));
        assertEquals(List.of("Ada: one", "Ada: two", "Ada: three"), person.shown);
        assertEquals(List.of(), person.problems);
    }

    @Test
    void aLongLineOfALectureClientComesBackInPieces() throws InterruptedException {
        Person person = new Person("가".repeat(100), "/quit", "never said");
        ChatTalk talk = new ChatTalk(person, true);
        InetSocketAddress address = server.listenLecture(ANY_PORT);
        try (ChatClient client = ChatClient.connectLecture(proactor, address, talk)) {
            assertTrue(talk.run(client));
        }
        List<String> expected = new ArrayList<>();
        ChatClient.lecturePieces("가".repeat(100)).forEach(p -> expected.add("Client[1]: " + p));
        assertEquals(3, expected.size());
        assertEquals(expected, person.shown);
    }

    @Test
    void moreLinesThanTheServerTakesAtOnceAreSlowedDownNotThrownOut() throws InterruptedException {
        Person person = new Person();
        for (int i = 0; i < 30; i++) {
            person.typed.add("line " + i);
        }
        person.typed.add(END);
        assertTrue(talkNative(server.listenNative(ANY_PORT), "Ada", person));
        assertEquals(30, person.shown.size());
    }

    @Test
    void aServerThatStopsWhileThePersonThinksIsShown() throws InterruptedException {
        InetSocketAddress address = server.listenNative(ANY_PORT);
        Thread stopping =
                Thread.startVirtualThread(
                        () -> {
                            while (server.members() == 0) {
                                Thread.onSpinWait();
                            }
                            server.close();
                        });
        Person person = new Person();
        assertFalse(talkNative(address, "Ada", person));
        stopping.join();
        assertEquals(
                List.of("the server has ended the connection: the server stops"), person.problems);
    }

    @Test
    void aTakenNameAndAMissingServerAreShownWithTheRemedy() throws Exception {
        InetSocketAddress address = server.listenNative(ANY_PORT);
        Person first = new Person();
        ChatTalk talk = new ChatTalk(first, false);
        try (ChatClient _ = ChatClient.connectNative(proactor, address, "Ada", talk)) {
            while (server.members() == 0) {
                Thread.onSpinWait();
            }
            Person second = new Person();
            assertFalse(talkNative(address, "ada", second));
            assertEquals(
                    List.of("Somebody here has that name; choose another one."), second.problems);
        }
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Person third = new Person();
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        assertFalse(talkNative(nobody, "Ada", third));
        assertTrue(third.problems.getFirst().contains("./overlapped chat serve"));
    }

    @Test
    void aLineThatCannotBeSaidIsRefusedAndTheOthersGoOut() throws InterruptedException {
        Person person = new Person("x".repeat(4001), "fine", END);
        assertTrue(talkNative(server.listenNative(ANY_PORT), "Ada", person));
        assertEquals(List.of("Ada: fine"), person.shown);
        assertTrue(person.problems.getFirst().contains("4000 bytes"), person.problems.toString());
    }

    @Test
    void whatOthersSayCannotMoveTheCursor() {
        assertEquals("a\ufffd[2Jb", ChatTalk.shown("a\u001b[2Jb"));
        assertEquals("\ufffdevil", ChatTalk.shown("\u202eevil"));
        assertEquals("한글 🙂", ChatTalk.shown("한글 🙂"));
    }
}
