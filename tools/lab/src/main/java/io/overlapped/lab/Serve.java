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
import java.util.concurrent.CompletableFuture;
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
        CompletableFuture<Integer> outcome = new CompletableFuture<>();
        stopOnSignal(serving, outcome);
        var _ = serving.listening().thenAccept(at -> announce(options, at));
        int status = 1;
        try {
            serving.run(model);
            status = 0;
        } catch (CannotRunException
                | OverlappedException
                | IllegalArgumentException
                | IOException e) {
            System.err.println("lab: " + options.model() + " cannot run here: " + e.getMessage());
        } finally {
            outcome.complete(status);
        }
        return status;
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

    /** A signal would end the process with its number; the hook ends it with the outcome. */
    private static void stopOnSignal(Serving serving, CompletableFuture<Integer> outcome) {
        Runnable stop =
                () -> {
                    serving.stop();
                    outcome.completeOnTimeout(1, STOP_MILLIS_MAX, TimeUnit.MILLISECONDS);
                    Runtime.getRuntime().halt(outcome.join());
                };
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "lab stop"));
    }
}
