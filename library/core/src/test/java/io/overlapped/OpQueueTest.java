package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OpQueueTest {

    @Test
    void itBehavesLikeAQueueUnderRandomAddsPollsAndRemoves() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            OpQueue queue = new OpQueue();
            ArrayDeque<Overlapped> model = new ArrayDeque<>();
            for (int step = 0; step < 300; step++) {
                switch (random.nextInt(4)) {
                    case 0, 1 -> {
                        Overlapped o = new Overlapped();
                        queue.add(o);
                        model.add(o);
                    }
                    case 2 -> assertSame(model.poll(), queue.poll(), "seed " + seed);
                    default -> {
                        if (!model.isEmpty()) {
                            List<Overlapped> all = new ArrayList<>(model);
                            Overlapped o = all.get(random.nextInt(all.size()));
                            assertEquals(model.remove(o), queue.remove(o), "seed " + seed);
                        }
                    }
                }
                assertSame(model.peek(), queue.peek(), "seed " + seed);
                assertSame(model.peekLast(), queue.last(), "seed " + seed);
            }
        }
    }

    @Test
    void anOperationThatIsNotThereIsNotRemoved() {
        OpQueue queue = new OpQueue();
        queue.add(new Overlapped());
        assertEquals(false, queue.remove(new Overlapped()));
        assertEquals(false, queue.isEmpty());
        queue.poll();
        assertNull(queue.poll());
    }
}
