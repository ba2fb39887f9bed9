package io.overlapped.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.PrintWriter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Fuzzes one target for as long as the environment says: {@code proof/fuzz/run} starts it. Its
 * argument is the target, {@code package.Class#method(byte[])} with the parameter's type spelled
 * out; the exit code is 1 when it finds something.
 */
final class FuzzOne {
    private FuzzOne() {}

    public static void main(String[] args) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectMethod(args[0]))
                                .build(),
                        summary);
        PrintWriter out = new PrintWriter(System.out, true, UTF_8);
        summary.getSummary().printFailuresTo(out, 40);
        out.flush();
        boolean ran = summary.getSummary().getTestsStartedCount() > 0;
        if (!ran) {
            System.out.println("no fuzz test is named " + args[0]);
        }
        System.exit(ran && summary.getSummary().getTotalFailureCount() == 0 ? 0 : 1);
    }
}
