package io.overlapped.cli;

import io.overlapped.world.BoardText;
import io.overlapped.world.Event;
import io.overlapped.world.WorldClient;
import io.overlapped.world.WorldView;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A game as the user sees it: the newest board, and how it ended.
 *
 * <p>Threads: told on the proactor's, looked at on the user's.
 */
final class WorldPlay implements WorldClient.Listener {
    private static final long ANSWER_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int size;
    private List<String> board = List.of();
    private @Nullable String refused;
    private @Nullable String ended;
    private boolean in;
    private boolean leaving;
    private long answers;
    private long changes;
    private int delayMillis = -1;

    WorldPlay(int size) {
        this.size = size;
    }

    @Override
    public void changed(WorldView view, Event event) {
        view.resize(size, size);
        List<String> lines = BoardText.lines(view);
        lock.lock();
        try {
            board = lines;
            switch (event) {
                case Event.Avatar _ -> in = true;
                case Event.Refused why -> refused = why.reason();
                case Event.Moved moved -> {
                    if (view.own() != null && view.own().id() == moved.id()) {
                        answers++;
                        delayMillis = WorldClient.delayMillis(moved, System.nanoTime());
                    }
                }
                default -> {}
            }
            tell();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ended(String why) {
        lock.lock();
        try {
            ended = why;
            tell();
        } finally {
            lock.unlock();
        }
    }

    private void tell() {
        changes++;
        changed.signalAll();
    }

    /**
     * Waits until the server has let the player in.
     *
     * @throws UserError if it has not
     */
    void awaitLogin() throws InterruptedException {
        lock.lock();
        try {
            long left = ANSWER_TIMEOUT_NANOS;
            while (!in && refused == null && ended == null && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (refused != null) {
                throw new UserError("the server did not let you in", refused);
            }
            if (ended != null) {
                throw new UserError(
                        ended.replaceFirst("\\.$", ""),
                        "start a server with './overlapped world serve',"
                                + " or say where one is with --host and --port");
            }
            if (!in) {
                throw new UserError(
                        "the server does not answer", "is it a server of the course's wire?");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many moves have been answered, or it is over. */
    void awaitAnswers(long count) throws InterruptedException {
        lock.lock();
        try {
            long left = ANSWER_TIMEOUT_NANOS;
            while (answers < count && ended == null && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until more than {@code seen} changes have happened; returns how many have. */
    long awaitChange(long seen) throws InterruptedException {
        lock.lock();
        try {
            while (changes == seen) {
                changed.await();
            }
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /** The user wants to go: what ends now is no loss. */
    void leave() {
        lock.lock();
        try {
            leaving = true;
            tell();
        } finally {
            lock.unlock();
        }
    }

    boolean isOver() {
        lock.lock();
        try {
            return leaving || ended != null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it ended although the user did not want to go. */
    boolean hasLost() {
        lock.lock();
        try {
            return ended != null && !leaving;
        } finally {
            lock.unlock();
        }
    }

    String endedWhy() {
        lock.lock();
        try {
            return ended == null ? "" : ended;
        } finally {
            lock.unlock();
        }
    }

    /** The newest board. */
    List<String> board() {
        lock.lock();
        try {
            return board;
        } finally {
            lock.unlock();
        }
    }

    /** Milliseconds from the last move to its answer; −1 before the first. */
    int delayMillis() {
        lock.lock();
        try {
            return delayMillis;
        } finally {
            lock.unlock();
        }
    }
}
