package io.overlapped.lab.referee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class RefereeTest {
    /** A busy machine may keep a new process from answering for a while. */
    private static final Plan SHORT = plan(Duration.ofSeconds(60), Duration.ofMinutes(5));

    private static final Plan IMPATIENT = plan(Duration.ofMillis(700), Duration.ofMinutes(5));

    private static Plan plan(Duration answers, Duration total) {
        return new Plan(
                Duration.ofMillis(20),
                Duration.ofMillis(20),
                Duration.ofMillis(300),
                Duration.ZERO,
                answers,
                Duration.ofSeconds(60),
                total,
                false,
                false);
    }

    private static ModelResult run(Plan plan, String model, String... rows) {
        LabResult result =
                new Referee(plan, StandIn.command(), Progress.NONE)
                        .run(
                                List.of(model),
                                Stream.of(rows)
                                        .map(name -> Row.named(name).orElseThrow())
                                        .toList());
        return result.models().getFirst();
    }

    private static RowResult onlyRow(ModelResult model) {
        assertEquals(1, model.rows().size());
        return model.rows().getFirst();
    }

    @Test
    void everyRowOfARightModelIsMeasuredAndVerified() {
        ModelResult model = run(SHORT, StandIn.RIGHT, "1", "64", "65", "burst", "slow", "chat");
        for (RowResult row : model.rows()) {
            assertEquals(Outcome.DONE, row.outcome(), () -> row.row().name() + ": " + row.why());
            Numbers numbers = row.numbers();
            assertNotNull(numbers);
            assertTrue(numbers.messages() > 0, row::toString);
            assertTrue(numbers.verifiedBytes() > numbers.messages(), row::toString);
            assertTrue(numbers.p50Micros() <= numbers.p99Micros(), row::toString);
            assertTrue(numbers.p99Micros() <= numbers.maxMicros(), row::toString);
            assertTrue(numbers.threads() > 1, row::toString);
        }
        assertTrue(model.isVerified());
        assertFalse(model.hasFailed());
        assertNotNull(model.row("burst").orElseThrow().numbers().burstMillis());
        Numbers chat = model.row("chat").orElseThrow().numbers();
        assertTrue(chat.deliveries() > chat.messages(), chat::toString);
    }

    @Test
    void aChangedByteIsFound() {
        ModelResult model = run(SHORT, StandIn.WRONG, "1");
        assertEquals(Outcome.WRONG, onlyRow(model).outcome(), onlyRow(model)::why);
        assertTrue(onlyRow(model).why().contains("byte 17"), onlyRow(model)::why);
        assertFalse(model.isVerified());
        assertTrue(model.hasFailed());
    }

    @Test
    void bytesThatComeTwiceAreFound() {
        assertEquals(Outcome.WRONG, onlyRow(run(SHORT, StandIn.DOUBLED, "64")).outcome());
    }

    @Test
    void aPacketThatOthersDoNotGetIsFound() {
        RowResult row = onlyRow(run(SHORT, StandIn.WRONG, "chat"));
        assertEquals(Outcome.WRONG, row.outcome(), row::why);
        assertTrue(row.why().contains("in place of"), row::why);
    }

    @Test
    void aModelThatHangsIsLateAndHoldsNobodyUp() {
        // If a row held the others up for all the time there is, they would be left out.
        ModelResult model = run(IMPATIENT, StandIn.HANGS, "1", "65");
        assertEquals(
                List.of(Outcome.LATE, Outcome.LATE),
                model.rows().stream().map(RowResult::outcome).toList(),
                model::toString);
        assertTrue(model.hasFailed());
    }

    @Test
    void aRowWhoseTimeEndsWhileItConnectsIsLate() {
        Row row = Row.named("1000").orElseThrow();
        long now = System.nanoTime();
        try (ModelProcess server =
                ModelProcess.start(
                        StandIn.command().of(StandIn.RIGHT, Row.ECHO, false),
                        Duration.ofSeconds(20),
                        null)) {
            RowResult result = RowRun.run(row, SHORT, server, now, false);
            assertEquals(Outcome.LATE, result.outcome(), result::why);
        } catch (CannotServeException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aModelThatRefusesSaysWhyInEachRow() {
        ModelResult model = run(SHORT, StandIn.REFUSES, "1", "64");
        assertEquals(2, model.rows().size());
        for (RowResult row : model.rows()) {
            assertEquals(Outcome.CANNOT, row.outcome());
            assertEquals("this kernel has none", row.why());
        }
        assertFalse(model.isVerified());
        assertFalse(model.hasFailed());
    }

    @Test
    void aRowOverTheModelsLimitSaysWhyAndTheOthersGoOn() {
        ModelResult model = run(SHORT, StandIn.AT_MOST_64, "64", "65", "1");
        assertEquals(
                List.of(Outcome.DONE, Outcome.CANNOT, Outcome.DONE),
                model.rows().stream().map(RowResult::outcome).toList(),
                model::toString);
        String why = model.rows().get(1).why();
        assertTrue(why.startsWith("the 65th client has no place in a group of 64"), why);
        assertTrue(model.isVerified());
    }

    @Test
    void aServerThatDiesIsQuotedAndReplaced() {
        ModelResult model = run(SHORT, StandIn.DIES, "1", "1");
        for (RowResult row : model.rows()) {
            assertEquals(Outcome.CANNOT, row.outcome());
            assertTrue(row.why().startsWith("no memory is left"), row::why);
        }
    }

    @Test
    void whatTheTimeDoesNotAllowIsLeftOut() {
        Plan none = plan(Duration.ofSeconds(1), Duration.ofMillis(1));
        assertEquals(Outcome.LEFT_OUT, onlyRow(run(none, StandIn.RIGHT, "1")).outcome());
    }

    @Test
    void aQuickRunIsBoundedBelowNinetySeconds() {
        // What the last row, its answers and the end of its server may take over the total.
        Plan quick = Plan.quick();
        Duration over = quick.answers().plus(Duration.ofSeconds(8));
        assertTrue(quick.total().plus(over).compareTo(Duration.ofSeconds(90)) < 0, quick::toString);
    }

    @Test
    void theFactsHaveOneEntryAModelWithItsRows() {
        LabResult result =
                new Referee(SHORT, StandIn.command(), Progress.NONE)
                        .run(
                                List.of(StandIn.RIGHT, StandIn.REFUSES),
                                List.of(Row.named("1").orElseThrow()));
        Map<String, ?> facts = result.facts();
        List<?> models = (List<?>) facts.get("models");
        Map<?, ?> right = (Map<?, ?>) models.getFirst();
        assertEquals(StandIn.RIGHT, right.get("model"));
        assertEquals(true, right.get("verified"));
        Map<?, ?> row = (Map<?, ?>) ((List<?>) right.get("rows")).getFirst();
        assertEquals("1", row.get("row"));
        assertEquals(Outcome.DONE, row.get("outcome"));
        assertTrue(row.containsKey("cpuMicrosPerMessage"), row::toString);
        Map<?, ?> refused = (Map<?, ?>) models.getLast();
        assertEquals(false, refused.get("verified"));
        assertTrue(result.isGood());
    }
}
