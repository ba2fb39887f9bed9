package io.overlapped.simulate;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Operation;
import io.overlapped.Overlapped;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import io.overlapped.chat.ChatListener;
import io.overlapped.sim.Faults;
import io.overlapped.sim.Host;
import io.overlapped.world.Event;
import io.overlapped.world.WorldClient;
import io.overlapped.world.WorldView;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Faults of a program, planted so that the checkers must find them. */
class PlantedTest {
    private static final long SEEDS_MAX = 50;

    @Test
    void aMessageInAThousandThatGetsLostIsFound() {
        Outcome found = find(new ChatWorkload(Deaf::new), Faults.swarm());
        assertTrue(String.valueOf(found.violation()).contains("told"), found::toString);
    }

    @Test
    void aMessageInAThousandThatComesTwiceIsFound() {
        find(new ChatWorkload(Stutter::new), Faults.none());
    }

    @Test
    void aMoveInAThousandThatGetsLostIsFound() {
        Outcome found = find(new BoardWorkload(Blinking::new), Faults.swarm());
        assertTrue(found.violation() != null && !found.violation().contains("served"));
    }

    @Test
    void aByteThatGetsLostIsFound() {
        find(new EchoWorkload((host, _) -> new Forgetful(host, false)::stop), Faults.swarm());
    }

    @Test
    void aBufferThatIsNotGivenBackIsFound() {
        Outcome found =
                find(new EchoWorkload((host, _) -> new Forgetful(host, true)::stop), Faults.none());
        assertTrue(String.valueOf(found.violation()).contains("buffers"), found::toString);
    }

    @Test
    void aServerThatNeverAnswersIsFound() {
        Outcome found =
                find(
                        new EchoWorkload(
                                (host, _) -> {
                                    host.proactor().listen(host.address(Scene.PORT));
                                    return () -> {};
                                }),
                        Faults.none());
        assertTrue(
                String.valueOf(found.violation()).contains("and nothing was wrong"),
                found::toString);
    }

    /** Runs seeds until one shows it, and shows it again. */
    private static Outcome find(Workload workload, Faults faults) {
        Plan plan = Plan.defaults().withFaults(faults);
        Report report = new Campaign(List.of(workload), plan, 1, SEEDS_MAX).run(() -> 0, _ -> {});
        Outcome found = report.violation();
        assertNotNull(found, "nothing found in " + SEEDS_MAX + " seeds");
        Outcome again = Simulation.run(workload, plan, found.seed());
        assertTrue(String.valueOf(found.violation()).equals(again.violation()), again::toString);
        return found;
    }

    /** Passes on what a client is told. */
    private static class Ear implements ChatListener {
        final ChatListener to;

        Ear(ChatListener to) {
            this.to = to;
        }

        /** One message in a thousand, the same ones in each run. */
        static boolean isUnlucky(int id, String text) {
            return Math.floorMod(31 * text.hashCode() + id, 1000) == 0;
        }

        @Override
        public void entered(int id) {
            to.entered(id);
        }

        @Override
        public void joined(int id, String name) {
            to.joined(id, name);
        }

        @Override
        public void left(int id, String name) {
            to.left(id, name);
        }

        @Override
        public void said(int id, String name, String text) {
            to.said(id, name, text);
        }

        @Override
        public void notConnected(String reason) {
            to.notConnected(reason);
        }

        @Override
        public void ended(String reason) {
            to.ended(reason);
        }
    }

    /** Misses one message in a thousand. */
    private static final class Deaf extends Ear {
        Deaf(ChatListener to) {
            super(to);
        }

        @Override
        public void said(int id, String name, String text) {
            if (!isUnlucky(id, text)) {
                to.said(id, name, text);
            }
        }
    }

    /** Hears one message in a thousand twice. */
    private static final class Stutter extends Ear {
        Stutter(ChatListener to) {
            super(to);
        }

        @Override
        public void said(int id, String name, String text) {
            to.said(id, name, text);
            if (isUnlucky(id, text)) {
                to.said(id, name, text);
            }
        }
    }

    /** Misses one change in a thousand. */
    private static final class Blinking implements WorldClient.Listener {
        private final WorldClient.Listener to;
        private int count;

        Blinking(WorldClient.Listener to) {
            this.to = to;
        }

        @Override
        public void changed(WorldView view, Event event) {
            if (++count % 1000 != 0) {
                to.changed(view, event);
            }
        }

        @Override
        public void ended(String why) {
            to.ended(why);
        }
    }

    /** An echo that loses one byte in each hundredth answer, or does not give its buffer back. */
    private static final class Forgetful {
        private final TcpListener listener;
        private final boolean leaks;
        private int count;

        Forgetful(Host host, boolean leaks) {
            this.leaks = leaks;
            listener = host.proactor().listen(host.address(Scene.PORT));
            listener.accept(new Overlapped(this::accepted));
        }

        void stop() {
            listener.close();
        }

        private void accepted(Overlapped o) {
            if (o.status() == Status.OK) {
                o.stream().receive(new Overlapped(this::step));
            }
            if (!listener.isClosed()) {
                listener.accept(o);
            }
        }

        private void step(Overlapped o) {
            TcpStream stream = o.stream();
            boolean isHundredth = ++count % 100 == 0;
            if (o.operation() == Operation.SEND) {
                if (!(leaks && isHundredth)) {
                    o.buffer().close();
                }
            } else if (o.bytes() > 0) {
                IoBuffer buffer = o.buffer();
                if (!leaks && isHundredth && buffer.readable() > 1) {
                    buffer.consume(1);
                }
                stream.send(o, buffer);
                return;
            }
            if (o.status() == Status.OK && (o.operation() == Operation.SEND || o.bytes() > 0)) {
                stream.receive(o);
            } else {
                stream.close();
            }
        }
    }
}
