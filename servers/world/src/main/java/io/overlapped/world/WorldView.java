package io.overlapped.world;

import java.util.Collection;
import java.util.Collections;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The world as one client knows it, from what the server told it.
 *
 * <p>Threads: one.
 */
public final class WorldView {
    /** One piece, where it was last said to be. */
    public record Seen(int id, Kind kind, int x, int y, String name) {
        Seen at(int newX, int newY) {
            return new Seen(id, kind, newX, newY, name);
        }
    }

    private final TreeMap<Integer, Seen> others = new TreeMap<>();
    private final String name;
    private @Nullable Seen own;
    private String message = "";
    private int width = 8;
    private int height = 8;

    /**
     * @param name the client's own name, which the server does not repeat
     */
    public WorldView(String name) {
        this.name = name;
    }

    /** The client's own piece; null before the login. */
    public @Nullable Seen own() {
        return own;
    }

    /** The other pieces it sees, by id. */
    public Collection<Seen> others() {
        return Collections.unmodifiableCollection(others.values());
    }

    /** What the server said last in words; empty if nothing. */
    public String message() {
        return message;
    }

    /** Cells from left to right: 8 unless the server said otherwise. */
    public int width() {
        return width;
    }

    /** Cells from top to bottom: 8 unless the server said otherwise. */
    public int height() {
        return height;
    }

    /** A course server does not say how large its world is; a client may know. */
    public void resize(int newWidth, int newHeight) {
        width = newWidth;
        height = newHeight;
    }

    /**
     * Takes what the server says.
     *
     * @throws IllegalStateException if it cannot be true: a piece that enters twice, or moves or
     *     leaves without having entered
     */
    public void apply(Event event) {
        switch (event) {
            case Event.LoggedIn loggedIn -> message = loggedIn.message();
            case Event.Refused refused -> message = refused.reason();
            case Event.Closing closing -> message = closing.text();
            case Event.Avatar avatar ->
                    own = new Seen(avatar.id(), Kind.PLAYER, avatar.x(), avatar.y(), name);
            case Event.Welcome welcome -> {
                own = new Seen(welcome.id(), Kind.PLAYER, welcome.x(), welcome.y(), name);
                width = welcome.width();
                height = welcome.height();
            }
            case Event.Entered in ->
                    require(
                            others.put(
                                            in.id(),
                                            new Seen(in.id(), in.kind(), in.x(), in.y(), in.name()))
                                    == null,
                            in.id(),
                            "entered twice");
            case Event.Moved moved -> moved(moved);
            case Event.Left left ->
                    require(others.remove(left.id()) != null, left.id(), "left without entering");
            case Event.Ping _, Event.Pong _, Event.Unknown _ -> {}
            case Event.Malformed malformed -> throw new IllegalStateException(malformed.detail());
        }
    }

    private void moved(Event.Moved moved) {
        if (own != null && own.id() == moved.id()) {
            own = own.at(moved.x(), moved.y());
        } else {
            Seen before = others.get(moved.id());
            require(before != null, moved.id(), "moved without entering");
            if (before != null) {
                others.put(moved.id(), before.at(moved.x(), moved.y()));
            }
        }
    }

    private static void require(boolean holds, int id, String what) {
        if (!holds) {
            throw new IllegalStateException("piece " + id + " " + what);
        }
    }
}
