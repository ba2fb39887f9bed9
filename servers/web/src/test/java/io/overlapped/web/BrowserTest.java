package io.overlapped.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import io.overlapped.Proactor;
import io.overlapped.chat.ChatOptions;
import io.overlapped.chat.ChatServer;
import io.overlapped.world.WorldOptions;
import io.overlapped.world.WorldRules;
import io.overlapped.world.WorldServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The page in a real browser, before a real world and a real chat. */
@Tag("long")
final class BrowserTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final int LOOKS = 20;
    private static final InetSocketAddress ANY =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static Browser browser;

    private Proactor proactor;
    private WorldServer world;
    private ChatServer chat;
    private WebOptions options;
    private WebServer web;

    @BeforeAll
    static void openBrowser() throws Exception {
        browser = Browser.openOrSkip("en");
    }

    @AfterAll
    static void closeBrowser() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void openServers() throws Exception {
        proactor = Proactor.start(Options.defaults());
        // No NPC: nothing moves but what the test moves.
        world = WorldServer.open(proactor, WorldOptions.of(WorldRules.board().withNpcs(0, 1)));
        chat = ChatServer.open(proactor, ChatOptions.defaults());
        options = new WebOptions(ANY, world.listenNative(ANY), chat.listenNative(ANY));
        web = WebServer.open(options);
    }

    @AfterEach
    void closeServers() throws Exception {
        browser.closePages();
        web.close();
        chat.close();
        world.close();
        proactor.close();
    }

    @Test
    void twoPagesSeeEachOtherMoveWithinASecond() throws Exception {
        Page ada = open().enter("Ada");
        Page grace = open().enter("Grace");
        Page.await("for Grace", () -> ada.pieces().size() == 2 && grace.pieces().size() == 2);
        assertEquals(ada.pieces().get("Grace").x(), grace.pieces().get("Grace").x());
        Page.Piece before = ada.pieces().get("Grace");
        // A look at the page costs what the machine has time for; it bounds what a move may cost.
        long looked = System.nanoTime();
        for (int i = 0; i < LOOKS; i++) {
            assertEquals(before, ada.pieces().get("Grace"));
        }
        Duration limit = A_SECOND.plusNanos(System.nanoTime() - looked);
        boolean right = before.x() < 7;
        grace.press(right ? Keys.ARROW_RIGHT : Keys.ARROW_LEFT);
        long pressed = System.nanoTime();
        int to = before.x() + (right ? 1 : -1);
        Page.await(
                "for Ada to see the move",
                limit,
                pressed,
                () -> ada.pieces().get("Grace").x() == to);
        assertEquals(before.y(), ada.pieces().get("Grace").y());
        assertEquals(to, grace.pieces().get("Grace").x());
        assertTrue(grace.text("delay").matches("[0-9.]+ ms"), grace.text("delay"));
        assertNoErrors();
    }

    @Test
    void aTapBesideThePieceMovesItThere() throws Exception {
        Page ada = open().enter("Ada");
        Page.Piece from = ada.pieces().get("Ada");
        int toY = from.y() < 7 ? from.y() + 1 : from.y() - 1;
        ada.click(from.x(), toY);
        Page.await("for the move", () -> ada.pieces().get("Ada").y() == toY);
        assertEquals(from.x(), ada.pieces().get("Ada").x());
    }

    @Test
    void lettersMoveThePieceUnlessOneIsTyping() throws Exception {
        Page ada = open().enter("Ada");
        Page.Piece from = ada.pieces().get("Ada");
        ada.type("wasdwasdaaa");
        ada.script("document.getElementById('board').focus()");
        int toX = from.x() > 0 ? from.x() - 1 : from.x() + 1;
        ada.press(from.x() > 0 ? "a" : "d");
        Page.await("for the move", () -> ada.pieces().get("Ada").x() == toX);
        assertEquals(from.y(), ada.pieces().get("Ada").y());
    }

    @Test
    void onesOwnPieceIsMarked() throws Exception {
        Page ada = open().enter("Ada");
        Page grace = open().enter("Grace");
        Page.await("for Grace", () -> ada.pieces().size() == 2 && grace.pieces().size() == 2);
        assertEquals("own", ada.pieces().get("Ada").kind());
        assertEquals("player", ada.pieces().get("Grace").kind());
        assertEquals("own", grace.pieces().get("Grace").kind());
        assertEquals("player", grace.pieces().get("Ada").kind());
    }

    @Test
    void closingAPageRemovesItsPiece() throws Exception {
        Page ada = open().enter("Ada");
        Page grace = open().enter("Grace");
        Page.await("for Grace", () -> ada.pieces().containsKey("Grace"));
        grace.close();
        Page.await("for Grace's piece to vanish", () -> !ada.pieces().containsKey("Grace"));
        assertEquals(1, ada.pieces().size());
    }

    @Test
    void whatOneSaysTheOtherReads() throws Exception {
        Page ada = open().enter("Ada");
        Page grace = open().enter("서연");
        ada.say("Hello <b>서연</b>!");
        List<String> said = List.of("Ada: Hello <b>서연</b>!");
        Page.await("for the message", () -> grace.messages().equals(said));
        Page.await("for the own message", () -> ada.messages().equals(said));
        grace.say("안녕하세요");
        Page.await("for the answer", () -> ada.messages().contains("서연: 안녕하세요"));
        assertTrue(ada.text("messages").contains("서연 joined"), ada.text("messages"));
        assertNoErrors();
    }

    @Test
    void aMalformedMessageClosesThatSocketAlone() throws Exception {
        Page ada = open().enter("Ada");
        Page grace = open().enter("Grace");
        Object close =
                grace.asyncScript(
                        """
                        const done = arguments[arguments.length - 1];
                        const socket = new WebSocket(`ws://${location.host}/world`);
                        socket.onopen = () => socket.send(new Uint8Array([9, 0, 1]));
                        socket.onclose = event => done(`${event.code} ${event.reason}`);
                        """);
        assertEquals("1007 the length of a message does not agree with its length bytes", close);
        assertEquals("in", grace.lamp("world"));
        assertEquals("in", ada.lamp("world"));
        assertEquals(2, ada.pieces().size());
    }

    @Test
    void aNameThatIsTakenOrEmptyIsExplained() throws Exception {
        open().enter("Ada");
        Page late = open();
        late.tryToEnter("Ada");
        Page.await(
                "for the reason",
                () -> late.text("login-error").startsWith("Somebody here has this name already"));
        late.tryToEnter("  ");
        assertEquals("Please give a name.", late.text("login-error"));
        late.enter("Grace");
        assertEquals(2, late.pieces().size());
    }

    @Test
    void thePageSaysThatTheServerIsGoneAndComesBackByItself() throws Exception {
        Page ada = open().enter("Ada");
        InetSocketAddress address = web.address();
        web.close();
        Page.await("for the news", () -> ada.text("veil").startsWith("The connection was lost"));
        assertTrue(ada.pieces().isEmpty());
        web = WebServer.open(new WebOptions(address, options.world(), options.chat()));
        Page.await(
                "for the page to come back",
                () -> ada.lamp("world").equals("in") && ada.lamp("chat").equals("in"));
        assertFalse(ada.driver().findElement(By.id("veil")).isDisplayed());
        assertEquals(1, ada.pieces().size());
    }

    @Test
    void leavingGivesTheNameFree() throws Exception {
        Page ada = open().enter("Ada");
        ada.driver().findElement(By.id("leave")).click();
        Page.await("for the world to be empty", () -> world.players() == 0);
        ada.enter("Ada");
        assertEquals(1, ada.pieces().size());
    }

    @Test
    void thePageSpeaksKoreanOnRequest() throws Exception {
        Page page = open();
        page.driver().findElement(By.id("language")).click();
        assertEquals("들어가기", page.text("enter"));
        assertEquals("ko", page.script("return document.documentElement.lang"));
        page.driver().findElement(By.id("language")).click();
        assertEquals("Enter", page.text("enter"));
    }

    private Page open() {
        return browser.openPage("http://127.0.0.1:" + web.address().getPort() + "/");
    }

    /** Pages of a test before that were still coming back to their server say so late. */
    private void assertNoErrors() {
        String here = "127.0.0.1:" + web.address().getPort() + "/";
        List<String> errors = browser.errors();
        assertEquals(List.of(), errors.stream().filter(error -> error.contains(here)).toList());
    }
}
