package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.util.ArrayList;
import java.util.List;

/**
 * In-flight work is a budget: over it a start waits its turn, or is refused, as the options say.
 */
class BudgetTest {

    /** Connections whose far ends belong to a proactor with a small budget. */
    private static List<TcpStream> far(Bench b, Proactor small, List<TcpStream> near, int count) {
        TcpListener listener = small.listen(Bench.ANY_PORT);
        List<TcpStream> far = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Overlapped accept = listener.accept(new Overlapped());
            near.add(b.ok(b.client.connect(new Overlapped(), listener.address())).stream());
            far.add(b.ok(accept).stream());
        }
        b.ok(listener.close(new Overlapped()));
        return far;
    }

    @Conformance
    void overTheBudgetAStartWaitsItsTurn(Bench b) {
        Proactor small = b.open(b.options().withOperations(3, Options.OverLimit.WAIT));
        List<TcpStream> near = new ArrayList<>();
        List<TcpStream> far = far(b, small, near, 8);
        List<Overlapped> receives = new ArrayList<>();
        for (TcpStream stream : far) {
            receives.add(stream.receive(new Overlapped()));
        }
        b.stillPending(receives.getLast());
        assertTrue(b.inFlight(small) <= 3);
        for (int i = 0; i < 8; i++) {
            b.write(near.get(i), "x");
            b.ok(receives.get(i));
            receives.get(i).buffer().close();
        }
        assertTrue(small.report().counters().get("held") >= 5);
    }

    @Conformance
    void overTheBudgetAStartIsRefusedIfTheOptionsSaySo(Bench b) {
        Proactor small = b.open(b.options().withOperations(3, Options.OverLimit.REFUSE));
        List<TcpStream> near = new ArrayList<>();
        List<TcpStream> far = far(b, small, near, 5);
        List<Overlapped> receives = new ArrayList<>();
        for (TcpStream stream : far) {
            receives.add(stream.receive(new Overlapped()));
        }
        b.ended(receives.get(3), Status.OVERLOADED);
        b.ended(receives.get(4), Status.OVERLOADED);
        b.write(near.get(0), "x");
        b.ok(receives.get(0));
        receives.get(0).buffer().close();
        b.write(near.get(4), "room again");
        assertEquals("room again", b.text(far.get(4), 10));
    }

    @Conformance
    void anOperationThatWaitsItsTurnCanBeCancelled(Bench b) {
        Proactor small = b.open(b.options().withOperations(1, Options.OverLimit.WAIT));
        List<TcpStream> near = new ArrayList<>();
        List<TcpStream> far = far(b, small, near, 3);
        Overlapped first = far.get(0).receive(new Overlapped());
        Overlapped second = far.get(1).receive(new Overlapped());
        Overlapped third = far.get(2).receive(new Overlapped());
        b.stillPending(third);
        second.cancel();
        b.ended(second, Status.CANCELED);
        b.write(near.get(0), "1");
        b.ok(first);
        first.buffer().close();
        b.write(near.get(2), "3");
        b.ok(third);
        third.buffer().close();
    }

    @Conformance
    void aCloseNeverWaitsForTheBudget(Bench b) {
        Proactor small = b.open(b.options().withOperations(1, Options.OverLimit.WAIT));
        List<TcpStream> near = new ArrayList<>();
        List<TcpStream> far = far(b, small, near, 3);
        Overlapped inFlight = far.get(0).receive(new Overlapped());
        Overlapped held = far.get(1).receive(new Overlapped());
        b.ok(far.get(1).close(new Overlapped()));
        b.ended(held, Status.CANCELED);
        assertTrue(inFlight.isPending());
        b.ok(far.get(0).close(new Overlapped()));
        b.ended(inFlight, Status.CANCELED);
    }

    @Conformance
    void theRoomThatACloseLeavesIsPassedOn(Bench b) {
        Proactor small = b.open(b.options().withOperations(2, Options.OverLimit.WAIT));
        List<TcpStream> near = new ArrayList<>();
        List<TcpStream> far = far(b, small, near, 3);
        Overlapped inFlight = far.get(0).receive(new Overlapped());
        far.get(1).close();
        Overlapped held = far.get(2).receive(new Overlapped());
        b.write(near.get(2), "x");
        b.ok(held).buffer().close();
        assertTrue(inFlight.isPending());
    }

    @Conformance
    void timersAndPostsAreNotInTheBudget(Bench b) {
        Proactor small = b.open(b.options().withOperations(1, Options.OverLimit.REFUSE));
        List<Overlapped> many = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            many.add(small.post(new Overlapped()));
            many.add(small.timer(new Overlapped(), java.time.Duration.ofMillis(1)));
        }
        many.forEach(b::ok);
    }
}
