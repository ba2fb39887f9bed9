package io.overlapped;

import java.time.Duration;

/** A proactor at work in a JVM that may have no flight recorder; prints what it found. */
final class AloneMain {
    private AloneMain() {}

    public static void main(String[] args) {
        Options options = Options.defaults().withTimed(true).withSlowRoutine(Duration.ZERO);
        Proactor proactor = Proactor.open(new StuckDriver(), options);
        IoBuffer buffer = proactor.buffers().take();
        proactor.adopt(7).receive(new Overlapped(), buffer);
        proactor.timer(new Overlapped(), Duration.ofHours(1)).cancel();
        proactor.post(new Overlapped(_ -> {}));
        proactor.poll();
        System.out.println(
                "recorder "
                        + Events.arePresent()
                        + ", delivered "
                        + proactor.report().counters().get("delivered")
                        + ", slow "
                        + proactor.report().counters().get("routinesSlow")
                        + ", in flight "
                        + proactor.inFlight().size());
    }
}
