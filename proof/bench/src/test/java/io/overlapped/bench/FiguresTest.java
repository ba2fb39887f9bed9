package io.overlapped.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void theMedianIsTheMiddleOneOrTheMeanOfTheMiddleTwo() {
        assertEquals(3, Figures.median(9, 1, 3));
        assertEquals(2.5, Figures.median(4, 1, 2, 3));
        assertEquals(7, Figures.median(7));
        assertTrue(Double.isNaN(Figures.median()), "none has no median");
    }

    @Test
    void aRatioIsTakenToWhatThereIs() {
        assertEquals(1.25, Figures.ratio(5, 4));
        assertTrue(Double.isNaN(Figures.ratio(5, 0)), "nothing to compare with");
    }

    @Test
    void numbersHaveThreeDigitsThatMatter() {
        assertEquals("0.287", Figures.brief(0.2871));
        assertEquals("4.50", Figures.brief(4.5));
        assertEquals("12.3", Figures.brief(12.34));
        assertEquals("210,000", Figures.brief(210_000.4));
        assertEquals("–", Figures.brief(Double.NaN));
    }

    @Test
    void aSeriesHasTheMedianAndTheSpreadOfItsRounds() {
        var series = new Series(Row.ALL.getFirst(), Workload.ALL.getFirst());
        for (double value : new double[] {5, 4, 9}) {
            series.add(Sample.of(value, 1));
        }
        assertEquals(5, series.median(Sample::value));
        assertEquals(4, series.min(Sample::value));
        assertEquals(9, series.max(Sample::value));
    }

    /** A series of one sample with these shares of the two cores. */
    private static Series busy(String workload, double server, double load, double waiting) {
        return series(workload, server, load, waiting, 0);
    }

    private static Series series(
            String workload, double server, double load, double waiting, double late) {
        var series = new Series(Row.ALL.getFirst(), Workload.of(workload));
        series.add(new Sample(1, 1, 1, server, load, waiting, late, 1, Optional.empty()));
        return series;
    }

    @Test
    void aRowWhoseLoadIsOutOfCpuBeforeTheServerIsMarked() {
        assertTrue(busy("echo-64", 0.89, 0.97, 0).isLoadBound(), "the load has no more to give");
        assertTrue(busy("echo-64", 0.6, 0.5, 0.48).isLoadBound(), "something else has its core");
        assertFalse(busy("echo-64", 0.99, 0.97, 0).isLoadBound(), "both are out of CPU");
        assertFalse(busy("echo-64", 0.6, 0.6, 0).isLoadBound(), "both wait for each other");
    }

    @Test
    void anOpenLoopIsJudgedByWhetherItsLoadSentOnTime() {
        assertFalse(series("open-10k", 0.1, 1, 0, 0.001).isLoadBound(), "it never rests");
        assertTrue(series("open-10k", 0.1, 1, 0, 0.02).isLoadBound(), "it sent late");
    }

    @Test
    void aRowIsMarkedWhenSomethingElseHadTheCoreOfTheLoad() {
        assertTrue(busy("echo-64", 1, 0.5, 0.2).isDisturbed(), "it waited for its core");
        assertFalse(busy("echo-64", 1, 0.9, 0.01).isDisturbed(), "it had its core");
    }
}
