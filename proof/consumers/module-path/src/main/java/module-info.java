/** A server as a stranger would write it: it names what it uses, and the drivers are found. */
module org.example.server {
    requires io.overlapped.session;
}
