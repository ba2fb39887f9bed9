package io.overlapped.chat;

import io.overlapped.session.Limits;
import io.overlapped.session.Networks;
import java.time.Duration;

/**
 * What a chat server is opened with.
 *
 * @param membersMax native members in the room at once; 1 to 65,000
 * @param limits of each native session
 * @param lectureLimits of each session of a lecture client, which cannot give a sign of life
 *     <p>Threads: a value.
 */
public record ChatOptions(int membersMax, Limits limits, Limits lectureLimits) {
    private static final int MEMBERS_LIMIT = 65_000;
    private static final int NAMELESS = 1000;
    private static final Duration NEVER = Duration.ofDays(365);

    // A whole class may come from one address, and so do all who use the page.
    private static final int PER_ADDRESS_MAX = 512;
    private static final int NEW_PER_ADDRESS_MAX = 10_000;

    // Somebody who pastes a page of text is slowed down; only who goes on for long is ended.
    private static final int STRIKES_MAX = 10;

    public ChatOptions {
        if (membersMax < 1 || membersMax > MEMBERS_LIMIT) {
            throw new IllegalArgumentException(
                    "membersMax is " + membersMax + "; it must be 1 to " + MEMBERS_LIMIT);
        }
    }

    /** 256 native members, and limits for people who type. */
    public static ChatOptions defaults() {
        Limits chat = Limits.chat();
        Limits.Input input = chat.input();
        Limits.Admission admission = chat.admission();
        Limits limits =
                chat.withInput(
                                new Limits.Input(
                                        input.frameDeadline(),
                                        input.framesBurst(),
                                        input.framesPerSecond(),
                                        input.bytesPerSecond(),
                                        STRIKES_MAX))
                        .withAdmission(
                                new Limits.Admission(
                                        admission.sessionsMax(),
                                        PER_ADDRESS_MAX,
                                        NEW_PER_ADDRESS_MAX,
                                        admission.newWindow()));
        return new ChatOptions(256, limits, limits.withSilence(new Limits.Silence(NEVER, NEVER)));
    }

    /** As many members, and room for as many connections and some that have no name yet. */
    public ChatOptions withMembersMax(int value) {
        Limits.Admission admission = limits.admission();
        int sessions = Math.max(admission.sessionsMax(), value + NAMELESS);
        return new ChatOptions(
                value, limits.withAdmission(admission.withSessions(sessions)), lectureLimits);
    }

    /** The same with hops that speak for others, see {@link Limits.Admission#hops}. */
    public ChatOptions withHops(Networks hops) {
        return withLimits(limits.withHops(hops), lectureLimits.withHops(hops));
    }

    public ChatOptions withLimits(Limits forNative, Limits forLecture) {
        return new ChatOptions(membersMax, forNative, forLecture);
    }
}
