package io.overlapped.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
}
