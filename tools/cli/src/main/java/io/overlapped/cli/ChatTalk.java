package io.overlapped.cli;

import io.overlapped.chat.ChatClient;
import io.overlapped.chat.ChatListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One person's conversation: lines go out no faster than the server takes them, and the end of the
 * input waits until the last of them has come back, as then everybody has it.
 *
 * <p>Threads: {@link #run} keeps the one that calls it; the listener's methods come on the
 * proactor's; lines are read on a daemon thread, which is left behind when the server goes first.
 */
final class ChatTalk implements ChatListener {
    // Below the server's 20 at once and 5 a second.
    private static final int BURST = 15;
    private static final long PACE_NANOS = 250_000_000;
    private static final long COME_BACK_SECONDS = 5;
    private static final int BIDI_FIRST = 0x202a;
    private static final int BIDI_LAST = 0x202e;
    private static final int ISOLATE_FIRST = 0x2066;
    private static final int ISOLATE_LAST = 0x2069;

    private final ChatView view;
    private final boolean isLecture;
    private final CompletableFuture<Boolean> entered = new CompletableFuture<>();
    private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();
    private final Deque<String> awaited = new ArrayDeque<>();
    private final CompletableFuture<Boolean> allBack = new CompletableFuture<>();
    private int ownId;
    private boolean inputEnded;
    private volatile boolean inRoom;
    private double tokens = BURST;
    private long filledNanos = System.nanoTime();

    ChatTalk(ChatView view, boolean isLecture) {
        this.view = view;
        this.isLecture = isLecture;
    }

    /** Talks until the person leaves, or the server does; whether all went well. */
    boolean run(ChatClient client) throws InterruptedException {
        try {
            if (!entered.get()) {
                return false;
            }
            Thread.ofPlatform().name("chat input").daemon().start(() -> readAll(client));
            return outcome.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void readAll(ChatClient client) {
        try {
            for (String line = view.read(); line != null; line = view.read()) {
                if (line.equals("/quit")) {
                    break;
                }
                say(client, line);
            }
            finish();
        } catch (IOException e) {
            fail("the input cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(ChatClient client, String line) throws InterruptedException {
        if (line.isBlank()) {
            return;
        }
        pace();
        synchronized (this) {
            if (isLecture) {
                awaited.addAll(ChatClient.lecturePieces(line));
            } else {
                awaited.add(line);
            }
        }
        try {
            client.say(line);
        } catch (IllegalArgumentException e) {
            synchronized (this) {
                awaited.clear();
            }
            view.showProblem("not said: " + e.getMessage());
        }
    }

    private void pace() throws InterruptedException {
        long now = System.nanoTime();
        tokens = Math.min(BURST, tokens + (now - filledNanos) / (double) PACE_NANOS);
        filledNanos = now;
        if (tokens < 1) {
            TimeUnit.NANOSECONDS.sleep((long) ((1 - tokens) * PACE_NANOS));
        }
        tokens--;
    }

    private void finish() throws InterruptedException {
        synchronized (this) {
            inputEnded = true;
            if (awaited.isEmpty()) {
                allBack.complete(true);
            }
        }
        try {
            allBack.get(COME_BACK_SECONDS, TimeUnit.SECONDS);
            outcome.complete(true);
        } catch (TimeoutException e) {
            fail("the server did not give back the last lines in time");
        } catch (ExecutionException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private void fail(String problem) {
        if (!outcome.isDone()) {
            view.showProblem(problem);
            outcome.complete(false);
        }
    }

    @Override
    public void entered(int id) {
        ownId = id;
        inRoom = true;
        entered.complete(true);
    }

    @Override
    public void joined(int id, String name) {
        view.show("* " + shown(name) + " is here");
    }

    @Override
    public void left(int id, String name) {
        view.show("* " + shown(name) + " has left");
    }

    @Override
    public void said(int id, String name, String text) {
        view.show(shown(name.isEmpty() ? text : name + ": " + text));
        synchronized (this) {
            boolean mayBeOwn = isLecture || id == ownId;
            if (mayBeOwn && text.equals(awaited.peek())) {
                awaited.poll();
            }
            if (inputEnded && awaited.isEmpty()) {
                allBack.complete(true);
            }
        }
    }

    @Override
    public void refused(String reason) {
        view.showProblem(reason);
        entered.complete(false);
    }

    @Override
    public void notConnected(String reason) {
        view.showProblem(
                "no chat there ("
                        + reason
                        + "); start a server with './overlapped chat serve', or name another one"
                        + " with --host and --port");
        entered.complete(false);
    }

    @Override
    public void ended(String reason) {
        if (!inRoom && !entered.isDone()) {
            view.showProblem(reason);
            entered.complete(false);
        } else if (inRoom) {
            fail(reason);
        }
    }

    /** A text as it may be shown: nothing in it can move the cursor or turn the line around. */
    static String shown(String text) {
        return text.codePoints()
                .map(c -> isHarmless(c) ? c : 0xfffd)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isHarmless(int c) {
        return c == '\t'
                || c == '\n'
                || !(Character.isISOControl(c)
                        || (c >= BIDI_FIRST && c <= BIDI_LAST)
                        || (c >= ISOLATE_FIRST && c <= ISOLATE_LAST));
    }
}
