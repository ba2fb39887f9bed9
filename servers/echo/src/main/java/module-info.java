import org.jspecify.annotations.NullMarked;

/** Echo servers and clients in three styles. */
@NullMarked
module io.overlapped.echo {
    requires static org.jspecify;
    requires transitive io.overlapped;

    exports io.overlapped.echo;
}
