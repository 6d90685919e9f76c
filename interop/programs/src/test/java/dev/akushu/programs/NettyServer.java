package dev.akushu.programs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Netty's HTTP server, by HTTP/2 or HTTP/1.1 as the client has it. A request is answered by its own body. After one for
 * {@code /bye} the connection is closed as TLS has it; one for {@code /cut} is answered by eight bytes of a body without
 * a length, or with one that is longer after {@code /cut?length=100}, and then the connection is cut without close_notify.
 */
final class NettyServer implements AutoCloseable {
    /** No body is longer. */
    private static final int LONGEST_BODY = 16 << 20;

    private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final List<SSLSession> sessions = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Semaphore failed = new Semaphore(0);
    private final Semaphore closed = new Semaphore(0);
    private final Channel listener;

    private NettyServer(@Nullable SslContext context) throws InterruptedException {
        listener = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (context == null) {
                            http2(channel.pipeline());
                        } else {
                            SslHandler tls = context.newHandler(channel.alloc());
                            // It reads on until then: a socket that is closed with unread bytes in it resets the answer
                            // away.
                            tls.setCloseNotifyReadTimeout(2, TimeUnit.SECONDS);
                            channel.pipeline().addLast(tls, new ByProtocol());
                            channel.closeFuture().addListener(ended -> closed.release());
                        }
                    }
                })
                // All of the loopback interface, so that a client may call it by an address that no certificate names.
                .bind(new InetSocketAddress(0))
                .sync()
                .channel();
    }

    /** Starts on a port of its own. */
    static NettyServer overTls(SslContext context) throws InterruptedException {
        return new NettyServer(context);
    }

    /** A server without TLS that speaks HTTP/2 from the first byte; for what stands between it and the client. */
    static NettyServer plainHttp2() throws InterruptedException {
        return new NettyServer(null);
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Of the connections so far, in the order in which their handshakes were done. */
    List<SSLSession> sessions() {
        return sessions;
    }

    /** Why handshakes failed so far. */
    List<Throwable> failures() {
        return failures;
    }

    /** Waits until one more handshake has failed: the handler hears of it after the channel is closed. */
    void awaitFailure() throws InterruptedException {
        if (!failed.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new AssertionError("no handshake has failed");
        }
    }

    /** Waits until one more connection has ended at both sides. */
    void awaitClose() throws InterruptedException {
        if (!closed.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new AssertionError("no connection has ended");
        }
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static void http2(ChannelPipeline pipeline) {
        pipeline.addLast(
                Http2FrameCodecBuilder.forServer().build(), new Http2MultiplexHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.pipeline()
                                .addLast(
                                        new Http2StreamFrameToHttpObjectCodec(true),
                                        new HttpObjectAggregator(LONGEST_BODY),
                                        new Echo(stream.parent()));
                    }
                }));
    }

    private final class ByProtocol extends ApplicationProtocolNegotiationHandler {
        ByProtocol() {
            super(ApplicationProtocolNames.HTTP_1_1);
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext context, String protocol) {
            ChannelPipeline pipeline = context.pipeline();
            sessions.add(pipeline.get(SslHandler.class).engine().getSession());
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                http2(pipeline);
            } else {
                pipeline.addLast(
                        new HttpServerCodec(), new HttpObjectAggregator(LONGEST_BODY), new Echo(context.channel()));
            }
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
            failures.add(cause);
            failed.release();
            var _ = context.close();
        }
    }

    private static final class Echo extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final Channel connection;

        Echo(Channel connection) {
            this.connection = connection;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            if (request.uri().startsWith("/cut")) {
                cut(context, request.uri().endsWith("?length=100"));
                return;
            }
            FullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    HttpResponseStatus.OK,
                    request.content().retain());
            response.headers()
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
            var written = context.writeAndFlush(response);
            if (request.uri().equals("/bye")) {
                written.addListener(done -> {
                    var _ = connection.close();
                });
            }
        }

        private void cut(ChannelHandlerContext context, boolean withLength) {
            HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            if (withLength) {
                head.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, 100);
            } else {
                head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
            var _ = context.write(head);
            context.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer("half of ", US_ASCII)))
                    // From there on the close does not pass the SslHandler, which would send close_notify.
                    .addListener(done -> {
                        var _ = connection.pipeline().context(SslHandler.class).close();
                    });
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // Whatever it is, the client has to notice by itself.
            var _ = connection.close();
        }
    }
}
