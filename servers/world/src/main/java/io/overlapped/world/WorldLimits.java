package io.overlapped.world;

import java.time.Duration;

/**
 * What one client may cost. None is unlimited; each but the last two ends only the client that goes
 * beyond it, with a reason of its own.
 *
 * @param loginDeadline from the connect to an accepted name
 * @param frameDeadline from the first byte of a packet to its last
 * @param pingInterval silence after which a native client is asked for a sign of life
 * @param deadInterval silence after which a native client is given up
 * @param writeDeadline how long a send may make no progress
 * @param maxFrameBytes longest native frame of a client, its length bytes not counted
 * @param packetBurst packets that may come at once
 * @param packetsPerSecond packets that may come in the long run
 * @param bytesPerSecond bytes that may come in the long run; four times as many at once
 * @param maxOutputBytes bytes that may wait for a client that does not read
 * @param maxPerAddress connections of one address; the machine's own are not counted
 * @param maxConnections connections in all
 *     <p>Threads: a value.
 */
public record WorldLimits(
        Duration loginDeadline,
        Duration frameDeadline,
        Duration pingInterval,
        Duration deadInterval,
        Duration writeDeadline,
        int maxFrameBytes,
        int packetBurst,
        int packetsPerSecond,
        int bytesPerSecond,
        int maxOutputBytes,
        int maxPerAddress,
        int maxConnections) {

    private static final WorldLimits DEFAULTS =
            new WorldLimits(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(5),
                    1024,
                    120,
                    60,
                    32 * 1024,
                    64 * 1024,
                    64,
                    12_000);

    public WorldLimits {
        requirePositive("loginDeadline", loginDeadline.toNanos());
        requirePositive("frameDeadline", frameDeadline.toNanos());
        requirePositive("pingInterval", pingInterval.toNanos());
        requirePositive("deadInterval", deadInterval.toNanos());
        requirePositive("writeDeadline", writeDeadline.toNanos());
        requirePositive("maxFrameBytes", maxFrameBytes);
        requirePositive("packetBurst", packetBurst);
        requirePositive("packetsPerSecond", packetsPerSecond);
        requirePositive("bytesPerSecond", bytesPerSecond);
        requirePositive("maxOutputBytes", maxOutputBytes);
        requirePositive("maxPerAddress", maxPerAddress);
        requirePositive("maxConnections", maxConnections);
    }

    /** The limits of {@code docs/protocols.md}, part 10. */
    public static WorldLimits defaults() {
        return DEFAULTS;
    }

    public WorldLimits withDeadlines(Duration login, Duration frame, Duration write) {
        return new WorldLimits(
                login,
                frame,
                pingInterval,
                deadInterval,
                write,
                maxFrameBytes,
                packetBurst,
                packetsPerSecond,
                bytesPerSecond,
                maxOutputBytes,
                maxPerAddress,
                maxConnections);
    }

    public WorldLimits withSilence(Duration ping, Duration dead) {
        return new WorldLimits(
                loginDeadline,
                frameDeadline,
                ping,
                dead,
                writeDeadline,
                maxFrameBytes,
                packetBurst,
                packetsPerSecond,
                bytesPerSecond,
                maxOutputBytes,
                maxPerAddress,
                maxConnections);
    }

    public WorldLimits withPackets(int burst, int perSecond) {
        return new WorldLimits(
                loginDeadline,
                frameDeadline,
                pingInterval,
                deadInterval,
                writeDeadline,
                maxFrameBytes,
                burst,
                perSecond,
                bytesPerSecond,
                maxOutputBytes,
                maxPerAddress,
                maxConnections);
    }

    public WorldLimits withConnections(int perAddress, int inAll) {
        return new WorldLimits(
                loginDeadline,
                frameDeadline,
                pingInterval,
                deadInterval,
                writeDeadline,
                maxFrameBytes,
                packetBurst,
                packetsPerSecond,
                bytesPerSecond,
                maxOutputBytes,
                perAddress,
                inAll);
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive");
        }
    }
}
