package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.resume.AnyTicket;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What applications may decide while a handshake runs, and what they are told meanwhile. */
class ChoicesTest {
    private static final TestPki PKI = TestPki.create();
    private static final Issued LEAF = PKI.leaf(TestKey.P256, "localhost");

    private static TlsClient.Builder client() {
        return TlsClient.builder(PKI.trust());
    }

    private static TlsServer.Builder server() {
        return TlsServer.builder(LEAF.identity());
    }

    @Test
    void aServerRefusesANameThatItDoesNotServe() throws TlsException {
        TlsServer server =
                server().serverNames(name -> name.equals("example.org")).build();
        Failures.ofServer(EnginePair.of(client().build(), server), Problem.UNRECOGNIZED_NAME);
    }

    @Test
    void aServerWithoutAnIdentityForTheNameSaysSo() throws TlsException {
        TlsServer server = TlsServer.builder(request -> Optional.empty()).build();
        TlsException refused = Failures.ofServer(EnginePair.of(client().build(), server), Problem.UNRECOGNIZED_NAME);
        assertThat(refused).hasMessageContaining("localhost");
    }

    @Test
    void aServerWithoutAnIdentityBlamesNoNameThatNobodyAskedFor() throws TlsException {
        TlsServer server = TlsServer.builder(request -> Optional.empty()).build();
        TlsException refused = Failures.ofServer(
                EnginePair.of(client().serverNameIndication(false).build(), server), Problem.NO_IDENTITY_FOR_CLIENT);
        assertThat(refused.problem().alert()).isEqualTo(AlertDescription.HANDSHAKE_FAILURE);
    }

    @Test
    void theServersOrderOfSuitesDecidesUnlessItLeavesItToTheClient() throws TlsException {
        List<CipherSuite> ofClient =
                List.of(CipherSuite.TLS_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_AES_128_GCM_SHA256);
        TlsClient client =
                client().policy(Policy.MODERN_2026_11.withSuites(ofClient)).build();
        for (boolean clientOrder : new boolean[] {false, true}) {
            TlsServer server = server().suitesInClientOrder(clientOrder).build();
            TlsServer copied = server.toBuilder().build();
            assertThat(EnginePair.connected(client, copied).client().session().suite())
                    .isEqualTo(ofClient.get(clientOrder ? 0 : 1));
        }
    }

    @Test
    void theApplicationProtocolIsWhatTheServerChooses() throws TlsException {
        TlsClient client = client().applicationProtocols("one", "two").build();
        TlsServer chooses = server().applicationProtocols((List<String> offered) -> Optional.of(offered.getLast()))
                .build();
        assertThat(EnginePair.connected(client, chooses).client().session().applicationProtocol())
                .isEqualTo("two");
        TlsServer declines = server().applicationProtocols((List<String> offered) -> Optional.empty())
                .build();
        assertThat(EnginePair.connected(client, declines).client().session().applicationProtocol())
                .isNull();
    }

    @Test
    void aSessionIsResumedWhereTheProtocolIsChosenWithoutAList() throws TlsException {
        TlsClient client = client().applicationProtocols("one", "two").build();
        TlsServer server = server().applicationProtocols((List<String> offered) -> Optional.of(offered.getLast()))
                .build();
        EnginePair.connected(client, server);

        TlsSession again = EnginePair.connected(client, server).server().session();
        assertThat(again.resumed()).isTrue();
        assertThat(again.applicationProtocol()).isEqualTo("two");
    }

    @Test
    void aClientChoosesItsIdentityByWhatTheServerAsksFor() throws TlsException {
        Issued me = PKI.leaf(TestKey.P256, "me.example");
        AtomicReference<IdentitySource.Request> asked = new AtomicReference<>();
        TlsClient client = client().identities(request -> {
                    asked.set(request);
                    return Optional.of(me.identity());
                })
                .build();
        TlsServer server = server().clientAuthentication(ClientAuthentication.REQUIRED, PKI.trust())
                .build();
        EnginePair pair = EnginePair.connected(client, server);
        assertThat(pair.server().session().peerCertificates()).isEqualTo(me.chainDer());
        assertThat(asked.get().serverName()).isEqualTo("localhost");
        assertThat(asked.get().certificateSchemes()).contains(SignatureScheme.RSA_PKCS1_SHA256);
        assertThat(asked.get().authorities()).isEqualTo(PKI.trust().authorities());
    }

    @Test
    void whatIsKnownOfTheHandshakeIsToldBeforeItIsDone() throws TlsException {
        AtomicReference<TlsEngine> engine = new AtomicReference<>();
        AtomicReference<TlsHandshake> seen = new AtomicReference<>();
        Trust looksAround = peer -> {
            seen.set(engine.get().handshake().orElseThrow());
            return List.of();
        };
        engine.set(client().trust(looksAround).build().engine("localhost", 443));
        assertThat(engine.get().handshake()).isEmpty();
        EnginePair.of(engine.get(), server().build().engine()).shakeHands();
        assertThat(seen.get().suite()).isEqualTo(CipherSuite.TLS_AES_128_GCM_SHA256);
        assertThat(seen.get().serverName()).isEqualTo("localhost");
        assertThat(seen.get().peerCertificates()).isEqualTo(LEAF.chainDer());
    }

    @Test
    void aClientOfSomebodyWithoutANameAsksForNoneAndKeepsNoTicket() throws TlsException {
        TlsClient client = client().trust(peer -> {
                    assertThat(peer.hostName()).isNull();
                    return List.of();
                })
                .build();
        for (int i = 0; i < 2; i++) {
            EnginePair pair = EnginePair.of(client.engine(), server().build().engine());
            pair.shakeHands();
            assertThat(pair.server().session().serverName()).isNull();
            assertThat(pair.client().session().notResumed()).isEqualTo(NotResumed.NO_TICKET);
        }
    }

    @Test
    void aClientMayKeepTheNameToItselfAndStillChecksIt() throws TlsException {
        EnginePair pair =
                EnginePair.connected(client().serverNameIndication(false).build(), server().build());
        assertThat(pair.server().session().serverName()).isNull();
    }

    @Test
    void aTicketThatIsRemovedIsNotTaken() throws TlsException {
        TicketStore.Key key = new TicketStore.Key("localhost", 443, "policy");
        TicketStore store = TicketStore.inMemory(10);
        StoredTicket old = AnyTicket.plainStored("old");
        StoredTicket young = AnyTicket.plainStored("young");
        store.put(key, old);
        store.put(key, young);
        store.remove(key, Set.of(young.id()));
        store.remove(new TicketStore.Key("elsewhere", 443, "policy"), Set.of(old.id()));
        assertThat(store.take(key, AnyTicket.NOW)).isSameAs(old);
        assertThat(store.take(key, AnyTicket.NOW)).isNull();
    }
}
