package dev.akushu.bench.stack;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;

/** A provider of JSSE. */
public final class JsseStack implements Stack {
    private static final int LONGEST_PACKET = 1 << 15;
    private static final String[] SUITES = {"TLS_AES_128_GCM_SHA256"};

    private final Kind kind;
    private final Provider provider;

    /** What one must know of a provider. */
    public enum Kind {
        /** The JDK's. */
        SUN,
        /** BouncyCastle's. */
        BOUNCY_CASTLE,
        /** Google's, over BoringSSL. */
        CONSCRYPT
    }

    /** By {@code provider}, which must be installed if it has a trust manager of its own. */
    public JsseStack(Kind kind, Provider provider) {
        this.kind = kind;
        this.provider = provider;
    }

    @Override
    public Optional<String> lack(Scenario scenario) {
        return switch (kind) {
            case SUN ->
                scenario == Scenario.HYBRID ? Optional.of("SunJSSE 25 has no X25519MLKEM768") : Optional.empty();
            case BOUNCY_CASTLE ->
                scenario == Scenario.RESUMED ? Optional.of("BCJSSE resumes no TLS 1.3") : Optional.empty();
            case CONSCRYPT -> Optional.empty();
        };
    }

    @Override
    public Ends open(Scenario scenario, Servers servers, X509Certificate trusted)
            throws GeneralSecurityException, IOException {
        // BCJSSE sends a share of its first group only if told so; to SSLParameters it listens for what it supports.
        System.setProperty("org.bouncycastle.jsse.client.earlyKeyShares", scenario.groupName());
        System.setProperty("jdk.tls.server.newSessionTicketCount", String.valueOf(Stack.tickets()));
        SSLContext client = context(null, trust(trusted).getTrustManagers());
        if (!scenario.isResumed()) {
            client.getClientSessionContext().setSessionCacheSize(1);
        }
        TurningKeys keys = new TurningKeys(servers.all());
        SSLContext server = context(new KeyManager[] {keys}, null);
        return new ContextEnds(scenario, client, server, keys);
    }

    private SSLContext context(KeyManager @Nullable [] keys, TrustManager @Nullable [] trust)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3", provider);
        context.init(keys, trust, null);
        return context;
    }

    private TrustManagerFactory trust(X509Certificate trusted) throws GeneralSecurityException, IOException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX", provider);
        trust.init(Servers.trustStore(trusted));
        return trust;
    }

    private final class ContextEnds implements Ends, ServerHandlers {
        private final Scenario scenario;
        private final SSLContext client;
        private final SSLContext server;
        private final TurningKeys keys;

        ContextEnds(Scenario scenario, SSLContext client, SSLContext server, TurningKeys keys) {
            this.scenario = scenario;
            this.client = client;
            this.server = server;
            this.keys = keys;
        }

        @Override
        public End client(int port) throws SSLException {
            return end(set(client.createSSLEngine(Servers.HOST, port), true));
        }

        @Override
        public End server(int number) throws SSLException {
            keys.turnTo(number);
            return end(set(server.createSSLEngine(), false));
        }

        @Override
        public SslHandler handler(ByteBufAllocator allocator) {
            keys.turnTo(0);
            return new SslHandler(set(server.createSSLEngine(), false));
        }

        private End end(SSLEngine engine) throws SSLException {
            return kind == Kind.CONSCRYPT ? new ConscryptEnd(engine) : new JsseEnd(engine);
        }

        private SSLEngine set(SSLEngine engine, boolean isClient) {
            engine.setUseClientMode(isClient);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3"});
            if (kind == Kind.CONSCRYPT) {
                Conscrypt.setUseSessionTickets(engine, Stack.tickets() > 0);
            } else {
                parameters.setCipherSuites(SUITES);
            }
            parameters.setNamedGroups(groups());
            if (isClient) {
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            }
            engine.setSSLParameters(parameters);
            return engine;
        }

        private String[] groups() {
            // BCJSSE takes a certificate on P-256 only if that is among the groups; it sends one share all the same.
            return kind == Kind.BOUNCY_CASTLE
                    ? new String[] {scenario.groupName(), "secp256r1"}
                    : new String[] {scenario.groupName()};
        }

        @Override
        public int count() {
            return keys.count();
        }

        @Override
        public boolean areNative() {
            return kind == Kind.CONSCRYPT;
        }
    }

    private static final class ConscryptEnd extends JsseEnd {
        private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

        /** For what an engine sends last, which nobody reads; not made anew for each, or that would be measured. */
        private static final ThreadLocal<ByteBuffer> LAST =
                ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(LONGEST_PACKET));

        private final SSLEngine engine;

        ConscryptEnd(SSLEngine engine) throws SSLException {
            super(engine);
            this.engine = engine;
        }

        /** Its native memory and its pipe are freed once both directions are closed and nothing waits to be sent. */
        @Override
        public void release() throws SSLException {
            engine.closeOutbound();
            try {
                engine.closeInbound();
            } catch (SSLException _) {
                // No close_notify has come, which does not matter here.
            }
            engine.wrap(NOTHING, LAST.get().clear());
            if (!engine.isOutboundDone() || !engine.isInboundDone()) {
                throw new SSLException("an engine of Conscrypt was not freed");
            }
        }
    }
}
