import org.jspecify.annotations.NullMarked;

/** The {@code overlapped} command. */
@NullMarked
module io.overlapped.cli {
    requires static org.jspecify;
    requires info.picocli;
    requires io.overlapped;
    requires io.overlapped.chat;
    requires io.overlapped.echo;
    requires io.overlapped.lab;
    requires io.overlapped.simulate;
    requires io.overlapped.web;
    requires io.overlapped.world;
    requires java.logging;
    requires org.jline.reader;

    opens io.overlapped.cli to
            info.picocli;
}
