package io.overlapped.bench;

import io.overlapped.bench.load.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** All measurements of one row in one workload. */
public final class Series {
    private final Row row;
    private final Workload workload;
    private final List<Sample> samples = new ArrayList<>();
    private Optional<String> reason = Optional.empty();
    private boolean failed;

    public Series(Row row, Workload workload) {
        this.row = row;
        this.workload = workload;
    }

    public Row row() {
        return row;
    }

    public Workload workload() {
        return workload;
    }

    public List<Sample> samples() {
        return Collections.unmodifiableList(samples);
    }

    /** Why there are no more samples. */
    public Optional<String> reason() {
        return reason;
    }

    /** Whether it ran and went wrong; a row that cannot run here has not failed. */
    public boolean hasFailed() {
        return failed;
    }

    /** Whether there is something to compare. */
    public boolean isMeasured() {
        return !samples.isEmpty();
    }

    public void add(Sample sample) {
        samples.add(sample);
    }

    void skip(String why) {
        reason = Optional.of(why);
    }

    void fail(String why) {
        failed = true;
        reason = Optional.of(why);
    }

    public double median(ToDoubleFunction<Sample> figure) {
        return Figures.median(samples.stream().mapToDouble(figure).toArray());
    }

    public double min(ToDoubleFunction<Sample> figure) {
        return samples.stream().mapToDouble(figure).min().orElse(Double.NaN);
    }

    public double max(ToDoubleFunction<Sample> figure) {
        return samples.stream().mapToDouble(figure).max().orElse(Double.NaN);
    }

    /** The latencies of all samples together. */
    public Optional<Histogram> latency() {
        return samples.stream()
                .flatMap(sample -> sample.latency().stream())
                .map(Histogram::copy)
                .reduce(
                        (all, one) -> {
                            all.add(one);
                            return all;
                        });
    }

    /** The median over the samples of a percentile, in microseconds. */
    public double percentileMicros(double percentile) {
        return median(
                sample ->
                        sample.latency()
                                .map(latency -> latency.getValueAtPercentile(percentile) / 1e3)
                                .orElse(Double.NaN));
    }

    /**
     * Whether the load generator, not the server, set the pace: it was out of CPU and the server
     * was not. An open loop's never rests; it is judged by whether it sent on time.
     */
    public boolean isLoadBound() {
        if (!isMeasured()) {
            return false;
        }
        if (workload.kind() == Request.Kind.OPEN) {
            return median(Sample::lateShare) > Figures.LATE;
        }
        boolean hungry = median(s -> s.loadBusy() + s.loadWaiting()) > Figures.BUSY;
        return hungry && median(Sample::serverBusy) < Figures.BUSY;
    }

    /** Whether the load generator often had to wait for its core, as something else had it. */
    public boolean isDisturbed() {
        return isMeasured() && median(Sample::loadWaiting) > Figures.DISTURBED;
    }
}
