package io.overlapped.conformance;

import io.overlapped.StreamOption;
import io.overlapped.conformance.Step.Buffers;
import io.overlapped.conformance.Step.Close;
import io.overlapped.conformance.Step.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes the steps that follow from one seed. */
final class RandomProgram {
    private static final int STEPS_MAX = 40;
    private static final int LISTENERS = 3;
    private static final int STREAMS = 6;

    private static final int[] BACKLOGS = {
        Integer.MIN_VALUE, -1, 0, 1, 2, 16, 4096, Integer.MAX_VALUE
    };

    private static final Host[] LISTENABLE = {
        Host.LOOPBACK, Host.ANY, Host.LOOPBACK_SIX, Host.ANY_SIX, Host.ANY_MAPPED
    };

    private static final int[] VALUES = {
        Integer.MIN_VALUE, -2, -1, 0, 1, 2, 65_536, Integer.MAX_VALUE
    };

    private final Random random;
    private final List<Step> steps = new ArrayList<>();
    private int streams;

    private RandomProgram(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    static List<Step> of(long seed) {
        return new RandomProgram(seed).write();
    }

    private List<Step> write() {
        // What fails here would leave nothing to do for the rest.
        Host host = LISTENABLE[random.nextInt(LISTENABLE.length)];
        steps.add(new Step.Listen("l0", host, "", one(4) ? 1 : 16, false));
        if (one(2)) {
            pair();
        }
        int count = 5 + random.nextInt(STEPS_MAX - 5);
        while (steps.size() < count) {
            add();
        }
        return steps;
    }

    private void add() {
        switch (random.nextInt(25)) {
            case 0 ->
                    steps.add(
                            new Step.Listen(
                                    listener(),
                                    host(),
                                    one(3) ? "" : listener(),
                                    backlog(),
                                    one(3)));
            case 1, 2 -> pair();
            case 3 -> steps.add(new Step.Accept(newStream(), listener()));
            case 4 -> connect();
            case 5 -> steps.add(new Step.ConnectTo(newStream(), listener()));
            case 6, 7, 8, 9 -> steps.add(new Step.Receive(stream(), buffers(Buffers.CHOSEN)));
            case 10, 11, 12, 13 -> steps.add(new Step.Send(stream(), buffers(Buffers.ONE)));
            case 14 -> steps.add(new Step.Shutdown(stream()));
            case 15 -> cancel();
            case 16, 17 -> set();
            case 18 -> steps.add(new Step.Get(socket(), option()));
            case 19 -> steps.add(new Step.Addresses(socket()));
            case 20, 21 -> steps.add(new Step.CloseSocket(one(6) ? listener() : stream(), how()));
            case 22 -> share();
            case 23 -> steps.add(new Step.CloseSocket(stream(), Close.ABORTIVE));
            default -> steps.add(new Step.Timer(random.nextInt(500)));
        }
    }

    private void cancel() {
        String name = socket();
        if (!one(3)) {
            steps.add(
                    name.startsWith("l")
                            ? new Step.Accept(newStream(), name)
                            : new Step.Receive(name, buffers(Buffers.CHOSEN)));
        }
        steps.add(new Step.Cancel(name));
    }

    private void connect() {
        Host host = host();
        // Whether that answers, and when, is this machine's network's affair.
        if (host != Host.DOCUMENTATION && host != Host.DOCUMENTATION_SIX) {
            steps.add(new Step.Connect(newStream(), host, one(6) ? "" : listener()));
        }
    }

    /** A connection whose both ends the program has. */
    private void pair() {
        String listener = one(3) ? listener() : "l0";
        String far = newStream();
        String near = newStream();
        if (one(2)) {
            steps.add(new Step.Accept(far, listener));
            steps.add(new Step.ConnectTo(near, listener));
        } else {
            steps.add(new Step.ConnectTo(near, listener));
            if (one(4)) {
                steps.add(new Step.Send(near, Buffers.ONE));
            }
            if (one(6)) {
                steps.add(new Step.CloseSocket(near, how()));
            }
            steps.add(new Step.Accept(far, listener));
        }
    }

    /** Listeners that share an address, and one that may not. */
    private void share() {
        Host host = LISTENABLE[random.nextInt(LISTENABLE.length)];
        steps.add(new Step.Listen("l1", host, "", 16, !one(6)));
        steps.add(new Step.Listen("l2", one(2) ? host : host(), "l1", 16, !one(3)));
        if (one(2)) {
            steps.add(new Step.ConnectTo(newStream(), "l1"));
        }
    }

    private void set() {
        StreamOption option = option();
        int value = VALUES[random.nextInt(VALUES.length)];
        boolean size =
                option == StreamOption.SEND_BUFFER_BYTES
                        || option == StreamOption.RECEIVE_BUFFER_BYTES;
        // So little room makes what arrives when a matter of the kernel's, and an address that
        // is not reused depends on connections that nobody sees any more.
        boolean unclear =
                (size && (value == 1 || value == 2))
                        || (option == StreamOption.REUSE_ADDRESS && value == 0);
        if (!unclear) {
            String name = socket();
            steps.add(new Step.Set(name, option, value));
            if (one(2)) {
                steps.add(new Step.Get(name, option));
            }
        }
    }

    private Buffers buffers(Buffers usual) {
        return switch (random.nextInt(8)) {
            case 0 -> Buffers.EMPTY;
            case 1, 2 -> Buffers.SEVERAL;
            case 3 -> Buffers.ONE;
            default -> usual;
        };
    }

    /** Mostly one that a program would name. */
    private Host host() {
        Host[] all = Host.values();
        return switch (random.nextInt(6)) {
            case 0, 1 -> Host.LOOPBACK;
            case 2 -> Host.ANY;
            case 3 -> Host.ANY_SIX;
            case 4 -> Host.LOOPBACK_SIX;
            default -> all[random.nextInt(all.length)];
        };
    }

    private int backlog() {
        return one(2) ? 16 : BACKLOGS[random.nextInt(BACKLOGS.length)];
    }

    private StreamOption option() {
        StreamOption[] all = StreamOption.values();
        return all[random.nextInt(all.length)];
    }

    private Close how() {
        Close[] all = Close.values();
        return all[random.nextInt(all.length)];
    }

    private String newStream() {
        return "s" + streams++ % STREAMS;
    }

    private String stream() {
        return "s" + random.nextInt(Math.max(1, Math.min(streams, STREAMS)));
    }

    private String listener() {
        return "l" + (one(2) ? 0 : random.nextInt(LISTENERS));
    }

    private String socket() {
        return one(4) ? listener() : stream();
    }

    private boolean one(int of) {
        return random.nextInt(of) == 0;
    }
}
