package io.overlapped.conformance;

import io.overlapped.Options;
import io.overlapped.Proactor;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.concurrent.ExecutionException;

/** Where a test runs: this machine, or a simulated one. */
interface Machine {
    Proactor open(Options options);

    Peer connect(InetSocketAddress address);

    int descriptors();

    /** Ends what {@link #connect} has opened. */
    void close();

    /** The machine that these tests run on. */
    final class Real implements Machine {
        static {
            openWhatTheJdkKeeps();
        }

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

        /** The first socket that is closed leaves a descriptor that no test is to count. */
        private static void openWhatTheJdkKeeps() {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            try (var server = AsynchronousServerSocketChannel.open();
                    var client = AsynchronousSocketChannel.open()) {
                server.bind(new InetSocketAddress(loopback, 0));
                client.connect(server.getLocalAddress()).get();
            } catch (IOException | ExecutionException | InterruptedException e) {
                throw new IllegalStateException("no loopback", e);
            }
        }
    }
}
