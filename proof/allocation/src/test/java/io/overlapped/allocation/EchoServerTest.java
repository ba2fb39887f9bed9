package io.overlapped.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import io.overlapped.OverlappedException;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Param;

/** The servers that are measured are correct, and end when they are closed. */
class EchoServerTest {
    private static final int ECHOES = 300;

    private static Stream<Arguments> stylesAndDrivers() {
        return Arrays.stream(Style.values())
                .flatMap(
                        style ->
                                Stream.of("uring", "nio")
                                        .map(driver -> Arguments.of(style, driver)));
    }

    @ParameterizedTest
    @MethodSource("stylesAndDrivers")
    void aServerEchoesToEachOfItsClientsUntilItIsClosed(Style style, String driver)
            throws IOException {
        try (EchoServer server = opened(style, driver);
                var first = new EchoClient(server.address());
                var second = new EchoClient(server.address())) {
            for (int i = 0; i < ECHOES; i++) {
                first.echo();
                second.echo();
            }
            server.close();
            assertThrows(IOException.class, first::echo);
        }
    }

    private static EchoServer opened(Style style, String driver) {
        try {
            EchoServer server = style.open(Options.defaults().withDriver(driver));
            assertTrue(server.address().getAddress().isLoopbackAddress());
            return server;
        } catch (OverlappedException | CompletionException e) {
            Assumptions.abort(driver + " does not run here: " + e);
            throw e;
        }
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void aStyleIsFoundByItsTitle(Style style) {
        assertEquals(style, Style.of(style.title));
    }

    @Test
    void theBenchmarkKnowsEveryStyle() throws NoSuchFieldException {
        Param styles = EchoBenchmark.class.getField("style").getAnnotation(Param.class);
        assertEquals(Style.titles(), Arrays.asList(styles.value()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void theTokenComesBackFromTheOtherThread(String peer) throws InterruptedException {
        var benchmark = new HandoverBenchmark();
        benchmark.peer = peer;
        benchmark.open();
        for (int i = 0; i < ECHOES; i++) {
            benchmark.roundTrip();
        }
        benchmark.close();
    }
}
