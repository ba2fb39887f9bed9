package io.overlapped.world;

import org.jspecify.annotations.Nullable;

/** A way to move by one cell; y grows downwards. */
public enum Direction {
    UP(0, 0, -1),
    DOWN(1, 0, 1),
    LEFT(2, -1, 0),
    RIGHT(3, 1, 0);

    private static final Direction[] BY_CODE = values();

    private final int code;
    final int dx;
    final int dy;

    Direction(int code, int dx, int dy) {
        this.code = code;
        this.dx = dx;
        this.dy = dy;
    }

    /** The number both wire formats use for it: 0 to 3. */
    public int code() {
        return code;
    }

    /** The direction with this code, or null if there is none. */
    public static @Nullable Direction of(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
