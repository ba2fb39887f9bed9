package io.overlapped.lab;

import io.overlapped.OverlappedException;
import io.overlapped.lab.model.About;
import io.overlapped.lab.model.CannotRunException;
import io.overlapped.lab.model.Model;
import io.overlapped.lab.model.Models;
import io.overlapped.lab.model.Serving;
import io.overlapped.lab.model.Watch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Serves a job by a model in a process of its own, until it is told to end.
 *
 * <p>{@code --model NAME --job echo|chat --port P [--driver auto|uring|nio] [--watch]}, or {@code
 * --list}. Says {@code listening 127.0.0.1:PORT model=NAME job=JOB pid=PID} when it is ready. Ends
 * with 0 when it was told to, with 1 if the model cannot run here, with 2 if it was called wrongly.
 *
 * <p>Threads: the one that calls {@link #main}.
 */
public final class Serve {
    private static final long STOP_MILLIS_MAX = 5_000;

    private Serve() {}

    public static void main(String[] arguments) {
        int status;
        try {
            ServeOptions options = ServeOptions.parse(arguments);
            status = options.list() ? list() : serve(options);
        } catch (IllegalArgumentException e) {
            System.err.println("lab: " + e.getMessage());
            System.err.println(ServeOptions.USAGE);
            status = 2;
        }
        System.out.flush();
        System.exit(status);
    }

    private static int list() {
        for (About about : Models.all()) {
            System.out.println(about.name() + "\t" + about.kind().label());
        }
        return 0;
    }

    private static int serve(ServeOptions options) {
        Model model = Models.make(options.model());
        Watch watch = options.watch() ? new WatchLines(System.out) : Watch.NONE;
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", options.port());
        Serving serving =
                new Serving(options.job(), address, options.driver(), watch, new Refusals());
        CountDownLatch served = new CountDownLatch(1);
        Thread hook = stopOnSignal(serving, served);
        var _ = serving.listening().thenAccept(at -> announce(options, at));
        try {
            serving.run(model);
            served.countDown();
            return 0;
        } catch (CannotRunException | OverlappedException | IOException e) {
            System.err.println("lab: " + options.model() + " cannot run here: " + e.getMessage());
            Runtime.getRuntime().removeShutdownHook(hook);
            return 1;
        }
    }

    private static void announce(ServeOptions options, InetSocketAddress at) {
        System.out.println(
                "listening 127.0.0.1:"
                        + at.getPort()
                        + " model="
                        + options.model()
                        + " job="
                        + options.job().label()
                        + " pid="
                        + ProcessHandle.current().pid());
        System.out.flush();
    }

    /** A signal ends the process with its number; a clean end is 0, so the hook sets that. */
    private static Thread stopOnSignal(Serving serving, CountDownLatch served) {
        Thread hook =
                new Thread(
                        () -> {
                            serving.stop();
                            Runtime.getRuntime().halt(hasEnded(served) ? 0 : 1);
                        },
                        "lab stop");
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    private static boolean hasEnded(CountDownLatch served) {
        try {
            return served.await(STOP_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}
