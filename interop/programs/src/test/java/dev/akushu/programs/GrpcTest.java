package dev.akushu.programs;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.programs.snippets.GrpcSnippet;
import dev.akushu.tls.TlsSession;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** gRPC over Netty, with Akushu at one end or both. */
@Timeout(60)
class GrpcTest {
    private static final byte[] BODY = JdkClient.tenMegabytes();
    private static final int LONGEST_MESSAGE = 16 << 20;

    private final GrpcEcho echo = new GrpcEcho();

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true"})
    void echoesTenMegabytesUnderMutualTlsAndResumesWhenItReconnects(boolean clientIsAkushu, boolean serverIsAkushu)
            throws Exception {
        CountingTrust trust = Contexts.trust();
        CountingTrust trustOfClients = Contexts.trust();
        SslContext context = NettyContexts.client(clientIsAkushu ? Contexts.AKUSHU : null, Pki.SHARED.client(), trust);
        Server server = serve(
                NettyContexts.server(serverIsAkushu ? Contexts.AKUSHU : null, ClientAuth.REQUIRE, trustOfClients));
        ManagedChannel channel = channel(context, "localhost", server.getPort());
        try {
            for (boolean resumed : new boolean[] {false, true}) {
                SSLSession atClient = assertUnary(channel);
                SSLSession atServer = echo.sessions().getLast();
                assertThat(atServer.getPeerPrincipal().getName()).isEqualTo("CN=client");
                if (clientIsAkushu) {
                    assertSession(atClient, resumed);
                }
                if (serverIsAkushu) {
                    assertSession(atServer, resumed);
                }
                channel.enterIdle();
            }
            assertThat(trust.asked()).isEqualTo(1);
            assertThat(trustOfClients.asked()).isEqualTo(1);
        } finally {
            stop(channel, server);
        }
    }

    @Test
    void streamsBothWays() throws Exception {
        Server server = serve(NettyContexts.server(ClientAuth.NONE));
        ManagedChannel channel =
                channel(NettyContexts.client(Contexts.AKUSHU, null, Contexts.trust()), "localhost", server.getPort());
        try {
            Answers answers = new Answers();
            StreamObserver<byte[]> requests =
                    ClientCalls.asyncBidiStreamingCall(channel.newCall(GrpcEcho.STREAM, CallOptions.DEFAULT), answers);
            for (int i = 0; i < 10; i++) {
                requests.onNext(new byte[] {(byte) i});
            }
            requests.onNext(BODY);
            requests.onCompleted();
            List<byte[]> messages = answers.done.get(30, SECONDS);
            assertThat(messages).hasSize(11);
            for (int i = 0; i < 10; i++) {
                assertThat(messages.get(i)).containsExactly(i);
            }
            assertThat(messages.getLast()).isEqualTo(BODY);
        } finally {
            stop(channel, server);
        }
    }

    @Test
    void refusesAHostThatTheCertificateDoesNotName() throws Exception {
        Server server = serve(NettyContexts.server(ClientAuth.NONE));
        ManagedChannel channel = channel(
                NettyContexts.client(Contexts.AKUSHU, null, Contexts.trust()), Facts.OTHER_LOOPBACK, server.getPort());
        try {
            assertThatThrownBy(() -> unary(channel, new byte[1]))
                    .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
                        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                        assertThat(refused.getCause())
                                .hasMessageContainingAll("does not name 127.0.0.2", "localhost", "127.0.0.1");
                    });
        } finally {
            stop(channel, server);
        }
    }

    @Test
    void saysThatTheServerWantsACertificate() throws Exception {
        Server server = serve(NettyContexts.server(ClientAuth.REQUIRE));
        ManagedChannel channel =
                channel(NettyContexts.client(Contexts.AKUSHU, null, Contexts.trust()), "localhost", server.getPort());
        try {
            assertThatThrownBy(() -> unary(channel, new byte[1]))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasStackTraceContaining("certificate_required");
            assertThat(echo.sessions()).isEmpty();
        } finally {
            stop(channel, server);
        }
    }

    @Test
    void lateTicketsAndKeyUpdatesDoNotDisturbAndACutIsNoticedAndMended() throws Exception {
        CountingTrust trust = Contexts.trust();
        Server server = serve(null);
        try (WaywardRelay relay = new WaywardRelay(Pki.SHARED.server(), server.getPort(), "h2")) {
            ManagedChannel channel =
                    channel(NettyContexts.client(Contexts.AKUSHU, null, trust), "localhost", relay.port());
            try {
                assertUnary(channel);
                Answers answers = new Answers();
                StreamObserver<byte[]> requests = ClientCalls.asyncBidiStreamingCall(
                        channel.newCall(GrpcEcho.STREAM, CallOptions.DEFAULT), answers);
                requests.onNext(new byte[1]);
                assertThat(answers.first.get(30, SECONDS)).hasSize(1);
                relay.cut();
                assertThatThrownBy(() -> answers.done.get(30, SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .hasMessageContaining("UNAVAILABLE");
                assertSession(assertUnary(channel), true);
                assertThat(relay.sessions()).extracting(TlsSession::resumed).containsExactly(false, true);
                assertThat(trust.asked()).isEqualTo(1);
            } finally {
                stop(channel, server);
            }
        }
    }

    @Test
    void aChannelThatIsShutDownEndsWithCloseNotify() throws Exception {
        Server server = serve(null);
        try (WaywardRelay relay = new WaywardRelay(Pki.SHARED.server(), server.getPort(), "h2")) {
            ManagedChannel channel =
                    channel(NettyContexts.client(Contexts.AKUSHU, null, Contexts.trust()), "localhost", relay.port());
            try {
                assertUnary(channel);
                channel.shutdown();
                assertThat(relay.awaitEnd()).isEqualTo("close_notify");
                assertThat(relay.failures()).isEmpty();
            } finally {
                stop(channel, server);
            }
        }
    }

    @Test
    void aServerThatIsShutDownEndsWithCloseNotify() throws Exception {
        Server server = serve(NettyContexts.server(ClientAuth.NONE));
        try (WaywardClient client = new WaywardClient(server.getPort(), "h2")) {
            server.shutdown();
            client.awaitCloseNotify();
        } finally {
            server.shutdownNow().awaitTermination(10, SECONDS);
        }
    }

    /** Why the snippet goes another way: if this fails, gRPC has learnt the name, and the snippet can be simpler. */
    @Test
    void theBuilderOfGrpcItselfKnowsNoAkushu() throws Exception {
        SslContextBuilder builder = SslContextBuilder.forClient();
        assertThatThrownBy(() -> GrpcSslContexts.configure(builder, Contexts.AKUSHU))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Unknown provider");
    }

    @Test
    void theSnippetMakesBothEnds() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(Pki.SHARED.trustStore());
        Server server = GrpcSnippet.server(
                        0, Contexts.factory(Pki.SHARED.server().keyStore("key")))
                .addService(echo.service())
                .build()
                .start();
        ManagedChannel channel =
                GrpcSnippet.channel("localhost", server.getPort(), trust).build();
        try {
            assertThat(unary(channel, new byte[] {1, 2, 3})).containsExactly(1, 2, 3);
            assertSession(echo.sessions().getLast(), false);
        } finally {
            stop(channel, server);
        }
    }

    private Server serve(@Nullable SslContext context) throws Exception {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress(0))
                .maxInboundMessageSize(LONGEST_MESSAGE)
                .addService(echo.service());
        if (context != null) {
            builder.sslContext(context);
        }
        return builder.build().start();
    }

    private static ManagedChannel channel(SslContext context, String host, int port) {
        return NettyChannelBuilder.forAddress(host, port)
                .sslContext(context)
                .maxInboundMessageSize(LONGEST_MESSAGE)
                .build();
    }

    private static void stop(ManagedChannel channel, Server server) throws InterruptedException {
        channel.shutdownNow().awaitTermination(10, SECONDS);
        server.shutdownNow().awaitTermination(10, SECONDS);
    }

    private static byte[] unary(ManagedChannel channel, byte[] message) {
        return ClientCalls.blockingUnaryCall(channel, GrpcEcho.UNARY, CallOptions.DEFAULT, message);
    }

    private static SSLSession assertUnary(ManagedChannel channel) throws Exception {
        ClientCall<byte[], byte[]> call = channel.newCall(GrpcEcho.UNARY, CallOptions.DEFAULT);
        assertThat(ClientCalls.futureUnaryCall(call, BODY).get(30, SECONDS)).isEqualTo(BODY);
        return call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    }

    private static void assertSession(SSLSession session, boolean resumed) {
        assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
        assertThat(Facts.of(session).applicationProtocol()).isEqualTo("h2");
        assertThat(Facts.of(session).resumed()).isEqualTo(resumed);
    }

    private static final class Answers implements StreamObserver<byte[]> {
        private final List<byte[]> messages = new ArrayList<>();
        private final CompletableFuture<byte[]> first = new CompletableFuture<>();
        private final CompletableFuture<List<byte[]>> done = new CompletableFuture<>();

        @Override
        public void onNext(byte[] message) {
            messages.add(message);
            first.complete(message);
        }

        @Override
        public void onError(Throwable failure) {
            first.completeExceptionally(failure);
            done.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            done.complete(messages);
        }
    }
}
