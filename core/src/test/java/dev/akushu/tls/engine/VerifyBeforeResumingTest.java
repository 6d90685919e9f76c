package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.EarlyDataTerms;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Identity;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.Problem;
import dev.akushu.tls.RawKeyTrust;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.Trust;
import dev.akushu.tls.Work;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A client whose trust judges a server again before its session is offered. RFC 9846 section 4.7.1. */
class VerifyBeforeResumingTest {
    private static final TestPki PKI = TestPki.create();
    private static final byte[] EARLY = {1, 2, 3};

    private final Identity first = PKI.leaf(TestKey.P256, "localhost").identity();
    private final Identity second = PKI.leaf(TestKey.P256, "localhost").identity();
    private final List<Trust.PeerChain> judged = new ArrayList<>();
    private final Set<Bytes> revoked = new HashSet<>();
    private Identity shown = first;
    private boolean breaksDown;
    private final TlsServer server =
            TlsServer.builder(request -> Optional.of(shown)).earlyData(100).build();

    @Test
    void aServerThatIsStillTrustedIsJudgedAgainAndItsSessionResumed() throws TlsException {
        TlsClient client = client().verifyBeforeResuming(true).build();
        connect(client);

        TlsSession session = connect(client);

        assertThat(session.resumed()).isTrue();
        assertThat(judged).hasSize(2);
        assertThat(judged.getLast().certificates()).isEqualTo(first.chain());
        assertThat(judged.getLast().hostName()).isEqualTo("localhost");
        assertThat(judged.getLast().schemes())
                .isEqualTo(judged.getFirst().schemes())
                .isNotEmpty();
    }

    @Test
    void nobodyIsJudgedAgainUnlessTheClientWantsIt() throws TlsException {
        TlsClient client = client().build();
        connect(client);
        revoked.addAll(first.chain());

        assertThat(connect(client).resumed()).isTrue();
        assertThat(judged).hasSize(1);
    }

    @Test
    void aServerThatIsTrustedNoLongerMayProveItselfAnew() throws TlsException {
        TlsClient client = client().verifyBeforeResuming(true).build();
        connect(client);
        revoked.add(first.chain().getFirst());
        shown = second;

        TlsSession session = connect(client);

        assertThat(session.resumed()).isFalse();
        assertThat(session.notResumed()).isEqualTo(NotResumed.SERVER_NO_LONGER_TRUSTED);
        assertThat(session.peerCertificates()).isEqualTo(second.chain());
        assertThat(connect(client).resumed()).isTrue();
    }

    @Test
    void aServerThatHasNothingBetterToShowIsRefused() throws TlsException {
        TlsClient client = client().verifyBeforeResuming(true).build();
        connect(client);
        revoked.add(first.chain().getFirst());

        TlsException failed = catchThrowableOfType(TlsException.class, () -> connect(client));

        assertThat(failed.problem()).isEqualTo(Problem.CERTIFICATE_REFUSED);
    }

    @Test
    void noEarlyDataGoesToAServerThatIsTrustedNoLonger() throws TlsException {
        TlsClient client = client().verifyBeforeResuming(true).build();
        connect(client);
        revoked.add(first.chain().getFirst());
        shown = second;

        TlsSession session = connect(client.engine("localhost", 443, EarlyData.of(EARLY)));

        assertThat(session.earlyData().outcome()).isEqualTo(EarlyDataOutcome.SERVER_NO_LONGER_TRUSTED);
        assertThat(session.earlyData().bytes()).isZero();
    }

    @Test
    void noEarlyDataGoesToItUnderAnotherKeyEither() throws TlsException {
        ExternalPsk lamp = ExternalPsk.of("lamp", new byte[32])
                .withEarlyData(EarlyDataTerms.of(
                        CipherSuite.TLS_AES_128_GCM_SHA256,
                        100,
                        Instant.now(),
                        Instant.now().plusSeconds(60)));
        TlsClient client =
                client().verifyBeforeResuming(true).externalPsks(lamp).build();
        connect(client);
        revoked.add(first.chain().getFirst());

        TlsEngine engine = client.engine("localhost", 443, EarlyData.of(EARLY));
        engine.work().orElseThrow().run();
        engine.resume();

        assertThat(engine.earlyData()).contains(EarlyDataOutcome.SERVER_NO_LONGER_TRUSTED);
    }

    @Test
    void aTrustThatBreaksDownEndsNoConnection() throws TlsException {
        TlsClient client = client().verifyBeforeResuming(true).build();
        connect(client);
        breaksDown = true;

        TlsSession session = connect(client);

        assertThat(session.notResumed()).isEqualTo(NotResumed.SERVER_NO_LONGER_TRUSTED);
    }

    @Test
    void earlyDataGoesToAServerThatIsStillTrusted() throws TlsException {
        TlsClient client = client().verifyBeforeResuming(true).build();
        connect(client);

        TlsSession session = connect(client.engine("localhost", 443, EarlyData.of(EARLY)));

        assertThat(session.earlyData().accepted()).isTrue();
        assertThat(judged).hasSize(2);
    }

    @Test
    void nothingIsSentBeforeTheVerdict() throws TlsException {
        TlsClient client = client().verifyBeforeResuming(true).build();
        connect(client);

        TlsEngine engine = client.engine("localhost", 443, EarlyData.of(EARLY));

        assertThat(engine.hasOutput()).isFalse();
        assertThat(engine.work().orElseThrow().kind()).isEqualTo(Work.Kind.VERIFY_PEER);
        engine.work().orElseThrow().run();
        engine.resume();
        assertThat(engine.hasOutput()).isTrue();
    }

    @Test
    void aPublicKeyWithoutACertificateIsJudgedAgain() throws TlsException {
        KeyPair key = TestKey.ED25519.fresh();
        TlsServer raw = TlsServer.builder(Identity.ofRawKey(key.getPublic(), key.getPrivate(), Crypto.jdk()))
                .build();
        List<RawKeyTrust.RawKey> asked = new ArrayList<>();
        TlsClient client = TlsClient.rawKeyBuilder(peer -> {
                    asked.add(peer);
                    return RawKeyTrust.pinned(List.of(key.getPublic())).verify(peer);
                })
                .verifyBeforeResuming(true)
                .build();
        EnginePair.connected(client, raw);

        EnginePair again = EnginePair.of(client, raw);
        again.client().input(new byte[0]);
        again.shakeHands();

        assertThat(again.client().session().resumed()).isTrue();
        assertThat(asked).hasSize(2);
        assertThat(asked.getLast()).isEqualTo(asked.getFirst());
    }

    private TlsClient.Builder client() {
        return TlsClient.builder(this::judge);
    }

    private List<CertificateCheck> judge(Trust.PeerChain peer) throws TlsException {
        judged.add(peer);
        if (breaksDown) {
            breaksDown = false;
            throw new IllegalStateException("no judge is at home");
        }
        if (revoked.contains(peer.certificates().getFirst())) {
            throw Problem.CERTIFICATE_REFUSED.with("-", "revoked");
        }
        return PKI.trust().verify(peer);
    }

    private TlsSession connect(TlsClient client) throws TlsException {
        return connect(client.engine("localhost", 443));
    }

    private TlsSession connect(TlsEngine engine) throws TlsException {
        EnginePair pair = EnginePair.of(engine, server.engine());
        // The verdict comes first, so that there is something to send.
        pair.client().input(new byte[0]);
        pair.shakeHands();
        return pair.client().session();
    }
}
