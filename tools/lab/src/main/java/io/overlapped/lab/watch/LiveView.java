package io.overlapped.lab.watch;

import io.overlapped.lab.referee.CannotServeException;
import io.overlapped.lab.referee.ModelCommand;
import io.overlapped.lab.referee.ModelProcess;
import io.overlapped.lab.referee.Row;
import io.overlapped.lab.report.Language;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a model and the kernel do for one message, from the steps that its own process reports while
 * a client sends one message after the other.
 *
 * <p>Threads: {@link #run} keeps the one that calls it.
 */
public final class LiveView {
    /** How long a person needs for a step. */
    public static final Duration HUMAN_PACE = Duration.ofMillis(600);

    private static final int MESSAGES = 3;
    private static final int STEPS_KEPT = 10_000;
    private static final int STEPS_SHOWN = 40;
    private static final Duration READY = Duration.ofSeconds(20);
    private static final int ANSWER_MILLIS = 5_000;
    private static final long QUIET_MILLIS = 250;
    private static final long COLLECT_NANOS = 1_000_000_000;

    private final String model;
    private final ModelCommand command;
    private final Screen screen;
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>(STEPS_KEPT);

    /**
     * @param terminal whether a person watches; else it prints a list and does not wait
     */
    public LiveView(
            String model,
            ModelCommand command,
            PrintWriter out,
            boolean terminal,
            Language language,
            Duration pace) {
        this.model = model;
        this.command = command;
        screen = new Screen(out, terminal, language, pace);
    }

    /**
     * Shows a client that comes, sends a few messages, and goes.
     *
     * @return whether each message came back as it was sent
     * @throws CannotServeException if the model cannot run here, and why
     */
    public boolean run() throws CannotServeException {
        List<String> line = command.of(model, Row.ECHO, true);
        try (ModelProcess server = ModelProcess.start(line, READY, this::reported)) {
            try (Socket client = new Socket()) {
                client.setTcpNoDelay(true);
                client.setSoTimeout(ANSWER_MILLIS);
                client.connect(server.address(), ANSWER_MILLIS);
                show(model + ": a client connects", model + ": 클라이언트가 접속한다");
                for (int i = 1; i <= MESSAGES; i++) {
                    if (!exchange(client, i)) {
                        return false;
                    }
                }
            }
            show("the client leaves", "클라이언트가 떠난다");
            return true;
        } catch (IOException e) {
            throw new IllegalStateException("the client lost " + model + ": " + e.getMessage(), e);
        }
    }

    private void reported(String line) {
        // When nobody fetches them in time the newest go: a model that polls has no end of them.
        Step.parse(line).ifPresent(steps::offer);
    }

    private boolean exchange(Socket client, int number) throws IOException {
        byte[] sent = ("message " + number).getBytes(StandardCharsets.UTF_8);
        steps.clear();
        client.getOutputStream().write(sent);
        byte[] back = client.getInputStream().readNBytes(sent.length);
        boolean right = Arrays.equals(sent, back);
        show(
                "message %d: %d bytes arrive%s"
                        .formatted(number, sent.length, right ? "" : ", and come back changed"),
                "메시지 %d: %d바이트가 도착한다%s"
                        .formatted(number, sent.length, right ? "" : ", 그리고 다르게 돌아온다"));
        return right;
    }

    private void show(String english, String korean) {
        List<Step> happened = collect();
        screen.say(english, korean);
        long first = happened.isEmpty() ? 0 : happened.getFirst().nanos();
        int shown = 0;
        for (int i = 0; i < happened.size() && shown < STEPS_SHOWN; shown++) {
            int next = i + 1;
            while (next < happened.size() && happened.get(next).isLike(happened.get(i))) {
                next++;
            }
            screen.show(happened.get(i), next - i, first);
            i = next;
        }
    }

    /** What was reported until now, and until it is quiet. */
    private List<Step> collect() {
        List<Step> happened = new ArrayList<>();
        long end = System.nanoTime() + COLLECT_NANOS;
        try {
            Step next = steps.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
            while (next != null && System.nanoTime() - end < 0) {
                happened.add(next);
                next = steps.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return happened;
    }
}
