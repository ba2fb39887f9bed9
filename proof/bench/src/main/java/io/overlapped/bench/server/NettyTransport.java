package io.overlapped.bench.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;

/** What a Netty server's bytes travel with. */
enum NettyTransport {
    NIO,
    EPOLL,
    URING,
    /** io_uring with a ring of provided buffers. */
    URING_RING;

    private static final short GROUP = 1;
    private static final short RING_SIZE = 128;
    private static final int COMPLETIONS = 32 * 1024;
    private static final int BATCH = 64;
    private static final int PIECE_BYTES = 64 * 1024;

    IoHandlerFactory handlers() {
        return switch (this) {
            case NIO -> NioIoHandler.newFactory();
            case EPOLL -> EpollIoHandler.newFactory();
            case URING -> IoUringIoHandler.newFactory(config());
            case URING_RING -> IoUringIoHandler.newFactory(withRing());
        };
    }

    /** Room for completions of all connections: its default overflows at 9,000. */
    private static IoUringIoHandlerConfig config() {
        return new IoUringIoHandlerConfig().setCqSize(COMPLETIONS);
    }

    private static IoUringIoHandlerConfig withRing() {
        return config().setBufferRingConfig(
                        IoUringBufferRingConfig.builder()
                                .bufferGroupId(GROUP)
                                .bufferRingSize(RING_SIZE)
                                .batchSize(BATCH)
                                .batchAllocation(false)
                                .allocator(new IoUringFixedBufferRingAllocator(PIECE_BYTES))
                                .build());
    }

    Class<? extends ServerChannel> serverChannel() {
        return switch (this) {
            case NIO -> NioServerSocketChannel.class;
            case EPOLL -> EpollServerSocketChannel.class;
            case URING, URING_RING -> IoUringServerSocketChannel.class;
        };
    }

    void configure(ServerBootstrap bootstrap) {
        if (this == URING_RING) {
            bootstrap.childOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, GROUP);
        }
    }
}
