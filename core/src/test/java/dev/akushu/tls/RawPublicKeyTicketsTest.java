package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.identity.PeerKey;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What tickets of sessions by public keys without certificates are bound to. RFC 7250, RFC 9846 section 4.7.1. */
class RawPublicKeyTicketsTest {
    private static final TestPki PKI = TestPki.create();
    private static final Identity CERTIFIED =
            PKI.leaf(TestKey.P256, "localhost").identity();
    private static final KeyPair SERVER = TestKey.ED25519.fresh();
    private static final KeyPair CLIENT = TestKey.ED25519.fresh();

    @Test
    void aServerMayKnowThousandsOfClients() throws TlsException {
        TlsServer server = server().rawClientAuthentication(
                        ClientAuthentication.REQUIRED, RawKeyTrust.pinned(manyKeys()))
                .build();
        TlsClient client = client().identity(raw(CLIENT)).build();
        EnginePair.connected(client, server);

        EnginePair again = EnginePair.connected(client, server);

        assertThat(again.server().session().resumed()).isTrue();
        assertThat(again.server().session().rawPublicKey())
                .isEqualTo(Bytes.wrap(CLIENT.getPublic().getEncoded()));
    }

    @Test
    void aPreSharedKeyThatItDoesNotKnowIsPassedOver() throws TlsException {
        TlsServer server = server().rawClientAuthentication(
                        ClientAuthentication.REQUIRED, RawKeyTrust.pinned(manyKeys()))
                .build();
        TlsClient client = client().identity(raw(CLIENT))
                .externalPsks(ExternalPsk.of("nobody knows it", new byte[32]))
                .build();

        TlsSession session = EnginePair.connected(client, server).server().session();

        assertThat(session.rawPublicKey())
                .isEqualTo(Bytes.wrap(CLIENT.getPublic().getEncoded()));
    }

    @Test
    void theScopeOfATrustMayBeOfAnyLength() throws TlsException {
        RawKeyTrust pinned = pinned(CLIENT);
        TlsServer server = server().rawClientAuthentication(
                        ClientAuthentication.REQUIRED, scopedKeys(pinned, "x".repeat(1 << 17)))
                .clientAuthentication(
                        ClientAuthentication.REQUIRED, scopedCertificates(PKI.trust(), "y".repeat(1 << 17)))
                .build();
        for (Identity identity : List.of(raw(CLIENT), CERTIFIED)) {
            TlsClient client = client().identity(identity).build();
            EnginePair.connected(client, server);
            assertThat(EnginePair.connected(client, server).server().session().resumed())
                    .isTrue();
        }
    }

    @Test
    void theOrderOfPinnedKeysDoesNotMatterAndEachKeyDoes() {
        RawKeyTrust both = RawKeyTrust.pinned(List.of(SERVER.getPublic(), CLIENT.getPublic()));

        assertThat(RawKeyTrust.pinned(List.of(CLIENT.getPublic(), SERVER.getPublic()))
                        .scope())
                .isEqualTo(both.scope());
        assertThat(pinned(SERVER).scope()).isNotEqualTo(both.scope());
        assertThat(pinned(SERVER).scope()).isNotEqualTo(pinned(CLIENT).scope());
    }

    @Test
    void aTrustAndASourceWithTheSameScopeAreNotAlike() throws TlsException {
        TlsClient.Builder builder = TlsClient.builder(scopedCertificates(PKI.trust(), "roots"));
        TlsClient trusts =
                builder.rawServerKeys(scopedKeys(pinned(SERVER), "same")).build();
        TlsClient shows = TlsClient.builder(scopedCertificates(PKI.trust(), "roots"))
                .identities(scopedSource("same"))
                .build();

        assertThat(trusts.ticketScope()).isNotEqualTo(shows.ticketScope());
    }

    @Test
    void protocolsWithCommasAreNotAlike() throws TlsException {
        TlsClient.Builder builder = TlsClient.builder(scopedCertificates(PKI.trust(), "roots"));

        assertThat(builder.applicationProtocols("a, b").build().ticketScope())
                .isNotEqualTo(builder.applicationProtocols("a", "b").build().ticketScope());
    }

    @Test
    void aClientForCertificatesOffersNoTicketOfASessionByARawKey() throws TlsException {
        StoreForAll tickets = new StoreForAll(TicketStore.inMemory(4), null);
        TlsServer both = TlsServer.builder(IdentitySource.among(List.of(CERTIFIED.withoutCertificates(), CERTIFIED)))
                .build();
        RawKeyTrust key = RawKeyTrust.pinned(List.of(publicKeyOf(CERTIFIED)));
        EnginePair.connected(TlsClient.rawKeyBuilder(key).tickets(tickets).build(), both);

        EnginePair ends = EnginePair.connected(
                TlsClient.builder(PKI.trust()).tickets(tickets).build(), both);

        assertThat(ends.server().session().notResumed()).isEqualTo(NotResumed.NO_TICKET);
        assertThat(ends.client().session().peerCertificates()).isEqualTo(CERTIFIED.chain());
    }

    @Test
    void aClientForRawKeysOffersNoTicketOfASessionByACertificate() throws TlsException {
        StoreForAll tickets = new StoreForAll(TicketStore.inMemory(4), null);
        TlsServer both = TlsServer.builder(IdentitySource.among(List.of(CERTIFIED.withoutCertificates(), CERTIFIED)))
                .build();
        RawKeyTrust key = RawKeyTrust.pinned(List.of(publicKeyOf(CERTIFIED)));
        EnginePair.connected(TlsClient.builder(PKI.trust()).tickets(tickets).build(), both);

        EnginePair ends = EnginePair.connected(
                TlsClient.rawKeyBuilder(key).tickets(tickets).build(), both);

        assertThat(ends.server().session().notResumed()).isEqualTo(NotResumed.NO_TICKET);
        assertThat(ends.client().session().rawPublicKey()).isEqualTo(CERTIFIED.subjectPublicKeyInfo());
    }

    @Test
    void aTrustWithoutAScopeIsGivenAgainAndKeepsItsTickets() throws TlsException {
        RawKeyTrust unscoped = scopedKeys(pinned(CLIENT), "");
        Trust certificates = scopedCertificates(PKI.trust(), "");
        TlsServer first = server().ticketKeys(TicketKeys.rotating())
                .clientAuthentication(ClientAuthentication.WANTED, certificates)
                .rawClientAuthentication(ClientAuthentication.WANTED, unscoped)
                .build();
        for (Identity identity : List.of(raw(CLIENT), CERTIFIED)) {
            TlsClient client = client().identity(identity).build();
            EnginePair.connected(client, first);
            TlsServer same = first.toBuilder()
                    .clientAuthentication(ClientAuthentication.REQUIRED, certificates)
                    .rawClientAuthentication(ClientAuthentication.REQUIRED, unscoped)
                    .build();

            assertThat(EnginePair.connected(client, same).server().session().resumed())
                    .isTrue();
        }
    }

    @Test
    void aSourceThatNamesNoTypesShowsCertificates() throws TlsException {
        IdentitySource none = new IdentitySource() {
            @Override
            public Optional<Identity> choose(Request request) {
                return Optional.of(CERTIFIED);
            }

            @Override
            public List<CertificateType> types() {
                return List.of();
            }
        };
        TlsServer asking = TlsServer.builder(CERTIFIED)
                .clientAuthentication(ClientAuthentication.REQUIRED, PKI.trust())
                .build();
        TlsClient client = TlsClient.builder(PKI.trust()).identities(none).build();

        assertThat(EnginePair.connected(client, asking).server().session().peerCertificates())
                .isEqualTo(CERTIFIED.chain());
    }

    /** So many that their fingerprints fill more than 64 KiB. */
    private static List<PublicKey> manyKeys() {
        List<PublicKey> keys = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            keys.add(TestKey.ED25519.fresh().getPublic());
        }
        keys.add(CLIENT.getPublic());
        return keys;
    }

    private static RawKeyTrust scopedKeys(RawKeyTrust trust, String scope) {
        return new RawKeyTrust() {
            @Override
            public CertificateCheck verify(RawKey peer) throws TlsException {
                return trust.verify(peer);
            }

            @Override
            public String scope() {
                return scope;
            }
        };
    }

    private static Trust scopedCertificates(Trust trust, String scope) {
        return new Trust() {
            @Override
            public List<CertificateCheck> verify(PeerChain peer) throws TlsException {
                return trust.verify(peer);
            }

            @Override
            public String scope() {
                return scope;
            }
        };
    }

    private static IdentitySource scopedSource(String scope) {
        return new IdentitySource() {
            @Override
            public Optional<Identity> choose(Request request) {
                return Optional.of(CERTIFIED);
            }

            @Override
            public String scope() {
                return scope;
            }
        };
    }

    private static TlsClient.Builder client() {
        return TlsClient.rawKeyBuilder(pinned(SERVER));
    }

    private static TlsServer.Builder server() throws TlsException {
        return TlsServer.builder(raw(SERVER));
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
