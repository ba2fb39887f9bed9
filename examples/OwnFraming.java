import module io.overlapped;
import module io.overlapped.session;

/** Netstrings: the length of a text in digits, a colon, the text, a comma; {@code 5:hello,}. */
record Netstrings(int textBytesMax) implements Framing {
    public int frameBytes(MemorySegment bytes, long start, long end, int seen) {
        int length = 0;
        for (long at = start; at < end; at++) {
            byte b = bytes.get(ValueLayout.JAVA_BYTE, at);
            if (b == ':' && at > start) return (int) (at - start) + 1 + length + 1;
            if (b < '0' || b > '9') return MALFORMED;
            length = 10 * length + b - '0';
            if (length > textBytesMax) return TOO_LONG;
        }
        return INCOMPLETE;
    }

    public int frameBytesMax() {
        return (textBytesMax + ":,").length() + textBytesMax;
    }
}

/** A server that gives every netstring back, and a client of it. */
void main() {
    var framing = new Netstrings(1000);
    var address = new InetSocketAddress("127.0.0.1", 0);
    var answer = new CompletableFuture<String>();
    SessionHandler asking = (_, frame) -> answer.complete(text(frame));
    try (var proactor = Proactor.start();
            var server =
                    SessionServer.open(proactor, address, framing, Limits.library(), new Echo());
            var client = SessionClient.open(proactor, Limits.client(), asking)) {
        Session session = client.connect(server.address(), framing);
        client.execute(() -> session.sendFrames(MemorySegment.ofArray("5:hello,".getBytes())));
        IO.println(answer.join());
    }
}

class Echo implements SessionHandler {
    @Override
    public void opened(Session session) {
        session.authenticated(); // nobody has to log in here
    }

    @Override
    public void received(Session session, MemorySegment frame) {
        session.sendFrames(frame);
    }
}

String text(MemorySegment frame) {
    return new String(frame.toArray(ValueLayout.JAVA_BYTE));
}
