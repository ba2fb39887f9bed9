package io.overlapped.uring;

import io.overlapped.DriverReport;
import io.overlapped.DriverReport.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the driver found and what it uses, for people. */
final class UringReports {
    private UringReports() {}

    static DriverReport of(
            Ring ring,
            boolean sendsWithoutCopy,
            Tuning tuning,
            boolean bufferRing,
            Map<String, Long> counters) {
        Map<String, String> facts = Kernel.facts();
        facts.put("io_uring_setup", "ok");
        facts.put("submissionEntries", Integer.toString(ring.submissionEntries()));
        facts.put("completionEntries", Integer.toString(ring.completionEntries()));
        return new DriverReport(
                UringProvider.NAME,
                true,
                "io_uring_setup succeeded",
                "",
                facts,
                features(ring, sendsWithoutCopy, tuning, bufferRing),
                counters);
    }

    private static List<Feature> features(
            Ring ring, boolean sendsWithoutCopy, Tuning tuning, boolean bufferRing) {
        List<Feature> features = new ArrayList<>();
        features.add(
                used("SINGLE_ISSUER, DEFER_TASKRUN", "completions in the alertable wait only"));
        features.add(used("multishot accept", "one submission for many connections"));
        features.add(
                bufferRing
                        ? used("provided buffer ring", "an idle connection holds no buffer")
                        : new Feature(
                                "provided buffer ring",
                                true,
                                false,
                                tuning.bufferRing()
                                        ? "it needs two provided buffers"
                                        : "turned off by uring.bufferRing"));
        boolean multishot = bufferRing && tuning.multishot();
        features.add(
                new Feature(
                        "multishot receive",
                        true,
                        multishot,
                        multishot ? "one submission for many messages" : "turned off by tuning"));
        features.add(
                asFound(
                        "NO_SQARRAY",
                        ring.hasSetupFlag(Abi.IORING_SETUP_NO_SQARRAY),
                        "one indirection less for each submission"));
        features.add(
                asFound(
                        "registered ring descriptor",
                        ring.hasRegisteredFd(),
                        "one look-up less in each enter"));
        features.add(
                asFound(
                        "NO_IOWAIT",
                        ring.hasFeature(Abi.IORING_FEAT_NO_IOWAIT),
                        "waiting is not shown as disk wait"));
        features.add(
                new Feature(
                        "bundles",
                        ring.hasFeature(Abi.IORING_FEAT_RECVSEND_BUNDLE),
                        false,
                        "some kernels reorder their buffers"));
        features.add(
                new Feature(
                        "zero-copy send",
                        sendsWithoutCopy,
                        false,
                        "pays for large messages on real networks only; never on loopback"));
        return features;
    }

    private static Feature used(String name, String note) {
        return new Feature(name, true, true, note);
    }

    private static Feature asFound(String name, boolean found, String note) {
        return new Feature(name, found, found, note);
    }
}
