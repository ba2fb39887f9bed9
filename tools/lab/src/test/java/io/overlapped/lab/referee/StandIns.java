package io.overlapped.lab.referee;

/** The stand-ins for models, for tests of the other packages. */
public final class StandIns {
    public static final String RIGHT = StandIn.RIGHT;
    public static final String REFUSES = StandIn.REFUSES;

    private StandIns() {}

    public static ModelCommand command() {
        return StandIn.command();
    }
}
