package io.overlapped.simulate;

import java.util.Arrays;

/** Where each piece was last said to be, by its id. */
final class Whereabouts {

    private static final int FIRST_NPC = io.overlapped.world.WorldRules.FIRST_NPC_ID;

    private int[] cells = new int[64];

    void put(int id, int x, int y) {
        int index = index(id);
        if (index >= cells.length) {
            cells = Arrays.copyOf(cells, Math.max(index + 1, 2 * cells.length));
        }
        cells[index] = x << 16 | y;
    }

    int x(int id) {
        return cell(id) >>> 16;
    }

    int y(int id) {
        return cell(id) & 0xffff;
    }

    boolean isAt(int id, int x, int y) {
        return cell(id) == (x << 16 | y);
    }

    private int cell(int id) {
        int index = index(id);
        return index < cells.length ? cells[index] : -1;
    }

    private static int index(int id) {
        return id < FIRST_NPC ? 16 + id : (id - FIRST_NPC) % 16;
    }
}
