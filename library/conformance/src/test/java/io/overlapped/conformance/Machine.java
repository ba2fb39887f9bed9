package io.overlapped.conformance;

import io.overlapped.Options;
import io.overlapped.Proactor;
import java.io.File;
import java.net.InetSocketAddress;

/** Where a test runs: this machine, or a simulated one. */
interface Machine {
    Proactor open(Options options);

    Peer connect(InetSocketAddress address);

    int descriptors();

    /** Ends what {@link #connect} has opened. */
    void close();

    /** The machine that these tests run on. */
    final class Real implements Machine {
        @Override
        public Proactor open(Options options) {
            return Proactor.open(options);
        }

        @Override
        public Peer connect(InetSocketAddress address) {
            return new SocketPeer(address);
        }

        @Override
        public int descriptors() {
            String[] open = new File("/proc/self/fd").list();
            return open == null ? 0 : open.length;
        }

        @Override
        public void close() {}
    }
}
