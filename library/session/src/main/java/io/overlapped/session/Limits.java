package io.overlapped.session;

import static io.overlapped.session.Framings.requireRange;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * All limits of the sessions of a server or a client; none is unlimited. The longest frame is the
 * framing's.
 *
 * @param login until a session is authenticated
 * @param input what a session may send us
 * @param turn how much work one session gets before the others get their turn
 * @param output what waits to be sent to a session
 * @param silence how long a session may be silent
 * @param admission how many sessions there may be
 * @param ending how long an ending session is kept for the peer to read the rest
 *     <p>Threads: a value.
 */
public record Limits(
        Login login,
        Input input,
        Turn turn,
        Output output,
        Silence silence,
        Admission admission,
        Ending ending) {
    private static final int KIB = 1024;
    private static final int MANY = Integer.MAX_VALUE;
    private static final Duration LONGEST = Duration.ofDays(365);

    /** More could not come before the first is forgotten: the limit would be none. */
    private static final int STRIKES_LIMIT = 20;

    /**
     * @param deadline from the start of the session to {@link Session#authenticated}
     * @param bytesMax bytes taken before that
     * @param framesMax frames taken before that
     */
    public record Login(Duration deadline, int bytesMax, int framesMax) {
        public Login {
            requireDuration("login.deadline", deadline);
            requireRange("login.bytesMax", bytesMax, 1, MANY);
            requireRange("login.framesMax", framesMax, 1, MANY);
        }
    }

    /**
     * A session over a rate is slowed down to it by reading no faster. It gets a strike when that
     * begins and one for each second that it lasts; strikes are forgotten 30 s after the first.
     *
     * @param frameDeadline from the first byte of a frame to its last, however it trickles in
     * @param framesBurst frames that may come at once
     * @param framesPerSecond frames a second, sustained
     * @param bytesPerSecond bytes a second, sustained; a second's worth may come at once
     * @param strikesMax strikes that are suffered; with the next the session ends. 0 for none, 20
     *     at most
     */
    public record Input(
            Duration frameDeadline,
            int framesBurst,
            int framesPerSecond,
            int bytesPerSecond,
            int strikesMax) {
        public Input {
            requireDuration("input.frameDeadline", frameDeadline);
            requireRange("input.framesBurst", framesBurst, 1, MANY);
            requireRange("input.framesPerSecond", framesPerSecond, 1, MANY);
            requireRange("input.bytesPerSecond", bytesPerSecond, 1, MANY);
            requireRange("input.strikesMax", strikesMax, 0, STRIKES_LIMIT);
        }
    }

    /**
     * @param framesMax frames of one session delivered in a row
     * @param bytesMax bytes of one session delivered in a row; the frame that reaches it is the
     *     last
     */
    public record Turn(int framesMax, int bytesMax) {
        public Turn {
            requireRange("turn.framesMax", framesMax, 1, MANY);
            requireRange("turn.bytesMax", bytesMax, 1, MANY);
        }
    }

    /**
     * @param bytesMax bytes that may wait, those on their way included; more is {@link Offer#FULL}
     * @param progressDeadline from the start of a send to its end; its bytes are at most {@code
     *     bytesMax}
     * @param kernelBytes what the system may hold for one session beyond that, asked for when a
     *     server accepts it; left alone a system holds megabytes for a peer that does not read.
     *     Linux doubles it
     */
    public record Output(int bytesMax, Duration progressDeadline, int kernelBytes) {
        public Output {
            requireRange("output.kernelBytes", kernelBytes, 4 * KIB, MANY);
            requireRange("output.bytesMax", bytesMax, 1, MANY);
            requireDuration("output.progressDeadline", progressDeadline);
        }

        /** With 128 KiB in the kernel. */
        public Output(int bytesMax, Duration progressDeadline) {
            this(bytesMax, progressDeadline, 128 * KIB);
        }
    }

    /**
     * @param ping silence until {@link SessionHandler#quiet} is called, and again after as much
     * @param idle silence until the session ends
     */
    public record Silence(Duration ping, Duration idle) {
        public Silence {
            requireDuration("silence.ping", ping);
            requireDuration("silence.idle", idle);
        }
    }

    /**
     * An address is an IPv4 address or an IPv6 /64. A session that comes by way of a hop of ours, a
     * load balancer for instance, has the hop's address: it is counted for {@code sessionsMax}
     * alone, until the program has learned whose it is and says so ({@link Session#countAs}).
     *
     * @param sessionsMax sessions at once
     * @param perAddressMax sessions of one address at once
     * @param newPerAddressMax sessions of one address that may begin within {@code newWindow}
     * @param hops where those are who speak for others, and are believed
     */
    public record Admission(
            int sessionsMax,
            int perAddressMax,
            int newPerAddressMax,
            Duration newWindow,
            Networks hops) {
        public Admission {
            requireRange("admission.sessionsMax", sessionsMax, 1, MANY);
            requireRange("admission.perAddressMax", perAddressMax, 1, MANY);
            requireRange("admission.newPerAddressMax", newPerAddressMax, 1, MANY);
            requireDuration("admission.newWindow", newWindow);
            Objects.requireNonNull(hops, "admission.hops");
        }

        /** Without hops: every peer speaks for itself. */
        public Admission(
                int sessionsMax, int perAddressMax, int newPerAddressMax, Duration newWindow) {
            this(sessionsMax, perAddressMax, newPerAddressMax, newWindow, Networks.NONE);
        }

        /** The same with another {@code sessionsMax}. */
        public Admission withSessions(int value) {
            return new Admission(value, perAddressMax, newPerAddressMax, newWindow, hops);
        }

        /** The same with other hops. */
        public Admission withHops(Networks value) {
            return new Admission(sessionsMax, perAddressMax, newPerAddressMax, newWindow, value);
        }
    }

    /**
     * @param flushMax time to send what was accepted
     * @param drainMax time for the peer to read it and to end its side
     * @param drainBytesMax bytes from the peer that are thrown away meanwhile
     */
    public record Ending(Duration flushMax, Duration drainMax, int drainBytesMax) {
        public Ending {
            requireDuration("ending.flushMax", flushMax);
            requireDuration("ending.drainMax", drainMax);
            requireRange("ending.drainBytesMax", drainBytesMax, 0, MANY);
        }
    }

    /** For any server: what {@link #table} prints for it is the reference. */
    public static Limits library() {
        return new Limits(
                new Login(Duration.ofSeconds(5), 4 * KIB, 8),
                new Input(Duration.ofSeconds(10), 200, 100, 256 * KIB, 3),
                new Turn(64, 64 * KIB),
                new Output(256 * KIB, Duration.ofSeconds(10)),
                new Silence(Duration.ofSeconds(30), Duration.ofSeconds(90)),
                new Admission(10_000, 64, 256, Duration.ofMinutes(10)),
                new Ending(Duration.ofSeconds(2), Duration.ofSeconds(1), 256 * KIB));
    }

    /** For people who type. */
    public static Limits chat() {
        return library()
                .withInput(new Input(Duration.ofSeconds(10), 20, 5, 32 * KIB, 3))
                .withAdmission(new Admission(10_000, 64, 256, Duration.ofMinutes(10)));
    }

    /** For games: many small frames, short patience. */
    public static Limits game() {
        return library()
                .withInput(new Input(Duration.ofSeconds(2), 120, 60, 32 * KIB, 3))
                .withOutput(new Output(64 * KIB, Duration.ofSeconds(5), 64 * KIB))
                .withSilence(new Silence(Duration.ofSeconds(5), Duration.ofSeconds(15)));
    }

    /**
     * For peers that are ours, as other servers of ours are: no rate that a program reaches that
     * means well, none for an address, and patience; yet every limit has its value.
     */
    public static Limits trusted() {
        return new Limits(
                new Login(Duration.ofSeconds(30), KIB * KIB, 10_000),
                new Input(Duration.ofMinutes(1), 1_000_000, 1_000_000, 1 << 30, STRIKES_LIMIT),
                new Turn(256, 256 * KIB),
                new Output(KIB * KIB, Duration.ofMinutes(1)),
                new Silence(Duration.ofSeconds(30), Duration.ofMinutes(5)),
                new Admission(10_000, 10_000, MANY, Duration.ofMinutes(10)),
                new Ending(Duration.ofSeconds(10), Duration.ofSeconds(5), 16 * KIB * KIB));
    }

    /**
     * For a server that is reached through a proxy or a load balancer alone: those of {@link
     * #library} with all addresses as hops. Whoever can reach it by another way has no limit for
     * its address: name the proxies where that may be, {@code withHops(Networks.of("10.0.0.7"))}.
     */
    public static Limits behindProxy() {
        return library().withHops(Networks.ALL);
    }

    /** For our own side of a connection to a server that is trusted to send as much as it likes. */
    public static Limits client() {
        return library()
                .withInput(new Input(Duration.ofSeconds(30), 1_000_000, 1_000_000, 1 << 30, 3))
                .withSilence(new Silence(Duration.ofSeconds(30), LONGEST));
    }

    public Limits withLogin(Login value) {
        return new Limits(value, input, turn, output, silence, admission, ending);
    }

    public Limits withInput(Input value) {
        return new Limits(login, value, turn, output, silence, admission, ending);
    }

    public Limits withTurn(Turn value) {
        return new Limits(login, input, value, output, silence, admission, ending);
    }

    public Limits withOutput(Output value) {
        return new Limits(login, input, turn, value, silence, admission, ending);
    }

    public Limits withSilence(Silence value) {
        return new Limits(login, input, turn, output, value, admission, ending);
    }

    public Limits withAdmission(Admission value) {
        return new Limits(login, input, turn, output, silence, value, ending);
    }

    /** The same with other {@link Admission#hops}. */
    public Limits withHops(Networks value) {
        return withAdmission(admission.withHops(value));
    }

    public Limits withEnding(Ending value) {
        return new Limits(login, input, turn, output, silence, admission, value);
    }

    /** One limit a line, its name and its value: what a server prints when it starts. */
    public String table() {
        StringBuilder table = new StringBuilder();
        for (Record part : new Record[] {login, input, turn, output, silence, admission, ending}) {
            String group = part.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            String text = part.toString();
            String values = text.substring(text.indexOf('[') + 1, text.length() - 1);
            for (String value : values.split(", ", -1)) {
                int split = value.indexOf('=');
                table.append(
                        String.format(
                                Locale.ROOT,
                                "%-28s %s%n",
                                group + "." + value.substring(0, split),
                                value.substring(split + 1)
                                        .replace("PT", "")
                                        .toLowerCase(Locale.ROOT)));
            }
        }
        return table.toString();
    }

    private static void requireDuration(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; it must be more than zero and at most " + LONGEST);
        }
    }
}
