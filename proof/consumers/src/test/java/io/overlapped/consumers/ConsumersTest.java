package io.overlapped.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Projects of strangers resolve, compile and run, with the lines that the guide shows. */
@Timeout(600)
class ConsumersTest {
    private static final String NATIVE_ACCESS =
            "--enable-native-access=io.overlapped.uring,io.overlapped.nio";
    private static final String DENY = "--illegal-native-access=deny";
    private static final String SERVER = "org.example.server/org.example.server.Server";
    private static final String ECHO = "org.example.echo.EchoOnce";
    private static final String ON_CLASS_PATH = "hello by (uring|nio)\n";
    private static final String ON_MODULE_PATH =
            "hello by (uring|nio) beside io.overlapped.session\n";

    @TempDir private static Path folder;
    private static Consumer classPath;
    private static Consumer modulePath;

    @BeforeAll
    static void build() throws Exception {
        assumeTrue(
                Published.hasJars(),
                "no jars were built: ./overlapped test or mvn verify builds them first");
        assumeTrue(Consumer.canBuild(), "no Maven is known to build a consumer with");
        classPath = Consumer.build("class-path", Files.createDirectory(folder.resolve("c")));
        modulePath = Consumer.build("module-path", Files.createDirectory(folder.resolve("m")));
    }

    @Test
    void aProjectOnTheClassPathRuns() throws Exception {
        assertMatches(
                ON_CLASS_PATH,
                Commands.java(
                        "--enable-native-access=ALL-UNNAMED", DENY, "-cp", classPath.path(), ECHO));
    }

    @Test
    void aProjectOnTheModulePathRunsWithNativeAccessForTheDriversAlone() throws Exception {
        assertMatches(
                ON_MODULE_PATH,
                Commands.java(NATIVE_ACCESS, DENY, "-p", modulePath.path(), "-m", SERVER));
    }

    @Test
    void withoutNativeAccessTheDriverThatNeedsNoneIsTakenAndTheReasonIsSaid() throws Exception {
        Commands.Said said = Commands.java(DENY, "-p", modulePath.path(), "-m", SERVER);
        assertEquals(0, said.exit(), said.err());
        assertEquals("hello by nio beside io.overlapped.session\n", said.out());
        if (System.getProperty("os.name").equals("Linux")) {
            assertTrue(said.err().contains("the JVM denies native access"), said.err());
        }
    }

    @Test
    void anImageOfTheProjectRunsWithoutAJdk() throws Exception {
        Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
        assumeTrue(Files.isExecutable(jlink), "this JDK has no jlink");
        Path image = folder.resolve("image");
        Commands.run(
                        List.of(
                                jlink,
                                "--module-path",
                                modulePath.path(),
                                "--add-modules",
                                "org.example.server,io.overlapped.uring,io.overlapped.nio",
                                "--add-options=" + NATIVE_ACCESS + " " + DENY,
                                "--launcher",
                                "server=" + SERVER,
                                "--output",
                                image))
                .cleanly();
        assertMatches(ON_MODULE_PATH, Commands.run(List.of(image.resolve("bin", "server"))));
    }

    @Test
    void aStartFromAnAotCacheOnTheClassPathIsTheSame() throws Exception {
        assertCached(
                ON_CLASS_PATH,
                "--enable-native-access=ALL-UNNAMED",
                DENY,
                "-cp",
                classPath.path(),
                ECHO);
    }

    @Test
    void aStartFromAnAotCacheOnTheModulePathIsTheSame() throws Exception {
        assertCached(ON_MODULE_PATH, NATIVE_ACCESS, DENY, "-p", modulePath.path(), "-m", SERVER);
    }

    /** Makes a cache in one run, and has the next refuse to start without it. */
    private static void assertCached(String expected, String... arguments) throws Exception {
        Path cache = Files.createTempDirectory(folder, "aot").resolve("server.aot");
        Commands.Said training = Commands.java(with(arguments, "-XX:AOTCacheOutput=" + cache));
        assertEquals(0, training.exit(), training.out() + training.err());
        assertTrue(Files.size(cache) > 0, training.out() + training.err());
        assertMatches(
                expected,
                Commands.java(with(arguments, "-XX:AOTCache=" + cache, "-XX:AOTMode=on")));
    }

    private static Object[] with(String[] arguments, String... flags) {
        Object[] all = new Object[flags.length + arguments.length];
        System.arraycopy(flags, 0, all, 0, flags.length);
        System.arraycopy(arguments, 0, all, flags.length, arguments.length);
        return all;
    }

    private static void assertMatches(String expected, Commands.Said said) {
        String out = said.cleanly();
        assertTrue(out.matches(expected), out);
    }
}
