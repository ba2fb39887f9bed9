package io.overlapped.simulate;

import io.overlapped.world.Direction;
import io.overlapped.world.Event;
import io.overlapped.world.Piece;
import io.overlapped.world.WorldClient;
import io.overlapped.world.WorldRules;
import io.overlapped.world.WorldServer;
import io.overlapped.world.WorldView;
import java.util.ArrayDeque;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Moves about, and compares what it is told with what it asked for and with the rules. */
final class Player extends Guest {
    private static final int PACE_MILLIS = 120;
    private static final int LEAVES_ONE_IN = 400;
    private static final Direction[] WAYS = Direction.values();

    private final Board board;
    private final UnaryOperator<WorldClient.Listener> eyes;
    private @Nullable Visit visit;

    Player(Board board, String name, UnaryOperator<WorldClient.Listener> eyes) {
        super(board, name, PACE_MILLIS);
        this.board = board;
        this.eyes = eyes;
    }

    @Override
    void forget() {
        visit = null;
    }

    @Override
    void connect() {
        Visit next = new Visit();
        visit = next;
        next.client =
                WorldClient.connect(
                        proactor(),
                        board.server().address(Scene.PORT),
                        name() + "." + attempt(),
                        eyes.apply(next));
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
                    now.move();
                }
            }
            case SETTLING -> {
                if (!now.answered) {
                    now.move();
                }
            }
            case LEAVING -> now.leave();
        }
    }

    @Override
    boolean isSettled() {
        return visit != null && visit.answered && visit.asked.isEmpty();
    }

    /** Whether its view is the server's world, as far as it can see. */
    boolean seesWhatIsThere(@Nullable WorldServer server) {
        return visit != null && server != null && visit.sees(server);
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
    private final class Visit implements WorldClient.Listener {
        private final ArrayDeque<Direction> asked = new ArrayDeque<>();
        private final Whereabouts others = new Whereabouts();
        private @Nullable WorldClient client;
        private @Nullable WorldView view;
        private int ownId = -1;
        private int x;
        private int y;
        private boolean leaving;
        private boolean answered;

        boolean isInside() {
            return ownId >= 0;
        }

        void move() {
            if (client != null && isInside() && !leaving) {
                Direction way = WAYS[random().nextInt(WAYS.length)];
                asked.add(way);
                client.move(way);
            }
        }

        void leave() {
            if (client != null && !leaving) {
                leaving = true;
                client.close();
            }
        }

        @Override
        public void changed(WorldView now, Event event) {
            view = now;
            switch (event) {
                case Event.Avatar avatar -> {
                    ownId = avatar.id();
                    x = avatar.x();
                    y = avatar.y();
                    succeeded();
                }
                case Event.Moved moved -> {
                    if (moved.id() == ownId) {
                        movedItself(moved);
                    } else {
                        movedOther(moved);
                    }
                }
                case Event.Entered in -> others.put(in.id(), in.x(), in.y());
                case Event.Refused refused -> {
                    violated("was refused: " + refused.reason());
                    leave();
                }
                default -> {}
            }
            world().mayThrow("a board client");
        }

        private void movedItself(Event.Moved moved) {
            Direction way = asked.poll();
            if (way == null) {
                violated("its piece was moved though it asked for nothing");
                return;
            }
            WorldRules rules = board.rules();
            x = Math.clamp(x + dx(way), 0, rules.width() - 1);
            y = Math.clamp(y + dy(way), 0, rules.height() - 1);
            if (moved.x() != x || moved.y() != y) {
                violated(
                        "%s brought its piece to (%d, %d), not to (%d, %d)"
                                .formatted(way, moved.x(), moved.y(), x, y));
            }
            answered |= scene().phase() == Phase.SETTLING && asked.isEmpty();
        }

        private void movedOther(Event.Moved moved) {
            int far =
                    Math.abs(moved.x() - others.x(moved.id()))
                            + Math.abs(moved.y() - others.y(moved.id()));
            if (far != 1) {
                violated("piece %d moved by %d cells at once".formatted(moved.id(), far));
            }
            others.put(moved.id(), moved.x(), moved.y());
        }

        boolean sees(WorldServer server) {
            WorldView now = view;
            if (now == null || ownId < 0) {
                return false;
            }
            int[] count = {0, 0};
            server.forEachPiece(
                    piece -> {
                        if (piece.id() == ownId) {
                            count[1] += piece.x() == x && piece.y() == y ? 0 : 1;
                        } else if (isNear(piece)) {
                            count[0]++;
                            count[1] += others.isAt(piece.id(), piece.x(), piece.y()) ? 0 : 1;
                        }
                    });
            return count[1] == 0 && count[0] == now.others().size();
        }

        private boolean isNear(Piece piece) {
            int radius = board.rules().viewRadius();
            return Math.abs(piece.x() - x) <= radius && Math.abs(piece.y() - y) <= radius;
        }

        @Override
        public void ended(String why) {
            if (why.startsWith("The server contradicts") || why.startsWith("What the server")) {
                violated(why);
            } else if (!leaving && answered && scene().phase() == Phase.SETTLING) {
                violated("was ended although nothing was wrong: " + why);
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
            return isInside()
                    ? "is at (%d, %d) and waits for %d moves".formatted(x, y, asked.size())
                    : "connects";
        }
    }

    private static int dx(Direction way) {
        return switch (way) {
            case LEFT -> -1;
            case RIGHT -> 1;
            default -> 0;
        };
    }

    private static int dy(Direction way) {
        return switch (way) {
            case UP -> -1;
            case DOWN -> 1;
            default -> 0;
        };
    }
}
