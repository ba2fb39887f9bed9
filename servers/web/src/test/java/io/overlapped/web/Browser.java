package io.overlapped.web;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium with an empty profile, and the pages that are open in it. */
final class Browser implements AutoCloseable {
    /**
     * Kept, as a logger that nobody holds forgets its level. It warns of a protocol we leave out.
     */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final Path profile;
    private final ChromeDriver driver;

    private Browser(Path profile, ChromeDriver driver) {
        this.profile = profile;
        this.driver = driver;
    }

    /** Skips the test, with the reason, where there is no Chromium. */
    static Browser openOrSkip(String language) throws IOException {
        Optional<File> chromium = onPath("chromium", "chromium-browser", "google-chrome");
        Optional<File> chromedriver = onPath("chromedriver");
        boolean found = chromium.isPresent() && chromedriver.isPresent();
        String reason =
                "the page is not tested in a browser: no chromium and chromedriver on the PATH"
                        + " (apt-get install chromium chromium-driver)";
        if (!found) {
            System.getLogger("io.overlapped.web").log(System.Logger.Level.WARNING, reason);
        }
        Assumptions.assumeTrue(found, reason);
        return open(chromium.get(), chromedriver.get(), language);
    }

    private static Browser open(File chromium, File chromedriver, String language)
            throws IOException {
        SELENIUM.setLevel(Level.SEVERE);
        Path profile = Files.createTempDirectory("overlapped-browser-");
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=1200,800",
                "--lang=" + language,
                "--accept-lang=" + language,
                "--user-data-dir=" + profile);
        // Given both paths, Selenium looks for no driver or browser by itself.
        ChromeDriverService service =
                new ChromeDriverService.Builder().usingDriverExecutable(chromedriver).build();
        return new Browser(profile, new ChromeDriver(service, options));
    }

    private static Optional<File> onPath(String... names) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(names)
                .flatMap(
                        name ->
                                Stream.of(path.split(File.pathSeparator))
                                        .map(folder -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst();
    }

    /** Opens the page in a window of its own. */
    Page openPage(String address) {
        driver.switchTo().newWindow(WindowType.WINDOW);
        driver.get(address);
        return new Page(driver, driver.getWindowHandle());
    }

    /** Closes every page but the browser's first, empty one. */
    void closePages() {
        List<String> windows = List.copyOf(driver.getWindowHandles());
        for (String window : windows.subList(1, windows.size())) {
            driver.switchTo().window(window).close();
        }
        driver.switchTo().window(windows.getFirst());
    }

    /** Errors that scripts and the content policy have reported since the last call. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
