package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.identity.PeerKey;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Public keys without certificates. RFC 7250, RFC 9846 section 4.5.1. */
class RawPublicKeyTest {
    private static final TestPki PKI = TestPki.create();
    private static final Identity CERTIFIED =
            PKI.leaf(TestKey.P256, "localhost").identity();
    private static final KeyPair SERVER = TestKey.ED25519.fresh();
    private static final KeyPair CLIENT = TestKey.P256.fresh();

    @ParameterizedTest
    @EnumSource(names = {"P256", "P384", "RSA_2048", "ED25519"})
    void aKnownKeyProvesTheServerWithoutACertificate(TestKey kind) throws TlsException {
        KeyPair pair = kind.fresh();
        EnginePair ends = EnginePair.connected(
                TlsClient.rawKeyBuilder(pinned(pair)).build(), server(pair).build());

        TlsSession session = ends.client().session();
        assertThat(session.rawPublicKey()).isEqualTo(Bytes.wrap(pair.getPublic().getEncoded()));
        assertThat(session.peerCertificates()).isEmpty();
        assertThat(session.signatureScheme()).isNotNull();
        ends.server().input(ends.client().seal("hello"));
        assertThat(ends.server().received()).isEqualTo("hello");
    }

    @Test
    void anUnknownKeyIsRefused() throws TlsException {
        EnginePair ends = EnginePair.of(
                TlsClient.rawKeyBuilder(pinned(CLIENT)).build(), server(SERVER).build());

        TlsException failed = Failures.ofClient(ends, Problem.RAW_KEY_UNKNOWN);
        assertThat(failed).hasMessageContaining("SHA-256");
    }

    @Test
    void aClientThatKnowsNoRawKeysGetsNoneAndIsToldWhy() throws TlsException {
        EnginePair ends = EnginePair.of(
                TlsClient.builder(PKI.trust()).build(), server(SERVER).build());

        Failures.ofServer(ends, Problem.NO_COMMON_CERTIFICATE_TYPE);
    }

    @Test
    void aServerWithACertificateShowsItsKeyAloneOnlyIfItIsSetUpTo() throws TlsException {
        TlsClient either = TlsClient.builder(PKI.trust())
                .rawServerKeys(RawKeyTrust.pinned(List.of(publicKeyOf(CERTIFIED))))
                .build();
        IdentitySource both = IdentitySource.among(List.of(CERTIFIED.withoutCertificates(), CERTIFIED));

        TlsSession certified = EnginePair.connected(
                        either, TlsServer.builder(CERTIFIED).build())
                .client()
                .session();
        TlsSession raw = EnginePair.connected(
                        either.toBuilder().tickets(TicketStore.inMemory(4)).build(),
                        TlsServer.builder(both).build())
                .client()
                .session();
        TlsSession ordinary = EnginePair.connected(
                        TlsClient.builder(PKI.trust()).build(),
                        TlsServer.builder(both).build())
                .client()
                .session();

        assertThat(certified.rawPublicKey()).isNull();
        assertThat(certified.peerCertificates()).isNotEmpty();
        assertThat(raw.rawPublicKey()).isEqualTo(CERTIFIED.subjectPublicKeyInfo());
        assertThat(raw.peerCertificates()).isEmpty();
        assertThat(ordinary.rawPublicKey()).isNull();
        assertThat(ordinary.peerCertificates()).isNotEmpty();
    }

    @Test
    void aClientThatWantsARawKeyDoesNotTakeACertificate() throws TlsException {
        EnginePair ends = EnginePair.of(
                TlsClient.rawKeyBuilder(pinned(SERVER)).build(),
                TlsServer.builder(CERTIFIED).build());

        Failures.ofServer(ends, Problem.NO_COMMON_CERTIFICATE_TYPE);
    }

    @Test
    void aClientMayProveItselfByARawKey() throws TlsException {
        TlsServer asking = TlsServer.builder(CERTIFIED)
                .rawClientAuthentication(ClientAuthentication.REQUIRED, pinned(CLIENT))
                .build();
        EnginePair ends = EnginePair.connected(
                TlsClient.builder(PKI.trust()).identity(raw(CLIENT)).build(), asking);

        assertThat(ends.server().session().rawPublicKey())
                .isEqualTo(Bytes.wrap(CLIENT.getPublic().getEncoded()));
        assertThat(ends.server().session().peerCertificates()).isEmpty();
    }

    @Test
    void aClientWithACertificateMayShowTheKeyAlone() throws TlsException {
        TlsServer asking = TlsServer.builder(CERTIFIED)
                .rawClientAuthentication(
                        ClientAuthentication.REQUIRED, RawKeyTrust.pinned(List.of(publicKeyOf(CERTIFIED))))
                .build();
        TlsClient client = TlsClient.builder(PKI.trust())
                .identities(IdentitySource.among(List.of(CERTIFIED, CERTIFIED.withoutCertificates())))
                .build();

        assertThat(EnginePair.connected(client, asking).server().session().rawPublicKey())
                .isEqualTo(CERTIFIED.subjectPublicKeyInfo());
    }

    @Test
    void aClientWithoutARawKeyIsRefusedWhereOneIsRequired() throws TlsException {
        TlsServer asking = TlsServer.builder(CERTIFIED)
                .rawClientAuthentication(ClientAuthentication.REQUIRED, pinned(CLIENT))
                .build();

        Failures.ofServer(
                EnginePair.of(TlsClient.builder(PKI.trust()).identity(CERTIFIED).build(), asking),
                Problem.NO_COMMON_CERTIFICATE_TYPE);
    }

    @Test
    void aRawKeyIsNotShownToAServerThatTakesCertificates() throws TlsException {
        TlsServer asking = TlsServer.builder(CERTIFIED)
                .clientAuthentication(ClientAuthentication.WANTED, PKI.trust())
                .build();
        EnginePair ends = EnginePair.connected(
                TlsClient.builder(PKI.trust()).identity(raw(CLIENT)).build(), asking);

        assertThat(ends.server().session().rawPublicKey()).isNull();
        assertThat(ends.server().session().peerCertificates()).isEmpty();
    }

    @Test
    void aResumedSessionIsStillByTheRawKeysOfBothEnds() throws TlsException {
        TlsServer server = server(SERVER)
                .rawClientAuthentication(ClientAuthentication.REQUIRED, pinned(CLIENT))
                .build();
        TlsClient client =
                TlsClient.rawKeyBuilder(pinned(SERVER)).identity(raw(CLIENT)).build();
        EnginePair.connected(client, server);

        EnginePair again = EnginePair.connected(client, server);

        assertThat(again.client().session().resumed()).isTrue();
        assertThat(again.client().session().rawPublicKey())
                .isEqualTo(Bytes.wrap(SERVER.getPublic().getEncoded()));
        assertThat(again.server().session().rawPublicKey())
                .isEqualTo(Bytes.wrap(CLIENT.getPublic().getEncoded()));
        assertThat(again.server().session().peerCertificates()).isEmpty();
    }

    @Test
    void aClientThatNoLongerTakesWhatTheServerHadShownDoesNotResume() throws TlsException {
        TlsServer both = TlsServer.builder(IdentitySource.among(List.of(CERTIFIED, CERTIFIED.withoutCertificates())))
                .build();
        RawKeyTrust key = RawKeyTrust.pinned(List.of(publicKeyOf(CERTIFIED)));
        TicketStore store = TicketStore.inMemory(4);
        EnginePair.connected(
                TlsClient.builder(PKI.trust())
                        .tickets(new StoreForAll(store, null))
                        .build(),
                both);

        // The store says that the session was by a raw key, so that the client offers it.
        StoreForAll tickets = new StoreForAll(store, CERTIFIED.subjectPublicKeyInfo());
        EnginePair ends = EnginePair.connected(
                TlsClient.rawKeyBuilder(key).tickets(tickets).build(), both);

        assertThat(ends.server().session().notResumed()).isEqualTo(NotResumed.OTHER_POLICY);
        assertThat(ends.client().session().rawPublicKey()).isEqualTo(CERTIFIED.subjectPublicKeyInfo());
    }

    @Test
    void aClientThatPinsOtherKeysDoesNotResume() throws TlsException {
        TlsServer server = server(SERVER).build();
        TlsClient client = TlsClient.rawKeyBuilder(pinned(SERVER)).build();
        EnginePair.connected(client, server);

        // The tickets are in the store that both share.
        TlsClient other = client.toBuilder().rawServerKeys(pinned(CLIENT)).build();
        Failures.ofClient(EnginePair.of(other, server), Problem.RAW_KEY_UNKNOWN);
        TlsClient same = client.toBuilder().rawServerKeys(pinned(SERVER)).build();
        assertThat(EnginePair.connected(same, server).client().session().resumed())
                .isTrue();
    }

    @Test
    void aServerThatPinsOtherClientsDoesNotResume() throws TlsException {
        TicketKeys keys = TicketKeys.rotating();
        TlsServer first = server(SERVER)
                .rawClientAuthentication(ClientAuthentication.REQUIRED, pinned(CLIENT))
                .ticketKeys(keys)
                .build();
        TlsServer second = first.toBuilder()
                .rawClientAuthentication(ClientAuthentication.REQUIRED, pinned(SERVER))
                .build();
        TlsClient client =
                TlsClient.rawKeyBuilder(pinned(SERVER)).identity(raw(CLIENT)).build();
        EnginePair.connected(client, first);

        Failures.ofServer(EnginePair.of(client, second), Problem.RAW_KEY_UNKNOWN);
    }

    @Test
    void aClientWithoutARawKeyIsNotAskedWhereNoneIsRequired() throws TlsException {
        TlsServer wanting = TlsServer.builder(CERTIFIED)
                .rawClientAuthentication(ClientAuthentication.WANTED, pinned(CLIENT))
                .build();

        TlsClient certified = TlsClient.builder(PKI.trust()).identity(CERTIFIED).build();
        TlsSession session = EnginePair.connected(certified, wanting).server().session();
        assertThat(session.peerCertificates()).isEmpty();
        assertThat(session.rawPublicKey()).isNull();
    }

    @Test
    void aClientMayPreferCertificatesAndTakeKeysAllTheSame() throws TlsException {
        TlsClient client = TlsClient.builder(PKI.trust())
                .rawServerKeys(RawKeyTrust.pinned(List.of(publicKeyOf(CERTIFIED))))
                .certificatesFirst(true)
                .build();
        IdentitySource asTheClientLikes = request -> Optional.of(
                request.types().getFirst().equals(CertificateType.X509) ? CERTIFIED : CERTIFIED.withoutCertificates());
        IdentitySource keyAlone = IdentitySource.among(List.of(CERTIFIED.withoutCertificates()));

        assertThat(EnginePair.connected(
                                client, TlsServer.builder(asTheClientLikes).build())
                        .client()
                        .session()
                        .peerCertificates())
                .isEqualTo(CERTIFIED.chain());
        assertThat(EnginePair.connected(client, TlsServer.builder(keyAlone).build())
                        .client()
                        .session()
                        .rawPublicKey())
                .isNotNull();
    }

    @Test
    void aServerWithEitherTakesWhatTheClientPrefers() throws TlsException {
        TlsServer either = TlsServer.builder(CERTIFIED)
                .clientAuthentication(ClientAuthentication.REQUIRED, PKI.trust())
                .rawClientAuthentication(
                        ClientAuthentication.REQUIRED, RawKeyTrust.pinned(List.of(publicKeyOf(CERTIFIED))))
                .build();
        Identity raw = CERTIFIED.withoutCertificates();

        assertThat(shownTo(either, List.of(raw, CERTIFIED)).rawPublicKey()).isEqualTo(CERTIFIED.subjectPublicKeyInfo());
        assertThat(shownTo(either, List.of(CERTIFIED, raw)).peerCertificates()).isEqualTo(CERTIFIED.chain());
    }

    private static TlsSession shownTo(TlsServer server, List<Identity> identities) throws TlsException {
        TlsClient client = TlsClient.builder(PKI.trust())
                .identities(IdentitySource.among(identities))
                .build();
        return EnginePair.connected(client, server).server().session();
    }

    @Test
    void keysThatDoNotBelongTogetherAreNoIdentity() {
        KeyPair other = TestKey.ED25519.fresh();
        assertThatThrownBy(() -> Identity.ofRawKey(SERVER.getPublic(), other.getPrivate(), Crypto.jdk()))
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("Ed25519");
        assertThatThrownBy(() -> RawKeyTrust.pinned(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "WANTED"})
    void aRawKeyProvesItselfAfterTheHandshakeToo(ClientAuthentication before) throws TlsException {
        TlsServer asking = TlsServer.builder(CERTIFIED)
                .rawClientAuthentication(before, pinned(CLIENT))
                .build();
        TlsClient client = TlsClient.builder(PKI.trust())
                .identity(raw(CLIENT))
                .postHandshakeAuthentication(true)
                .build();

        for (boolean resumes : new boolean[] {false, true}) {
            EnginePair ends = EnginePair.connected(client, asking);
            assertThat(ends.server().session().resumed()).isEqualTo(resumes);
            CompletableFuture<List<Bytes>> answer =
                    ends.server().engine().requestClientCertificate().toCompletableFuture();
            ends.shakeHands();

            assertThat(answer)
                    .isCompletedWithValue(List.of(Bytes.wrap(CLIENT.getPublic().getEncoded())));
        }
    }

    @Test
    void whoCanShowNothingThatIsTakenCannotBeAskedLater() throws TlsException {
        TlsServer asking = TlsServer.builder(CERTIFIED)
                .rawClientAuthentication(ClientAuthentication.NONE, pinned(CLIENT))
                .build();
        TlsClient client = TlsClient.builder(PKI.trust())
                .identity(CERTIFIED)
                .postHandshakeAuthentication(true)
                .build();

        assertThatThrownBy(() ->
                        EnginePair.connected(client, asking).server().engine().requestClientCertificate())
                .isInstanceOfSatisfying(
                        TlsException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.CLIENT_CANNOT_BE_ASKED));
    }

    private static TlsServer.Builder server(KeyPair pair) throws TlsException {
        return TlsServer.builder(raw(pair));
    }

    private static Identity raw(KeyPair pair) throws TlsException {
        return Identity.ofRawKey(pair.getPublic(), pair.getPrivate(), Crypto.jdk());
    }

    private static RawKeyTrust pinned(KeyPair pair) {
        return RawKeyTrust.pinned(List.of(pair.getPublic()));
    }

    private static PublicKey publicKeyOf(Identity identity) throws TlsException {
        return PeerKey.ofSubjectPublicKeyInfo(identity.subjectPublicKeyInfo()).publicKey();
    }
}
