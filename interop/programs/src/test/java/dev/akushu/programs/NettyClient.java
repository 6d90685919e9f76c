package dev.akushu.programs;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;

/** One HTTP/2 connection of a client that is made of Netty's parts. */
final class NettyClient implements AutoCloseable {
    private static final int LONGEST_BODY = 16 << 20;

    private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final CompletableFuture<String> protocol = new CompletableFuture<>();
    private final CompletableFuture<SslCloseCompletionEvent> end = new CompletableFuture<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final Channel connection;

    private NettyClient(SslContext context, String host, int port) throws InterruptedException {
        connection = new Bootstrap()
                .group(threads)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(context.newHandler(channel.alloc(), host, port), new ByProtocol());
                    }
                })
                .connect(host, port)
                .sync()
                .channel();
    }

    /** Connects and shakes hands; throws what Netty tells of a failure. */
    static NettyClient connect(SslContext context, String host, int port) throws Throwable {
        NettyClient client = new NettyClient(context, host, port);
        try {
            client.protocol.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            client.close();
            throw failed.getCause();
        }
        return client;
    }

    String protocol() {
        return protocol.join();
    }

    SSLSession session() {
        return connection.pipeline().get(SslHandler.class).engine().getSession();
    }

    /** How the connection ended: with close_notify or without. */
    SslCloseCompletionEvent end() throws Exception {
        return end.get(30, TimeUnit.SECONDS);
    }

    /** What went wrong after the handshake. */
    Throwable failure() throws Exception {
        return failure.get(30, TimeUnit.SECONDS);
    }

    /** The body of the answer. */
    byte[] post(String path, byte[] body) throws Exception {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        Http2StreamChannel stream = new Http2StreamChannelBootstrap(connection)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new Http2StreamFrameToHttpObjectCodec(false),
                                        new HttpObjectAggregator(LONGEST_BODY),
                                        new Answer(answer));
                    }
                })
                .open()
                .sync()
                .getNow();
        DefaultFullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, path, Unpooled.wrappedBuffer(body));
        request.headers().set("Host", "localhost");
        var _ = stream.writeAndFlush(request);
        return answer.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        connection.close().syncUninterruptibly();
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class ByProtocol extends ApplicationProtocolNegotiationHandler {
        ByProtocol() {
            super("none");
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext context, String agreed) {
            context.pipeline()
                    .addLast(
                            Http2FrameCodecBuilder.forClient().build(),
                            new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
                            new End());
            protocol.complete(agreed);
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
            protocol.completeExceptionally(cause);
            var _ = context.close();
        }
    }

    private final class End extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslCloseCompletionEvent closed) {
                end.complete(closed);
            }
            context.fireUserEventTriggered(event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failure.complete(cause);
            var _ = context.close();
        }
    }

    private static final class Answer extends SimpleChannelInboundHandler<FullHttpResponse> {
        private final CompletableFuture<byte[]> answer;

        Answer(CompletableFuture<byte[]> answer) {
            this.answer = answer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            answer.complete(ByteBufUtil.getBytes(response.content()));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.completeExceptionally(new ClosedChannelException());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.completeExceptionally(cause);
        }
    }
}
