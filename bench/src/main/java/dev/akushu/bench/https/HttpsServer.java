package dev.akushu.bench.https;

import dev.akushu.bench.harness.Warmth;
import dev.akushu.bench.stack.Ends;
import dev.akushu.bench.stack.Scenario;
import dev.akushu.bench.stack.ServerHandlers;
import dev.akushu.bench.stack.ServerHello;
import dev.akushu.bench.stack.Servers;
import dev.akushu.bench.stack.Stack;
import dev.akushu.bench.stack.Stacks;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One JVM with an HTTPS server, one thread. Prints its port, and for each line it reads what it has done until then: full handshakes, resumed ones, requests, nanoseconds of CPU of the whole process. Arguments: stack,
 * scenario, the file of the servers, {@code close} or {@code keep} for the connection after a request.
 */
final class HttpsServer extends ChannelInitializer<Channel> {
    private static final int LONGEST_LINE = 8_192;
    private static final int BODY = 1_024;

    private final Scenario scenario;
    private final ServerHandlers handlers;
    private final boolean closes;
    private final ByteBuf answer;
    private final AtomicLong full = new AtomicLong();
    private final AtomicLong resumed = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();

    private HttpsServer(Scenario scenario, ServerHandlers handlers, boolean closes) {
        this.scenario = scenario;
        this.handlers = handlers;
        this.closes = closes;
        String text = "HTTP/1.1 200 OK\r\nContent-Length: " + BODY + "\r\n" + (closes ? "Connection: close\r\n" : "")
                + "\r\n" + "x".repeat(BODY);
        answer = Unpooled.unreleasableBuffer(Unpooled.directBuffer()
                .writeBytes(text.getBytes(StandardCharsets.US_ASCII))
                .asReadOnly());
    }

    public static void main(String[] arguments) throws Exception {
        Scenario scenario = Scenario.valueOf(arguments[1]);
        // First, since it may install a provider, whose own keys and certificates are then read.
        Stack stack = Stacks.of(arguments[0]);
        Servers servers = Servers.read(Path.of(arguments[2]), 1);
        Ends ends = stack.open(scenario, servers, servers.root());
        HttpsServer server = new HttpsServer(scenario, (ServerHandlers) ends, arguments[3].equals("close"));
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            Channel listener = new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(server)
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .sync()
                    .channel();
            System.out.println(((InetSocketAddress) listener.localAddress()).getPort());
            server.tell();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private void tell() throws IOException {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        while (asked.readLine() != null) {
            System.out.println(full.get()
                    + " "
                    + resumed.get()
                    + " "
                    + requests.get()
                    + " "
                    + system.getProcessCpuTime()
                    + " "
                    + Warmth.compiling());
        }
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.pipeline()
                .addLast(
                        new Watch(),
                        handlers.handler(channel.alloc()),
                        new LineBasedFrameDecoder(LONGEST_LINE),
                        new Answers());
    }

    /** Reads the ServerHello, which goes out first. */
    private final class Watch extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ByteBuf first = (ByteBuf) message;
            ByteBuffer flight = ByteBuffer.allocate(first.readableBytes());
            first.getBytes(first.readerIndex(), flight);
            ServerHello hello = ServerHello.read(flight);
            hello.requireSuiteAndGroup(scenario);
            (hello.isResumed() ? resumed : full).incrementAndGet();
            var _ = context.write(message, promise);
            context.pipeline().remove(this);
        }
    }

    /** An empty line ends a request. */
    private final class Answers extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf line) {
            if (line.isReadable()) {
                return;
            }
            requests.incrementAndGet();
            var sent = context.writeAndFlush(answer.duplicate());
            if (closes) {
                sent.addListener(ChannelFutureListener.CLOSE);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // At the end of a load, connections are cut off.
            var _ = context.close();
        }
    }
}
