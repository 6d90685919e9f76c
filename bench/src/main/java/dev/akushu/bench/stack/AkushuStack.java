package dev.akushu.bench.stack;

import dev.akushu.jsse.AkushuContext;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.Identity;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.Crypto;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** Ours. */
public final class AkushuStack implements Stack {
    /** For a few threads that resume, each at a port of its own. */
    private static final int MOST_TICKETS = 16;

    private final Crypto crypto;
    private final boolean isJsse;

    /** @param isJsse whether through our SSLEngine, or {@link dev.akushu.tls.TlsEngine} itself */
    public AkushuStack(Crypto crypto, boolean isJsse) {
        this.crypto = crypto;
        this.isJsse = isJsse;
    }

    @Override
    public Ends open(Scenario scenario, Servers servers, X509Certificate trusted) throws TlsException {
        Policy policy = Policy.MODERN_2026_11
                .withSuites(List.of(CipherSuite.TLS_AES_128_GCM_SHA256))
                .withGroups(List.of(NamedGroup.of(scenario.group())));
        List<TlsServer> all = new ArrayList<>();
        for (Servers.Server server : servers.all()) {
            all.add(TlsServer.builder(Identity.of(server.chain(), server.key(), crypto))
                    .crypto(crypto)
                    .policy(policy)
                    .ticketsPerHandshake(Stack.tickets())
                    .build());
        }
        TlsClient client = TlsClient.builder(Trust.anchors(List.of(trusted), "the benchmark"))
                .crypto(crypto)
                .policy(policy)
                .tickets(TicketStore.inMemory(MOST_TICKETS))
                .build();
        return isJsse ? JsseEnds.of(client, all) : new TlsEnds(client, all);
    }

    private record TlsEnds(TlsClient client, List<TlsServer> all) implements Ends {
        @Override
        public End client(int port) throws TlsException {
            return new TlsEnd(client.engine(Servers.HOST, port));
        }

        @Override
        public End server(int number) throws TlsException {
            return new TlsEnd(all.get(number).engine());
        }

        @Override
        public int count() {
            return all.size();
        }

        @Override
        public boolean areNative() {
            return false;
        }
    }

    private record JsseEnds(SSLContext client, List<SSLContext> all) implements Ends, ServerHandlers {
        static JsseEnds of(TlsClient client, List<TlsServer> servers) throws TlsException {
            List<SSLContext> all = new ArrayList<>();
            for (TlsServer server : servers) {
                all.add(AkushuContext.of(server));
            }
            return new JsseEnds(AkushuContext.of(client), all);
        }

        @Override
        public End client(int port) throws SSLException {
            SSLEngine engine = client.createSSLEngine(Servers.HOST, port);
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
            return new JsseEnd(engine);
        }

        @Override
        public End server(int number) throws SSLException {
            return new JsseEnd(serverEngine(number));
        }

        private SSLEngine serverEngine(int number) {
            SSLEngine engine = all.get(number).createSSLEngine();
            engine.setUseClientMode(false);
            return engine;
        }

        @Override
        public SslHandler handler(ByteBufAllocator allocator) {
            return new SslHandler(serverEngine(0));
        }

        @Override
        public int count() {
            return all.size();
        }

        @Override
        public boolean areNative() {
            return false;
        }
    }
}
