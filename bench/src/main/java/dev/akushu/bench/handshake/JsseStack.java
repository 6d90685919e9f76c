package dev.akushu.bench.handshake;

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
final class JsseStack implements Stack {
    private static final String[] SUITES = {"TLS_AES_128_GCM_SHA256"};

    private final Kind kind;
    private final Provider provider;

    /** What one must know of a provider. */
    enum Kind {
        SUN("SunJSSE"),
        SUN_WITH_AKUSHU_CURVES("SunJSSE, AkushuCurves first"),
        BOUNCY_CASTLE("BCJSSE"),
        CONSCRYPT("Conscrypt");

        private final String title;

        Kind(String title) {
            this.title = title;
        }
    }

    JsseStack(Kind kind, Provider provider) {
        this.kind = kind;
        this.provider = provider;
    }

    @Override
    public String name() {
        return kind.title;
    }

    @Override
    public Optional<String> lack(Scenario scenario) {
        return switch (kind) {
            case SUN, SUN_WITH_AKUSHU_CURVES ->
                scenario == Scenario.HYBRID ? Optional.of("SunJSSE 25 has no X25519MLKEM768") : Optional.empty();
            case BOUNCY_CASTLE ->
                scenario == Scenario.RESUMED ? Optional.of("BCJSSE resumes no TLS 1.3") : Optional.empty();
            case CONSCRYPT -> Optional.empty();
        };
    }

    @Override
    public Shaker open(Scenario scenario, Servers servers, X509Certificate trusted)
            throws GeneralSecurityException, IOException {
        // BCJSSE sends a share of its first group only if told so; to SSLParameters it listens for what it supports.
        System.setProperty("org.bouncycastle.jsse.client.earlyKeyShares", scenario.groupName());
        SSLContext client = context(null, trust(trusted).getTrustManagers());
        if (!scenario.isResumed()) {
            client.getClientSessionContext().setSessionCacheSize(1);
        }
        TurningKeys keys = new TurningKeys(servers.all());
        SSLContext server = context(new KeyManager[] {keys}, null);
        return new EngineShaker(
                scenario,
                new Made(scenario, client, server, keys),
                servers.all().size());
    }

    private SSLContext context(KeyManager @Nullable [] keys, TrustManager @Nullable [] trust)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3", provider);
        context.init(keys, trust, null);
        return context;
    }

    private TrustManagerFactory trust(X509Certificate trusted) throws GeneralSecurityException, IOException {
        boolean isSun = kind == Kind.SUN || kind == Kind.SUN_WITH_AKUSHU_CURVES;
        TrustManagerFactory trust = isSun
                ? TrustManagerFactory.getInstance("PKIX", "SunJSSE")
                : TrustManagerFactory.getInstance("PKIX", provider);
        trust.init(Servers.trustStore(trusted));
        return trust;
    }

    private final class Made implements Engines {
        private final Scenario scenario;
        private final SSLContext client;
        private final SSLContext server;
        private final TurningKeys keys;
        private final ByteBuffer rest = ByteBuffer.allocateDirect(Wire.ROOM);
        private final ByteBuffer nothing = ByteBuffer.allocateDirect(0);

        Made(Scenario scenario, SSLContext client, SSLContext server, TurningKeys keys) {
            this.scenario = scenario;
            this.client = client;
            this.server = server;
            this.keys = keys;
        }

        @Override
        public SSLEngine client(int port) {
            return set(client.createSSLEngine(Servers.HOST, port), true);
        }

        @Override
        public SSLEngine server(int number) {
            keys.turnTo(number);
            return set(server.createSSLEngine(), false);
        }

        private SSLEngine set(SSLEngine engine, boolean isClient) {
            engine.setUseClientMode(isClient);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3"});
            if (kind == Kind.CONSCRYPT) {
                Conscrypt.setUseSessionTickets(engine, true);
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
        public boolean areNative() {
            return kind == Kind.CONSCRYPT;
        }

        @Override
        public boolean tellLate() {
            return false;
        }

        @Override
        public void release(SSLEngine engine) throws SSLException {
            if (kind != Kind.CONSCRYPT) {
                return;
            }
            // Its native memory and its pipe are freed once both directions are closed and nothing waits to be sent.
            engine.closeOutbound();
            try {
                engine.closeInbound();
            } catch (SSLException _) {
                // No close_notify has come, which does not matter here.
            }
            engine.wrap(nothing, rest.clear());
            if (!engine.isOutboundDone() || !engine.isInboundDone()) {
                throw new SSLException("an engine of Conscrypt was not freed");
            }
        }
    }
}
