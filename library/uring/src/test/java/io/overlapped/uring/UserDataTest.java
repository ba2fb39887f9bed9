package io.overlapped.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class UserDataTest {

    @Test
    void whatIsPutInComesOut() {
        Random random = new Random(11);
        for (int i = 0; i < 10_000; i++) {
            int kind = 1 + random.nextInt(UserData.SEND);
            int index = random.nextInt(Integer.MAX_VALUE);
            int generation = random.nextInt();
            long data = UserData.of(kind, index, generation);
            assertEquals(kind, UserData.kind(data));
            assertEquals(index, UserData.index(data));
            assertTrue(UserData.isOf(data, new UringSocket(generation, 0)));
            assertFalse(UserData.isOf(data, new UringSocket(generation + 1, 0)));
        }
    }
}
