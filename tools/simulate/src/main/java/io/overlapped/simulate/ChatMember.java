package io.overlapped.simulate;

import io.overlapped.chat.ChatClient;
import io.overlapped.chat.ChatListener;
import io.overlapped.simulate.RoomTruth.Beginning;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Says numbered things and compares all it is told with what happened in the room. */
final class ChatMember extends Guest {
    private static final int PACE_MILLIS = 400;
    private static final int LEAVES_ONE_IN = 200;

    private final Map<String, Beginning> beginnings;
    private final UnaryOperator<ChatListener> ears;
    private @Nullable Visit visit;

    ChatMember(
            Scene scene,
            String name,
            Map<String, Beginning> beginnings,
            UnaryOperator<ChatListener> ears) {
        super(scene, name, PACE_MILLIS);
        this.beginnings = beginnings;
        this.ears = ears;
    }

    @Override
    void forget() {
        visit = null;
    }

    @Override
    void connect() {
        Visit next = new Visit(name() + "." + attempt());
        visit = next;
        next.client =
                ChatClient.connectNative(
                        proactor(),
                        scene().server().address(Scene.PORT),
                        next.name,
                        ears.apply(next));
    }

    @Override
    void act() {
        Visit now = visit;
        if (now == null || now.client == null) {
            return;
        }
        switch (scene().phase()) {
            case BUSY -> {
                if (now.isInside() && random().nextInt(LEAVES_ONE_IN) == 0) {
                    now.leave();
                } else {
                    now.say();
                }
            }
            case SETTLING -> {
                // What has come back since the faults ended shows that the connection works.
                if (!now.isAnsweredSince()) {
                    now.say();
                }
            }
            case LEAVING -> now.leave();
        }
    }

    @Override
    boolean isSettled() {
        return visit != null && visit.isAnsweredSince() && visit.isUpToDate();
    }

    @Override
    boolean isGone() {
        return visit == null;
    }

    @Override
    public String toString() {
        return name() + (visit == null ? " is not connected" : " " + visit);
    }

    /** One connection. */
    private final class Visit implements ChatListener {
        private final String name;
        private @Nullable ChatClient client;
        private @Nullable Beginning beginning;
        private boolean leaving;
        private int id;
        private long next;
        private int toldOfPresent;
        private int saidCount;
        private int heardOwn;
        private boolean answered;

        Visit(String name) {
            this.name = name;
        }

        boolean isInside() {
            return beginning != null;
        }

        /** Whether something that was said after the faults had ended has come back. */
        boolean isAnsweredSince() {
            return answered;
        }

        boolean isUpToDate() {
            Beginning begun = beginning;
            return begun != null
                    && heardOwn == saidCount
                    && begun.truth().saidBy(id) == saidCount
                    && next == begun.truth().count();
        }

        void say() {
            if (client != null && isInside() && !leaving) {
                saidCount++;
                client.say(Talk.text(saidCount, random()));
            }
        }

        void leave() {
            if (client != null && !leaving) {
                leaving = true;
                client.close();
            }
        }

        @Override
        public void entered(int ownId) {
            id = ownId;
            Beginning begun = beginnings.remove(name);
            if (begun == null) {
                // The server may have lost this member, or its memory, meanwhile.
                leave();
                return;
            }
            beginning = begun;
            next = begun.next();
            succeeded();
        }

        @Override
        public void joined(int other, String otherName) {
            Beginning begun = beginning;
            if (begun != null && toldOfPresent < begun.present().size()) {
                int expected = begun.present().get(toldOfPresent++);
                if (other != expected) {
                    violated("was told that #%d is there, not #%d".formatted(other, expected));
                }
                return;
            }
            told(RoomTruth.event(RoomTruth.JOINED, other, otherName.hashCode()));
        }

        @Override
        public void left(int other, String otherName) {
            told(RoomTruth.event(RoomTruth.LEFT, other, 0));
        }

        @Override
        public void said(int other, String otherName, String text) {
            told(RoomTruth.event(RoomTruth.SAID, other, text.hashCode()));
            if (other == id) {
                heardOwn++;
                answered |= scene().phase() == Phase.SETTLING && heardOwn == saidCount;
            }
            world().mayThrow("a chat client");
        }

        private void told(long event) {
            Beginning begun = beginning;
            if (begun == null) {
                if (!leaving) {
                    violated("was told of the room before it was let in");
                }
                return;
            }
            String refuted = begun.truth().refutes(next, event);
            if (refuted != null) {
                violated(refuted);
            }
            next++;
        }

        @Override
        public void refused(String reason) {
            violated("was refused: " + reason);
        }

        @Override
        public void notConnected(String reason) {
            over();
        }

        @Override
        public void ended(String reason) {
            if (!leaving && answered && scene().phase() == Phase.SETTLING) {
                violated("was ended although nothing was wrong: " + reason);
            }
            over();
        }

        @SuppressWarnings("ReferenceEquality") // a visit is itself alone
        private void over() {
            if (visit == this) {
                visit = null;
                if (leaving) {
                    comeAgain();
                } else {
                    tryAgain();
                }
            }
        }

        @Override
        public String toString() {
            Beginning begun = beginning;
            return begun == null
                    ? "connects as " + name
                    : "said %d, heard %d of them, and %d of %d events as %s"
                            .formatted(saidCount, heardOwn, next, begun.truth().count(), name);
        }
    }
}
