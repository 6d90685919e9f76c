package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import dev.akushu.tls.trace.TraceEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole handshakes between our own two ends. */
class HandshakeTest {
    static final List<NamedGroup> GROUPS = Policy.MODERN_2026_11.groups();
    static final List<CipherSuite> SUITES = Policy.MODERN_2026_11.suites();

    private static final TestPki PKI = TestPki.create();
    private static final Issued LEAF = PKI.leaf(TestKey.P256, "localhost");

    private static TlsClient.Builder client() {
        return TlsClient.builder(PKI.trust());
    }

    private static TlsServer.Builder server() {
        return TlsServer.builder(LEAF.identity());
    }

    @Test
    void bothEndsAgreeOnAllFacts() throws TlsException {
        EnginePair pair = EnginePair.connected(client().build(), server().build());

        TlsSession atClient = pair.client().session();
        TlsSession atServer = pair.server().session();
        assertThat(atClient.suite())
                .isEqualTo(CipherSuite.TLS_AES_128_GCM_SHA256)
                .isEqualTo(atServer.suite());
        assertThat(atClient.group()).isEqualTo(NamedGroup.X25519_MLKEM768).isEqualTo(atServer.group());
        assertThat(atClient.signatureScheme())
                .isEqualTo(SignatureScheme.ECDSA_SECP256R1_SHA256)
                .isEqualTo(atServer.signatureScheme());
        assertThat(atClient.resumed()).isFalse();
        assertThat(atClient.notResumed()).isEqualTo(NotResumed.NO_TICKET);
        assertThat(atClient.serverName()).isEqualTo("localhost").isEqualTo(atServer.serverName());
        assertThat(atClient.peerCertificates()).isEqualTo(LEAF.chainDer()).isEqualTo(atServer.localCertificates());
    }

    @ParameterizedTest
    @FieldSource("GROUPS")
    void bothEndsMayHaveTheirKeyPairsMadeAhead(NamedGroup group) throws TlsException {
        Crypto crypto = Crypto.ownCurves().withKeysAhead(2);
        Policy policy = Policy.MODERN_2026_11.withGroups(List.of(group));
        TlsClient client = client().crypto(crypto).policy(policy).build();
        TlsServer server = server().crypto(crypto).policy(policy).build();
        for (int i = 0; i < 4; i++) {
            assertThat(EnginePair.connected(client, server).client().session().group())
                    .isEqualTo(group);
        }
    }

    @Test
    void dataFlowsBothWays() throws TlsException {
        EnginePair pair = EnginePair.connected(client().build(), server().build());

        pair.server().input(pair.client().seal("ping"));
        pair.client().input(pair.server().seal("pong"));

        assertThat(pair.server().received()).isEqualTo("ping");
        assertThat(pair.client().received()).isEqualTo("pong");
    }

    @Test
    void bothEndsExportTheSameKeyingMaterial() throws TlsException {
        EnginePair pair = EnginePair.connected(client().build(), server().build());

        byte[] atClient = pair.client().engine().exportKeyingMaterial("EXPERIMENTAL-test", new byte[] {1, 2}, 48);
        byte[] atServer = pair.server().engine().exportKeyingMaterial("EXPERIMENTAL-test", new byte[] {1, 2}, 48);
        byte[] other = pair.server().engine().exportKeyingMaterial("EXPERIMENTAL-test", new byte[] {1, 3}, 48);

        assertThat(atClient).hasSize(48).isEqualTo(atServer).isNotEqualTo(other);
    }

    @ParameterizedTest
    @FieldSource("GROUPS")
    void everyGroupMakesASecret(NamedGroup group) throws TlsException {
        Policy policy = Policy.MODERN_2026_11.withGroups(List.of(group));
        EnginePair pair = EnginePair.connected(client().policy(policy).build(), server().build());

        assertThat(pair.client().session().group()).isEqualTo(group);
        assertThat(pair.client().session().retried()).isFalse();
    }

    @ParameterizedTest
    @FieldSource("GROUPS")
    void everyGroupCanBeAskedForByARetry(NamedGroup group) throws TlsException {
        Policy noShares = Policy.MODERN_2026_11.withGroups(List.of(group)).withKeyShares(List.of());
        EnginePair pair = EnginePair.connected(client().policy(noShares).build(), server().build());

        assertThat(pair.client().session().group()).isEqualTo(group);
        assertThat(pair.client().session().retried()).isTrue();
        assertThat(pair.server().session().retried()).isTrue();
    }

    @ParameterizedTest
    @FieldSource("SUITES")
    void everySuiteProtectsDataAndResumes(CipherSuite suite) throws TlsException {
        TlsClient client = client().policy(Policy.MODERN_2026_11.withSuites(List.of(suite)))
                .build();
        TlsServer server = server().build();
        EnginePair first = EnginePair.connected(client, server);
        EnginePair second = EnginePair.connected(client, server);
        second.server().input(second.client().seal("ping"));

        assertThat(first.client().session().suite()).isEqualTo(suite);
        assertThat(second.client().session().suite()).isEqualTo(suite);
        assertThat(second.client().session().resumed()).isTrue();
        assertThat(second.server().received()).isEqualTo("ping");
    }

    @ParameterizedTest
    @EnumSource(
            value = TestKey.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RSA_1024", "ML_DSA_65"})
    void everyKindOfKeyProvesTheServer(TestKey kind) throws TlsException {
        TlsServer server =
                TlsServer.builder(PKI.leaf(kind, "localhost").identity()).build();
        EnginePair pair = EnginePair.connected(client().build(), server);

        assertThat(pair.client().session().signatureScheme()).isNotNull();
    }

    @Test
    void mlDsaProvesTheServerOnlyWhereThePolicyAllowsIt() throws TlsException {
        Policy allowed = Policy.MODERN_2026_11.withPostQuantumSignatures();
        TlsServer server = TlsServer.builder(
                        PKI.leaf(TestKey.ML_DSA_65, "localhost").identity())
                .policy(allowed)
                .build();

        EnginePair pair = EnginePair.connected(client().policy(allowed).build(), server);
        assertThat(pair.client().session().signatureScheme()).isEqualTo(SignatureScheme.MLDSA65);
        Failures.ofServer(EnginePair.of(client().build(), server), Problem.NO_COMMON_SIGNATURE_SCHEME);
    }

    @Test
    void aResumptionShowsNoCertificateAndAsksNoTrust() throws TlsException {
        List<TraceEvent> events = new ArrayList<>();
        int[] asked = new int[1];
        Trust counting = peer -> {
            asked[0]++;
            return PKI.trust().verify(peer);
        };
        TlsClient client = TlsClient.builder(counting).observer(events::add).build();
        TlsServer server = server().build();
        TlsSession full = EnginePair.connected(client, server).client().session();
        events.clear();
        TlsSession resumed = EnginePair.connected(client, server).client().session();

        assertThat(full.resumed()).isFalse();
        assertThat(resumed.resumed()).isTrue();
        assertThat(asked[0]).isEqualTo(1);
        assertThat(resumed.peerCertificates()).isEqualTo(full.peerCertificates());
        assertThat(resumed.signatureScheme()).isEqualTo(full.signatureScheme());
        assertThat(resumed.authenticatedAt().toEpochMilli())
                .isEqualTo(full.authenticatedAt().toEpochMilli());
        assertThat(events)
                .noneMatch(event ->
                        event instanceof TraceEvent.Message message && message.type() == HandshakeType.CERTIFICATE);
    }

    @Test
    void aResumptionAfterARetryBindsToBothHellos() throws TlsException {
        Policy noShares = Policy.MODERN_2026_11.withKeyShares(List.of());
        TlsClient client = client().policy(noShares).build();
        TlsServer server = server().build();
        EnginePair.connected(client, server);
        TlsSession second = EnginePair.connected(client, server).client().session();

        assertThat(second.resumed()).isTrue();
        assertThat(second.retried()).isTrue();
    }

    @Test
    void eachTicketIsUsedOnce() throws TlsException {
        TlsClient client = client().build();
        TlsServer server = server().ticketsPerHandshake(1).build();
        EnginePair.connected(client, server);
        EnginePair resumed = EnginePair.of(client, server);
        EnginePair without = EnginePair.connected(client, server);
        resumed.shakeHands();

        assertThat(resumed.client().session().resumed()).isTrue();
        assertThat(without.client().session().notResumed()).isEqualTo(NotResumed.NO_TICKET);
    }

    @Test
    void aServerThatForgotItsTicketKeyMakesAFullHandshake() throws TlsException {
        TlsClient client = client().build();
        EnginePair.connected(client, server().build());
        EnginePair pair = EnginePair.connected(client, server().build());

        assertThat(pair.server().session().notResumed()).isEqualTo(NotResumed.UNKNOWN_TICKET_KEY);
        assertThat(pair.client().session().notResumed()).isEqualTo(NotResumed.REFUSED_BY_SERVER);
    }

    @Test
    void aTicketThatOneTrustLetInIsOfNoUseToAnother() throws TlsException {
        TicketStore shared = TicketStore.inMemory(8);
        Trust one = peer -> PKI.trust().verify(peer);
        Trust refusing = peer -> {
            throw Problem.CERTIFICATE_REFUSED.with("CN=localhost", "not by me");
        };
        TlsServer server = server().build();
        EnginePair.connected(TlsClient.builder(one).tickets(shared).build(), server);

        TlsClient other = TlsClient.builder(refusing).tickets(shared).build();
        Failures.ofClient(EnginePair.of(other, server), Problem.CERTIFICATE_REFUSED);
    }

    @Test
    void aTicketOfAClientThatShowedItselfIsOfNoUseToOneThatDoesNot() throws TlsException {
        TicketStore shared = TicketStore.inMemory(8);
        Identity me = PKI.leaf(TestKey.ED25519, "me.example").identity();
        TlsServer server = server().clientAuthentication(ClientAuthentication.WANTED, PKI.trust())
                .build();
        TlsClient known =
                client().identities(request -> Optional.of(me)).tickets(shared).build();
        EnginePair.connected(known, server);

        EnginePair stranger = EnginePair.connected(client().tickets(shared).build(), server);
        assertThat(stranger.server().session().peerCertificates()).isEmpty();
    }

    @Test
    void aServerWhoseCryptographyCannotSealTicketsIsNotBuilt() {
        Crypto jdk = Crypto.jdk();
        Crypto without = new Crypto(
                jdk.suites().stream()
                        .filter(one -> one.suite().equals(CipherSuite.TLS_AES_128_GCM_SHA256))
                        .toList(),
                jdk.groups(),
                jdk.signatures(),
                jdk.random());

        assertThatThrownBy(() -> server().crypto(without).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ticketsPerHandshake(0)");
        assertThat(server().crypto(without).ticketsPerHandshake(0).build()).isNotNull();
    }

    @Test
    void aTicketStoreThatCannotBeWrittenCostsOnlyTheResumption() throws TlsException {
        TicketStore broken = new BrokenTicketStore();
        TlsClient client = client().tickets(broken).build();

        assertThat(EnginePair.connected(client, server().build())
                        .client()
                        .session()
                        .notResumed())
                .isEqualTo(NotResumed.NO_TICKET);
    }

    @Test
    void whatIsAmissWithTicketsDoesNotHurtTheConnection() throws TlsException {
        TlsServer server =
                server().ticketData(session -> Bytes.wrap(new byte[20_000])).build();
        EnginePair pair = EnginePair.connected(client().build(), server);

        pair.client().input(pair.server().seal("still here"));
        assertThat(pair.client().received()).isEqualTo("still here");
    }

    @Test
    void anObserverThatFailsChangesNothing() throws TlsException {
        TlsClient client = client().observer(event -> {
                    throw new IllegalStateException("observer");
                })
                .build();
        TlsServer other = TlsServer.builder(
                        PKI.leaf(TestKey.P256, "other.example").identity())
                .build();

        assertThat(EnginePair.connected(client, server().build())
                        .client()
                        .session()
                        .resumed())
                .isFalse();
        Failures.ofClient(EnginePair.of(client, other), Problem.HOST_NAME_MISMATCH);
    }

    @Test
    void othersSeeAnEstablishedServerOnlyOnceItsTicketsAreQueued() throws TlsException {
        TlsEngine[] engine = new TlsEngine[1];
        List<Boolean> seen = new ArrayList<>();
        TlsServer server = server().ticketData(session -> {
                    seen.add(engine[0].isEstablished());
                    return Bytes.empty();
                })
                .build();
        engine[0] = server.engine();
        EnginePair.of(client().build().engine("localhost", 443), engine[0]).shakeHands();

        assertThat(seen).containsExactly(false, false);
        assertThat(engine[0].isEstablished()).isTrue();
    }

    @Test
    void keySharesStandInTheOrderOfTheGroups() {
        Policy policy = Policy.MODERN_2026_11.withKeyShares(
                List.of(NamedGroup.X25519, NamedGroup.X25519_MLKEM768, NamedGroup.X25519));

        assertThat(policy.keyShares()).containsExactly(NamedGroup.X25519_MLKEM768, NamedGroup.X25519);
    }

    @Test
    void theApplicationsDataComesBackInTheTicket() throws TlsException {
        Bytes cart = Bytes.ofAscii("cart 42");
        TlsServer server = server().ticketData(session -> session.resumed() ? session.ticketData() : cart)
                .build();
        TlsClient client = client().build();
        EnginePair full = EnginePair.connected(client, server);
        EnginePair resumed = EnginePair.connected(client, server);
        EnginePair again = EnginePair.connected(client, server);

        assertThat(full.server().session().ticketData()).isEqualTo(Bytes.empty());
        assertThat(resumed.server().session().ticketData()).isEqualTo(cart);
        assertThat(again.server().session().ticketData()).isEqualTo(cart);
        assertThat(resumed.client().session().ticketData()).isEqualTo(Bytes.empty());
    }

    @Test
    void clientAndServerAgreeOnAnApplicationProtocol() throws TlsException {
        TlsClient client = client().applicationProtocols("h2", "http/1.1").build();
        TlsServer server = server().applicationProtocols("http/1.1").build();
        EnginePair pair = EnginePair.connected(client, server);

        assertThat(pair.client().session().applicationProtocol()).isEqualTo("http/1.1");
        assertThat(pair.server().session().applicationProtocol()).isEqualTo("http/1.1");
    }

    @Test
    void aServerWithoutACommonApplicationProtocolRefuses() throws TlsException {
        TlsServer server = server().applicationProtocols("imap").build();
        EnginePair pair = EnginePair.of(client().applicationProtocols("h2").build(), server);

        Failures.ofServer(pair, Problem.NO_COMMON_APPLICATION_PROTOCOL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "h2c"})
    void aServerDoesNotSpeakAProtocolThatWasNotOffered(String strange) throws TlsException {
        TlsServer server =
                server().applicationProtocols(offered -> Optional.of(strange)).build();
        EnginePair pair = EnginePair.of(client().applicationProtocols("h2").build(), server);

        Failures.ofServer(pair, Problem.INTERNAL);
    }

    @Test
    void aClientProvesItselfWhenAsked() throws TlsException {
        Issued me = PKI.leaf(TestKey.ED25519, "me.example");
        TlsServer server = server().clientAuthentication(ClientAuthentication.REQUIRED, PKI.trust())
                .build();
        TlsClient client = client().identity(me.identity()).build();
        EnginePair first = EnginePair.connected(client, server);
        EnginePair second = EnginePair.connected(client, server);

        assertThat(first.server().session().peerCertificates()).isEqualTo(me.chainDer());
        assertThat(second.server().session().resumed()).isTrue();
        assertThat(second.server().session().peerCertificates()).isEqualTo(me.chainDer());
    }

    @Test
    void aClientWithoutACertificateIsRefusedOnlyWhereOneIsRequired() throws TlsException {
        TlsServer wanting = server().clientAuthentication(ClientAuthentication.WANTED, PKI.trust())
                .build();
        TlsServer requiring = server().clientAuthentication(ClientAuthentication.REQUIRED, PKI.trust())
                .build();

        assertThat(EnginePair.connected(client().build(), wanting)
                        .server()
                        .session()
                        .peerCertificates())
                .isEmpty();
        Failures.ofServer(EnginePair.of(client().build(), requiring), Problem.CLIENT_CERTIFICATE_REQUIRED);
    }

    @Test
    void aClientRefusesAnotherHostsCertificate() throws TlsException {
        TlsServer other = TlsServer.builder(
                        PKI.leaf(TestKey.P256, "other.example").identity())
                .build();

        Failures.ofClient(EnginePair.of(client().build(), other), Problem.HOST_NAME_MISMATCH);
    }

    @Test
    void aClientRefusesAnUnknownAuthority() throws TlsException {
        Issued authority =
                CertificateRecipe.authority(TestKey.P256, "CN=Stranger").selfSigned();
        Issued leaf = CertificateRecipe.host(TestKey.P256, "localhost").issuedBy(authority);
        TlsServer stranger = TlsServer.builder(leaf.identity()).build();

        TlsException failed = Failures.ofClient(EnginePair.of(client().build(), stranger), Problem.UNKNOWN_ISSUER);
        assertThat(failed).hasMessageContaining("CN=Stranger");
    }

    @Test
    void aClientRefusesAnAuthorityThatOnlyBearsTheNameOfItsOwn() throws TlsException {
        TlsServer impostor = TlsServer.builder(
                        TestPki.create().leaf(TestKey.P256, "localhost").identity())
                .build();

        Failures.ofClient(EnginePair.of(client().build(), impostor), Problem.CERTIFICATE_SIGNATURE_INVALID);
    }

    /** A store outside of memory whose place is gone. */
    private static final class BrokenTicketStore implements TicketStore {
        @Override
        public void put(Key key, StoredTicket ticket) throws TlsException {
            throw broken();
        }

        @Override
        public StoredTicket take(Key key, Instant now) throws TlsException {
            throw broken();
        }

        @Override
        public void remove(Key key, Set<Bytes> ids) throws TlsException {
            throw broken();
        }

        @Override
        public void clear() throws TlsException {
            throw broken();
        }

        private static TlsException broken() {
            return Problem.SESSION_FILE_UNUSABLE.with("tickets", "no space left on device");
        }
    }
}
