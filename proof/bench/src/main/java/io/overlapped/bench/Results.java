package io.overlapped.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run measured.
 *
 * @param environment where and with what, in words
 * @param notes what limits the figures
 */
public record Results(Map<String, String> environment, List<String> notes, List<Series> series) {

    /** Those of a workload, in the order of the rows. */
    public List<Series> of(Workload workload) {
        return series.stream().filter(s -> s.workload().equals(workload)).toList();
    }

    /** The workloads that were run, each once. */
    public List<Workload> workloads() {
        return series.stream().map(Series::workload).distinct().toList();
    }

    public Optional<Series> find(String row, String workload) {
        return series.stream()
                .filter(s -> s.row().id().equals(row) && s.workload().id().equals(workload))
                .filter(Series::isMeasured)
                .findFirst();
    }

    /** The best of those with one loop that are not ours. */
    public Optional<Series> bestPeer(Workload workload) {
        return of(workload).stream()
                .filter(s -> s.row().family() != Row.Family.OURS && !s.row().isDoubled())
                .filter(Series::isMeasured)
                .min(Comparator.comparingDouble(s -> s.median(Sample::value)));
    }

    /** The one that ratios are taken to. */
    public Optional<Series> reference(Workload workload) {
        return find(Row.REFERENCE, workload.id());
    }

    /** Whether something that ran went wrong. */
    public boolean hasFailures() {
        return series.stream().anyMatch(Series::hasFailed);
    }
}
