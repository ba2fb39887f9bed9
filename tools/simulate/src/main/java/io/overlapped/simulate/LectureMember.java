package io.overlapped.simulate;

import io.overlapped.chat.ChatClient;
import io.overlapped.chat.ChatListener;
import io.overlapped.simulate.RoomTruth.Beginning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A member on the lecture's wire, which has no names, cuts texts into pieces, and tells nobody who
 * they are: it knows where its run begins when it hears its own first words.
 */
final class LectureMember extends Guest {
    private static final int PACE_MILLIS = 600;
    private static final int LEAVES_ONE_IN = 100;

    private final Map<String, Beginning> beginnings;
    private final UnaryOperator<ChatListener> ears;
    private @Nullable Visit visit;

    LectureMember(
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
        Visit next = new Visit("1 " + name() + "." + attempt());
        visit = next;
        next.client =
                ChatClient.connectLecture(
                        proactor(),
                        scene().server().address(ChatWorkload.LECTURE_PORT),
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
                if (now.begun != null && random().nextInt(LEAVES_ONE_IN) == 0) {
                    now.leave();
                } else {
                    now.say();
                }
            }
            case SETTLING -> {
                if (!now.answered) {
                    now.say();
                }
            }
            case LEAVING -> now.leave();
        }
    }

    @Override
    boolean isSettled() {
        return visit != null && visit.answered && visit.isUpToDate();
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
        private final String firstWords;
        private final List<Integer> idsBefore = new ArrayList<>();
        private final List<String> piecesBefore = new ArrayList<>();
        private @Nullable ChatClient client;
        private @Nullable Beginning begun;
        private boolean connected;
        private boolean leaving;
        private boolean answered;
        private int ownId;
        private int saidCount;
        private int heardOwn;
        private long next;
        private int pieces;
        private int pieceHash;

        Visit(String firstWords) {
            this.firstWords = firstWords;
        }

        void say() {
            if (client != null && connected && !leaving) {
                saidCount++;
                client.say(saidCount == 1 ? firstWords : Talk.text(saidCount, random()));
            }
        }

        void leave() {
            if (client != null && !leaving) {
                leaving = true;
                client.close();
            }
        }

        boolean isUpToDate() {
            return begun != null
                    && heardOwn == saidCount
                    && pieces == 0
                    && begun.truth().nextSaid(next) == begun.truth().count();
        }

        @Override
        public void entered(int noId) {
            connected = true;
            succeeded();
        }

        @Override
        public void said(int id, String name, String piece) {
            if (begun != null) {
                told(begun.truth(), id, piece);
                return;
            }
            idsBefore.add(id);
            piecesBefore.add(piece);
            if (piece.equals(firstWords)) {
                Beginning found = beginnings.remove(firstWords);
                if (found == null) {
                    violated("heard itself say what the room did not hear");
                    return;
                }
                begun = found;
                ownId = id;
                next = found.next();
                for (int i = 0; i < idsBefore.size(); i++) {
                    told(found.truth(), idsBefore.get(i), piecesBefore.get(i));
                }
                idsBefore.clear();
                piecesBefore.clear();
            }
        }

        private void told(RoomTruth truth, int id, String piece) {
            if (pieces == 0) {
                next = truth.nextSaid(next);
                pieceHash = id;
            }
            if (next >= truth.count()) {
                violated("was told what has not been said: " + piece);
                return;
            }
            pieces++;
            pieceHash = RoomTruth.pieceHash(pieceHash, piece);
            if (pieces == truth.pieces(next)) {
                if (pieceHash != truth.piecesHash(next)) {
                    violated("was told something else than number " + next + ": " + piece);
                }
                if (id == ownId) {
                    heardOwn++;
                    answered |= scene().phase() == Phase.SETTLING && heardOwn == saidCount;
                }
                pieces = 0;
                next++;
            }
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
            return "said %d on the lecture's wire, heard %d of them, and is at event %d"
                    .formatted(saidCount, heardOwn, next);
        }
    }
}
