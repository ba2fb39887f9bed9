package io.overlapped.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/** One window with the page, as a person sees and uses it. */
record Page(ChromeDriver driver, String window) {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 5;

    /** A row of the table of pieces. */
    record Piece(String name, int x, int y, String kind) {}

    private ChromeDriver here() {
        if (!driver.getWindowHandle().equals(window)) {
            driver.switchTo().window(window);
        }
        return driver;
    }

    /** Types the name, presses Enter and waits for the board and the chat. */
    Page enter(String name) throws InterruptedException {
        tryToEnter(name);
        await("to be connected", () -> lamp("world").equals("in") && lamp("chat").equals("in"));
        return this;
    }

    void tryToEnter(String name) {
        here().findElement(By.id("name")).clear();
        driver.findElement(By.id("name")).sendKeys(name, Keys.ENTER);
    }

    /** State of the connection to the world or the chat. */
    String lamp(String of) {
        return String.valueOf(script("return document.getElementById('status').dataset." + of));
    }

    void press(CharSequence key) {
        here();
        new Actions(driver).sendKeys(key).perform();
    }

    /** Clicks into the middle of a cell of the 8 × 8 board. */
    void click(int x, int y) {
        var board = here().findElement(By.id("board"));
        int cell = board.getSize().getWidth() / 8;
        int toX = (int) ((x - 3.5) * cell);
        int toY = (int) ((y - 3.5) * cell);
        new Actions(driver).moveToElement(board, toX, toY).click().perform();
    }

    /** Types into the chat's field. */
    void type(CharSequence... text) {
        here().findElement(By.id("text")).sendKeys(text);
    }

    /** Says something in the chat. */
    void say(String text) {
        type(text, Keys.ENTER);
    }

    String text(String id) {
        return here().findElement(By.id(id)).getText();
    }

    /** The pieces by name, as the table lists them. */
    Map<String, Piece> pieces() {
        List<?> rows =
                (List<?>)
                        script(
                                """
                                return [...document.querySelectorAll('#pieces tbody tr')].map(
                                    r => [r.dataset.name, r.dataset.x, r.dataset.y, r.dataset.kind])
                                """);
        return rows.stream()
                .map(row -> (List<?>) row)
                .map(Page::piece)
                .collect(Collectors.toMap(Piece::name, piece -> piece));
    }

    private static Piece piece(List<?> row) {
        return new Piece(
                String.valueOf(row.get(0)),
                Integer.parseInt(String.valueOf(row.get(1))),
                Integer.parseInt(String.valueOf(row.get(2))),
                String.valueOf(row.get(3)));
    }

    /** Who said what, in order, as "name: text". */
    List<String> messages() {
        List<?> all =
                (List<?>)
                        script(
                                """
                                return [...document.querySelectorAll('#messages li[data-from]')].map(
                                    m => m.dataset.from + ': ' + m.querySelector('span').innerText)
                                """);
        return all.stream().map(String::valueOf).toList();
    }

    Object script(String code, Object... arguments) {
        return here().executeScript(code, arguments);
    }

    Object asyncScript(String code) {
        return here().executeAsyncScript(code);
    }

    void close() {
        here().close();
        driver.switchTo().window(driver.getWindowHandles().iterator().next());
    }

    static void await(String what, Supplier<Boolean> condition) throws InterruptedException {
        await(what, DEADLINE, System.nanoTime(), condition);
    }

    /**
     * Waits until the condition holds; fails when that has not happened in time since the start.
     */
    static void await(String what, Duration deadline, long startNanos, Supplier<Boolean> condition)
            throws InterruptedException {
        while (!condition.get()) {
            if (System.nanoTime() - startNanos > deadline.toNanos()) {
                throw new AssertionError("waited " + deadline + " in vain " + what);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        long took = System.nanoTime() - startNanos;
        if (took > deadline.toNanos()) {
            throw new AssertionError(what + " took " + took / 1_000_000 + " ms");
        }
    }
}
