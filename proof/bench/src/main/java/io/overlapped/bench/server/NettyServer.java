package io.overlapped.bench.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.overlapped.bench.Content;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Peer: Netty with one event loop, on any of its transports; or with two, the first of which
 * accepts and hands over in turn.
 */
final class NettyServer {
    private static final String LIMITED = "+limited";

    private final Mode mode;
    private final List<Channel> subscribers = new ArrayList<>();

    /** Netty's own way: what comes and what leaves is timed, by one timer each a channel. */
    private static void limit(ChannelPipeline pipeline) {
        int seconds = (int) Launch.LIMIT.toSeconds();
        pipeline.addLast(new ReadTimeoutHandler(seconds), new WriteTimeoutHandler(seconds));
    }

    private NettyServer(Mode mode) {
        this.mode = mode;
    }

    public static void main(String[] args) {
        boolean limited = args[0].endsWith(LIMITED);
        NettyTransport transport = NettyTransport.valueOf(args[0].replace(LIMITED, ""));
        int loops = args.length > 2 ? Integer.parseInt(args[1]) : 1;
        var server = new NettyServer(Mode.of(args[args.length - 1]));
        var bootstrap =
                new ServerBootstrap()
                        .group(new MultiThreadIoEventLoopGroup(loops, transport.handlers()))
                        .channel(transport.serverChannel())
                        .option(ChannelOption.SO_BACKLOG, Launch.BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        if (limited) {
                                            limit(channel.pipeline());
                                        }
                                        channel.pipeline().addLast(server.new Connection());
                                    }
                                });
        transport.configure(bootstrap);
        Channel listener = bootstrap.bind(Launch.anyPort()).syncUninterruptibly().channel();
        Launch.ready(((InetSocketAddress) listener.localAddress()).getPort());
        listener.closeFuture().syncUninterruptibly();
    }

    // What fails comes to exceptionCaught: that is what a void promise is for.
    @SuppressWarnings("FutureReturnValueIgnored")
    private final class Connection extends ChannelInboundHandlerAdapter {
        private boolean named;
        private long received;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var bytes = (ByteBuf) message;
            switch (mode) {
                case ECHO -> context.write(bytes, context.voidPromise());
                case SINK -> discard(context, bytes);
                case SOURCE -> {
                    bytes.release();
                    pour(context);
                }
                case FAN -> fan(context, bytes);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        private void discard(ChannelHandlerContext context, ByteBuf bytes) {
            int mark = Content.markIn(received, bytes.readableBytes());
            received += bytes.readableBytes();
            if (mark >= 0) {
                ByteBuf answer = bytes.slice(bytes.readerIndex() + mark, 1);
                context.write(answer, context.voidPromise());
            } else {
                bytes.release();
            }
        }

        private void pour(ChannelHandlerContext context) {
            while (context.channel().isWritable()) {
                ByteBuf content = Unpooled.wrappedBuffer(Content.period());
                context.write(content, context.voidPromise());
            }
            context.flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (mode == Mode.SOURCE) {
                pour(context);
            }
        }

        private void fan(ChannelHandlerContext context, ByteBuf bytes) {
            if (!named) {
                named = true;
                if (bytes.getByte(bytes.readerIndex()) == Mode.SUBSCRIBER) {
                    subscribers.add(context.channel());
                }
                context.write(bytes, context.voidPromise());
                return;
            }
            for (Channel subscriber : subscribers) {
                subscriber.writeAndFlush(bytes.retainedDuplicate(), subscriber.voidPromise());
            }
            bytes.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable reason) {
            subscribers.remove(context.channel());
            context.close();
        }
    }
}
