package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsHandshake;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What those who take part in a handshake's decisions can know of it, and when. */
class KnownMeanwhileTest {
    private static final Issued ME = Ends.PKI.leaf(TestKey.P256, "me.example");

    private final TlsClient.Builder client = Ends.client().applicationProtocols("two", "one");
    private final TlsServer.Builder server = Ends.server().applicationProtocols("one", "two");
    private final Watched ofClient = new Watched();
    private final Watched ofServer = new Watched();

    @Test
    void aClientThatJudgesKnowsWhatTheServerHasChosenAndShown() throws TlsException {
        TlsHandshake known = connected().client().at(TraceEvent.PeerChainVerified.class);

        assertThat(known.suite()).isEqualTo(CipherSuite.TLS_AES_128_GCM_SHA256);
        assertThat(known.serverName()).isEqualTo("localhost");
        assertThat(known.applicationProtocol()).isEqualTo("one");
        assertThat(known.peerCertificates()).isEqualTo(Ends.LEAF.chainDer());
        assertThat(known.peerSchemes()).as("nobody asked for a certificate").isEmpty();
        assertThat(known.localCertificates()).isEmpty();
    }

    @Test
    void aClientThatChoosesItsIdentityKnowsWhatTheServerAccepts() throws TlsException {
        List<TlsHandshake> known = new ArrayList<>();
        client.identities(request -> {
            known.add(ofClient.now());
            return Optional.of(ME.identity());
        });
        askForCertificate();
        connected();

        assertThat(known).singleElement().satisfies(then -> {
            assertThat(then.peerSchemes()).contains(SignatureScheme.ED25519);
            assertThat(then.peerCertificateSchemes()).contains(SignatureScheme.RSA_PKCS1_SHA256);
            assertThat(then.localCertificates()).isEmpty();
        });
    }

    @Test
    void bothKnowTheClientsCertificateOnceItWasShown() throws TlsException {
        client.identity(ME.identity());
        askForCertificate();
        Both both = connected();

        assertThat(both.client().at(TraceEvent.HandshakeDone.class).localCertificates())
                .isEqualTo(ME.chainDer());
        assertThat(both.server().at(TraceEvent.PeerChainVerified.class).peerCertificates())
                .isEqualTo(ME.chainDer());
    }

    @Test
    void aServerThatSignsKnowsWhatTheClientWantsAndWhatItSpeaks() throws TlsException {
        TlsHandshake known = connected().server().at(TraceEvent.ProofOfKey.class);

        assertThat(known.serverName()).isEqualTo("localhost");
        assertThat(known.applicationProtocol()).isEqualTo("one");
        assertThat(known.peerSchemes()).contains(SignatureScheme.ED25519);
        assertThat(known.peerCertificateSchemes()).contains(SignatureScheme.RSA_PKCS1_SHA256);
        assertThat(known.localCertificates()).isEqualTo(Ends.LEAF.chainDer());
        assertThat(known.peerCertificates()).isEmpty();
    }

    @Test
    void aCertificateThatIsShownLateIsKnownThen() throws TlsException {
        client.identity(ME.identity()).postHandshakeAuthentication(true);
        server.clientAuthentication(ClientAuthentication.NONE, Ends.PKI.trust());
        Both both = connected();
        assertThat(both.client().now().localCertificates()).isEmpty();
        both.pair().server().engine().requestClientCertificate();
        both.pair().shakeHands();

        assertThat(both.client().now().localCertificates()).isEqualTo(ME.chainDer());
    }

    private void askForCertificate() {
        server.clientAuthentication(ClientAuthentication.REQUIRED, Ends.PKI.trust());
    }

    private Both connected() throws TlsException {
        ofClient.engine = client.observer(ofClient::take).build().engine("localhost", 443);
        ofServer.engine = server.observer(ofServer::take).build().engine();
        EnginePair pair = EnginePair.of(ofClient.engine, ofServer.engine);
        assertThat(ofClient.engine.handshake()).isEmpty();
        pair.shakeHands();
        return new Both(pair, ofClient, ofServer);
    }

    private record Both(EnginePair pair, Watched client, Watched server) {}

    /** An engine, and what was known when it told of something. */
    private static final class Watched {
        private @Nullable TlsEngine engine;
        private final List<Moment> moments = new ArrayList<>();

        void take(TraceEvent event) {
            if (engine != null) {
                engine.handshake().ifPresent(known -> moments.add(new Moment(event, known)));
            }
        }

        TlsHandshake now() {
            return Objects.requireNonNull(engine).handshake().orElseThrow();
        }

        TlsHandshake at(Class<? extends TraceEvent> event) {
            return moments.stream()
                    .filter(moment -> event.isInstance(moment.event))
                    .map(Moment::known)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private record Moment(TraceEvent event, TlsHandshake known) {}
}
