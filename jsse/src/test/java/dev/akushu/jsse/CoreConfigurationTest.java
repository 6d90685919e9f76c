package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.EarlyDataReport;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Identity;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.Policy;
import dev.akushu.tls.Problem;
import dev.akushu.tls.PskSource;
import dev.akushu.tls.TicketKeySource;
import dev.akushu.tls.TicketKeys;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Contexts that are made from the core's configurations and have no managers. */
class CoreConfigurationTest {
    private static SSLContext client() throws Exception {
        return AkushuContext.of(TlsClient.builder(Contexts.trust()).build());
    }

    private static SSLContext askingForCertificates(ClientAuthentication asked) throws Exception {
        return AkushuContext.builder()
                .server(TlsServer.builder(Contexts.identity())
                        .clientAuthentication(asked, Contexts.trust())
                        .build())
                .olderClients(Contexts.sun("TLS"))
                .build();
    }

    private static SSLEngine serverEngine(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        return engine;
    }

    @Test
    void earlyDataIsRefusedSinceJsseCouldNotTellItFromOther() throws Exception {
        TlsServer config =
                TlsServer.builder(Contexts.identity()).earlyData(16_384).build();
        TlsClient client = TlsClient.builder(Contexts.trust()).build();
        assertThat(outcomes(client, config, null))
                .as("the core's server, for comparison, whose ticket allows early data")
                .containsExactly(EarlyDataOutcome.NO_TICKET, EarlyDataOutcome.NOT_OFFERED);
        SSLContext context = AkushuContext.of(config);
        assertThat(outcomes(client, config, context))
                .containsExactly(EarlyDataOutcome.REFUSED_BY_SERVER, EarlyDataOutcome.TURNED_OFF);
        // The tickets of the context itself allow none.
        client.tickets().clear();
        assertThat(outcomes(client, config, context))
                .containsExactly(EarlyDataOutcome.NO_TICKET, EarlyDataOutcome.NOT_OFFERED);
        assertThat(outcomes(client, config, context))
                .containsExactly(EarlyDataOutcome.TICKET_WITHOUT_EARLY_DATA, EarlyDataOutcome.NOT_OFFERED);
    }

    /** What the client and the server, of JSSE if there is a context, say of early data after one connection. */
    private static List<EarlyDataOutcome> outcomes(TlsClient client, TlsServer config, @Nullable SSLContext context)
            throws Exception {
        byte[] data = "early".getBytes(StandardCharsets.US_ASCII);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
                Socket accepted = listener.accept()) {
            CompletableFuture<EarlyDataOutcome> atServer = CompletableFuture.supplyAsync(() -> {
                try {
                    return context == null ? echo(config, accepted, data) : echo(context, accepted, data);
                } catch (Exception failed) {
                    throw new CompletionException(failed);
                }
            });
            TlsEngine engine =
                    client.engine("localhost", 443, EarlyData.of(data).resendIfRefused());
            try (TlsConnection connection =
                    TlsConnection.overSocket(engine, socket, InputStream.nullInputStream(), Duration.ofSeconds(20))) {
                connection.handshake();
                EarlyDataReport report = connection.session().orElseThrow().earlyData();
                assertThat(report.resent()).isTrue();
                assertThat(connection.input().readNBytes(data.length)).isEqualTo(data);
                return List.of(report.outcome(), atServer.get(20, TimeUnit.SECONDS));
            }
        }
    }

    private static EarlyDataOutcome echo(TlsServer config, Socket accepted, byte[] data) throws Exception {
        try (TlsConnection connection = TlsConnection.overSocket(config, accepted)) {
            connection.output().write(connection.input().readNBytes(data.length));
            return connection.session().orElseThrow().earlyData().outcome();
        }
    }

    private static EarlyDataOutcome echo(SSLContext context, Socket accepted, byte[] data) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(accepted, InputStream.nullInputStream(), true)) {
            assertThat(AkushuSession.of(noSession(context)).orElseThrow().earlyData())
                    .isEmpty();
            socket.getOutputStream().write(socket.getInputStream().readNBytes(data.length));
            EarlyDataReport report = AkushuSession.of(socket.getSession())
                    .orElseThrow()
                    .earlyData()
                    .orElseThrow();
            assertThat(report.accepted()).isFalse();
            return report.outcome();
        }
    }

    private static SSLSession noSession(SSLContext context) {
        return context.createSSLEngine().getSession();
    }

    @Test
    void aClientOffersNoEarlyData() throws Exception {
        SSLContext context = client();
        SSLContext server = AkushuContext.of(
                TlsServer.builder(Contexts.identity()).earlyData(16_384).build());
        for (boolean resumed : new boolean[] {false, true}) {
            SSLEngine engine = context.createSSLEngine("localhost", 443);
            new EngineTalk(engine, serverEngine(server)).handshake();
            AkushuSession session = (AkushuSession) engine.getSession();
            assertThat(session.resumed()).isEqualTo(resumed);
            assertThat(session.earlyData()).contains(EarlyDataReport.none());
        }
    }

    @Test
    void thePolicyOfAConfigurationHoldsAndSettingsNarrowIt() throws Exception {
        Policy policy = Policy.MODERN_2026_11
                .withSuites(List.of(CipherSuite.TLS_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384))
                .withGroups(List.of(NamedGroup.SECP384R1, NamedGroup.X25519))
                .withKeyShares(List.of(NamedGroup.SECP384R1));
        SSLContext context = AkushuContext.of(
                TlsServer.builder(Contexts.identity()).policy(policy).build());
        SSLContext client = Contexts.akushu();
        SSLEngine server = serverEngine(context);
        new EngineTalk(client.createSSLEngine("localhost", 443), server).handshake();
        TlsSession facts = ((AkushuSession) server.getSession()).facts().orElseThrow();
        assertThat(facts.suite()).isEqualTo(CipherSuite.TLS_CHACHA20_POLY1305_SHA256);
        assertThat(policy.groups()).contains(facts.group());
        SSLEngine narrowed = serverEngine(context);
        SSLParameters parameters = narrowed.getSSLParameters();
        parameters.setNamedGroups(new String[] {"secp256r1", "secp384r1"});
        parameters.setCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"});
        narrowed.setSSLParameters(parameters);
        new EngineTalk(Contexts.akushu().createSSLEngine("localhost", 443), narrowed).handshake();
        TlsSession less = ((AkushuSession) narrowed.getSession()).facts().orElseThrow();
        assertThat(less.suite()).isEqualTo(CipherSuite.TLS_AES_256_GCM_SHA384);
        assertThat(less.group()).isEqualTo(NamedGroup.SECP384R1);
    }

    @Test
    void aPreSharedKeyMakesNoSessionWhereNoneMayBeMade() throws Exception {
        ExternalPsk psk = ExternalPsk.of("client 7", new byte[32]);
        SSLContext both = AkushuContext.of(
                TlsClient.builder(Contexts.trust()).externalPsks(psk).build(),
                TlsServer.builder(Contexts.identity())
                        .externalPsks(PskSource.of(List.of(psk)))
                        .build());
        SSLContext keyAlone = AkushuContext.of(
                TlsClient.pskBuilder(psk).build(),
                TlsServer.pskBuilder(PskSource.of(List.of(psk))).build());
        for (SSLContext context : List.of(both, keyAlone)) {
            SSLEngine server = serverEngine(context);
            new EngineTalk(context.createSSLEngine("localhost", 443), server).handshake();
            assertThat(((AkushuSession) server.getSession())
                            .facts()
                            .orElseThrow()
                            .externalPsk())
                    .isEqualTo(psk.identity());
            for (boolean atClient : new boolean[] {true, false}) {
                SSLEngine refusing = atClient ? context.createSSLEngine("localhost", 443) : serverEngine(context);
                refusing.setEnableSessionCreation(false);
                EngineTalk talk = atClient
                        ? new EngineTalk(refusing, serverEngine(context))
                        : new EngineTalk(context.createSSLEngine("localhost", 443), refusing);
                assertThatThrownBy(talk::handshake).isInstanceOf(SSLHandshakeException.class);
                if (!atClient || context == both) {
                    assertThat(((AkushuSession) refusing.getSession())
                                    .failure()
                                    .orElseThrow()
                                    .problem())
                            .isEqualTo(Problem.NO_NEW_SESSIONS);
                }
            }
        }
    }

    @Test
    void aTicketBesideAPreSharedKeyIsResumedWhereNoSessionMayBeMade() throws Exception {
        ExternalPsk psk = ExternalPsk.of("client 7", new byte[32]);
        TlsServer withoutKey = TlsServer.builder(Contexts.identity()).build();
        SSLContext first = AkushuContext.of(withoutKey);
        SSLContext second = AkushuContext.of(
                withoutKey.toBuilder().externalPsks(PskSource.of(List.of(psk))).build());
        SSLContext client = AkushuContext.of(
                TlsClient.builder(Contexts.trust()).externalPsks(psk).build());
        for (boolean atClient : new boolean[] {true, false}) {
            new EngineTalk(client.createSSLEngine("localhost", 443), serverEngine(first)).handshake();
            SSLEngine resuming = client.createSSLEngine("localhost", 443);
            SSLEngine resumed = serverEngine(second);
            (atClient ? resuming : resumed).setEnableSessionCreation(false);
            new EngineTalk(resuming, resumed).handshake();
            assertThat(((AkushuSession) resumed.getSession()).resumed()).isTrue();
        }
    }

    @Test
    void aClientEngineWithoutAHostHasNothingToCheckAndRefuses() throws Exception {
        SSLEngine nameless = client().createSSLEngine();
        SSLParameters parameters = nameless.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        nameless.setSSLParameters(parameters);
        EngineTalk talk = new EngineTalk(
                nameless,
                Contexts.akushu(
                                Contexts.shared().keyManagers(Contexts.EC, "evil.example"),
                                Contexts.shared().trustManagers())
                        .createSSLEngine());
        assertThatThrownBy(talk::handshake)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContainingAll("host", "createSSLEngine(host, port)", "serverName");
    }

    @Test
    void aClientSocketWithoutAHostHasNothingToCheckAndRefuses() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket plain = new Socket(InetAddress.getLoopbackAddress(), listening.getLocalPort());
                SSLSocket nameless = (SSLSocket) client().getSocketFactory().createSocket(plain, null, 443, true)) {
            assertThatThrownBy(nameless::startHandshake)
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("createSocket(socket, host, port, autoClose)");
        }
    }

    @Test
    void aNameThatTheProgramAsksForIsTheOneThatIsChecked() throws Exception {
        for (String name : List.of("localhost", "other.example")) {
            SSLEngine engine = client().createSSLEngine();
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            engine.setSSLParameters(parameters);
            EngineTalk talk = new EngineTalk(engine, Contexts.akushu().createSSLEngine());
            if (name.equals("localhost")) {
                assertThat(talk.handshake().client().finishedCount()).isEqualTo(1);
            } else {
                assertThatThrownBy(talk::handshake)
                        .isInstanceOf(SSLHandshakeException.class)
                        .hasMessageContaining(name);
            }
        }
    }

    /** Clients of either version are refused, whatever says that the program needs no certificate. */
    @Test
    void theCertificateThatAServerRequiresStaysRequiredOfAllClients() throws Exception {
        SSLContext required = askingForCertificates(ClientAuthentication.REQUIRED);
        SSLContext older = Contexts.sunWithTls12Only(null, Contexts.shared().trustManagers());
        SSLContext current = Contexts.sun(null, Contexts.shared().trustManagers());
        for (SSLContext anonymous : List.of(older, current)) {
            SSLEngine byParameters = serverEngine(required);
            byParameters.setSSLParameters(new SSLParameters());
            SSLEngine byNeed = serverEngine(required);
            byNeed.setNeedClientAuth(false);
            SSLEngine byWant = serverEngine(required);
            byWant.setWantClientAuth(false);
            SSLEngine byWish = serverEngine(required);
            byWish.setWantClientAuth(true);
            SSLEngine byWishInParameters = serverEngine(required);
            SSLParameters wanting = new SSLParameters();
            wanting.setWantClientAuth(true);
            byWishInParameters.setSSLParameters(wanting);
            for (SSLEngine refusing : List.of(byParameters, byNeed, byWant, byWish, byWishInParameters)) {
                assertThat(refusing.getNeedClientAuth()).isTrue();
                assertThat(refusing.getSSLParameters().getNeedClientAuth()).isTrue();
                SSLEngine client = anonymous.createSSLEngine("localhost", 443);
                client.setUseClientMode(true);
                EngineTalk talk = new EngineTalk(client, refusing);
                assertThatThrownBy(talk::handshake).isInstanceOf(SSLHandshakeException.class);
                assertThat(talk.server().finishedCount()).isZero();
            }
        }
    }

    @Test
    void aCertificateThatAServerWantsCanBeMadeARequirement() throws Exception {
        SSLEngine server = serverEngine(askingForCertificates(ClientAuthentication.WANTED));
        server.setNeedClientAuth(true);
        SSLContext anonymous = Contexts.akushu(null, Contexts.shared().trustManagers());
        EngineTalk talk = new EngineTalk(anonymous.createSSLEngine("localhost", 443), server);
        assertThatThrownBy(talk::handshake).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void theCertificateThatAServerWantsStaysWanted() throws Exception {
        SSLContext wanting = askingForCertificates(ClientAuthentication.WANTED);
        for (SSLContext showing : List.of(Contexts.sunWithTls12Only(), Contexts.sun())) {
            SSLEngine server = serverEngine(wanting);
            server.setSSLParameters(new SSLParameters());
            assertThat(server.getWantClientAuth()).isTrue();
            SSLEngine client = showing.createSSLEngine("localhost", 443);
            client.setUseClientMode(true);
            new EngineTalk(client, server).handshake();
            assertThat(server.getSession().getPeerCertificates()).isNotEmpty();
        }
    }

    @Test
    void aResumptionKnowsTheServersCertificateAndTheApplicationItsOwnTicketData() throws Exception {
        Bytes own = Bytes.ofAscii("of the application");
        Set<Bytes> asked = new HashSet<>();
        SSLContext context = AkushuContext.of(TlsServer.builder(Contexts.identity())
                .ticketData(session -> own)
                .ticketDataAccepted(data -> asked.add(data) || data.equals(own))
                .build());
        SSLContext client = Contexts.akushu();
        for (boolean resumed : new boolean[] {false, true, true}) {
            SSLEngine server = serverEngine(context);
            new EngineTalk(client.createSSLEngine("localhost", 443), server).handshake();
            TlsSession facts = ((AkushuSession) server.getSession()).facts().orElseThrow();
            assertThat(facts.resumed()).isEqualTo(resumed);
            assertThat(facts.ticketData()).isEqualTo(resumed ? own : Bytes.empty());
            assertThat(server.getSession().getLocalCertificates()).hasSize(2);
            // Without what the session itself knows, as after a restart of the cache.
            context.getServerSessionContext().setSessionCacheSize(1);
            new EngineTalk(Contexts.akushu().createSSLEngine("localhost", 443), serverEngine(context)).handshake();
        }
        assertThat(asked).containsExactly(own);
    }

    @Test
    void serversWithTheSameTicketKeysResumeEachOthersSessions() throws Exception {
        TicketKeySource shared = TicketKeys.rotating();
        SSLContext client = Contexts.akushu();
        Identity identity = Contexts.identity();
        for (boolean resumed : new boolean[] {false, true, true}) {
            SSLContext another = AkushuContext.of(
                    TlsServer.builder(identity).ticketKeys(shared).build());
            SSLEngine server = serverEngine(another);
            new EngineTalk(client.createSSLEngine("localhost", 443), server).handshake();
            assertThat(((AkushuSession) server.getSession()).resumed()).isEqualTo(resumed);
        }
    }

    @Test
    void aServersOwnRuleAboutTicketsHoldsInJsseToo() throws Exception {
        SSLContext context = AkushuContext.of(TlsServer.builder(Contexts.identity())
                .ticketDataAccepted(data -> false)
                .build());
        SSLContext client = Contexts.akushu();
        SSLEngine server = serverEngine(context);
        new EngineTalk(client.createSSLEngine("localhost", 443), serverEngine(context)).handshake();
        new EngineTalk(client.createSSLEngine("localhost", 443), server).handshake();
        assertThat(((AkushuSession) server.getSession()).facts().orElseThrow().notResumed())
                .isEqualTo(NotResumed.REFUSED_BY_APPLICATION);
    }
}
