package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Policy;
import dev.akushu.tls.PskSource;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.CertificateEntry;
import dev.akushu.tls.wire.CertificateRequest;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.EncryptedExtensions;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HandshakeMessage;
import dev.akushu.tls.wire.HelloRetryRequest;
import dev.akushu.tls.wire.KeyShareEntry;
import dev.akushu.tls.wire.KeyShareServerHello;
import dev.akushu.tls.wire.NewSessionTicket;
import dev.akushu.tls.wire.ProtocolVersion;
import dev.akushu.tls.wire.SelectedVersion;
import dev.akushu.tls.wire.ServerHello;
import dev.akushu.tls.wire.SignatureAlgorithms;
import dev.akushu.tls.wire.SignatureAlgorithmsCert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server says of itself, whatever its client is like. RFC 9846 sections 4.2.3 to 4.7.1. */
class HonestServerTest {
    private static final byte[] CHANGE_CIPHER_SPEC = {20, 3, 3, 0, 1, 1};
    private static final ExternalPsk LAMP = ExternalPsk.of("lamp", new byte[32]);

    /** What a ServerHello or a retry of TLS 1.3 may hold; the cookie stands in retries alone. RFC 9846 section 4.3. */
    private static final Set<ExtensionType> IN_CLEAR = Set.of(
            ExtensionType.SUPPORTED_VERSIONS,
            ExtensionType.KEY_SHARE,
            ExtensionType.PRE_SHARED_KEY,
            ExtensionType.COOKIE);

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void aServerHelloIsOneOfTls13(Scenario scenario) throws TlsException {
        Flight flight = Flight.of(scenario.begin());
        ServerHello hello = flight.the(ServerHello.class);
        KeyShareEntry share = Objects.requireNonNull(hello.extensions().find(KeyShareServerHello.class))
                .serverShare();

        assertThat(hello.legacyVersion()).isEqualTo(0x0303);
        assertThat(hello.legacySessionIdEcho()).isEqualTo(flight.hello.legacySessionId());
        assertThat(hello.legacyCompressionMethod()).isZero();
        assertThat(flight.hello.cipherSuites()).contains(hello.cipherSuite());
        assertThat(hello.extensions().find(SelectedVersion.class))
                .isEqualTo(new SelectedVersion(ProtocolVersion.TLS_1_3));
        assertThat(Honest.shares(flight.hello.extensions()))
                .extracting(KeyShareEntry::group)
                .contains(share.group());
        assertThat(IN_CLEAR).containsAll(hello.extensions().types());
        assertThat(flight.hello.extensions().types())
                .containsAll(hello.extensions().types());
    }

    @Test
    void theRandomIsTheServersOwn() throws TlsException {
        Flight one = Flight.of(Scenario.FULL.begin());
        Flight two = Flight.of(Scenario.FULL.begin());
        Bytes random = one.the(ServerHello.class).random();

        assertThat(List.of(random, two.the(ServerHello.class).random(), one.hello.random(), two.hello.random()))
                .doesNotHaveDuplicates();
        assertThat(random.hex()).as("no mark of an older version").doesNotContain("444f574e475244");
    }

    @Test
    void aRetryHoldsNothingThatWasNotOffered() throws TlsException {
        Talk talk = Scenario.RETRY.begin();
        ClientHello hello = Honest.next(talk, Role.SERVER, ClientHello.class);
        HelloRetryRequest retry = (HelloRetryRequest) Honest.answer(talk, hello);

        assertThat(retry.legacyVersion()).isEqualTo(0x0303);
        assertThat(retry.legacySessionIdEcho()).isEqualTo(hello.legacySessionId());
        assertThat(retry.legacyCompressionMethod()).isZero();
        assertThat(retry.extensions().types())
                .containsExactlyInAnyOrder(ExtensionType.SUPPORTED_VERSIONS, ExtensionType.KEY_SHARE);
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void encryptedExtensionsComeNextAndAnswerTheHello(Scenario scenario) throws TlsException {
        Flight flight = Flight.of(scenario.begin());
        int hello = flight.messages.indexOf(flight.the(ServerHello.class));
        EncryptedExtensions extensions = (EncryptedExtensions) flight.messages.get(hello + 1);

        assertThat(flight.hello.extensions().types())
                .containsAll(extensions.extensions().types());
        assertThat(extensions.extensions().types())
                .doesNotContain(ExtensionType.PSK_KEY_EXCHANGE_MODES, ExtensionType.POST_HANDSHAKE_AUTH)
                .doesNotContainAnyElementsOf(IN_CLEAR);
    }

    @Test
    void aRequestForACertificateHasSchemesAndNoContext() throws TlsException {
        CertificateRequest request =
                Flight.of(Scenario.CLIENT_AUTHENTICATION.begin()).the(CertificateRequest.class);

        assertThat(request.context()).isEqualTo(Bytes.empty());
        assertThat(request.extensions().types())
                .contains(ExtensionType.SIGNATURE_ALGORITHMS)
                .doesNotContain(ExtensionType.OID_FILTERS);
    }

    @Test
    void aRequestSaysWhichSignaturesAreAcceptedInsideCertificates() throws TlsException {
        // RFC 9846 4.3.3: signature_algorithms_cert, for whom they are not the same as in the handshake.
        Policy policy = Policy.MODERN_2026_11.withCertificateSchemes(
                List.of(SignatureScheme.ECDSA_SECP256R1_SHA256, SignatureScheme.ED25519));
        TlsServer asking = Ends.server()
                .policy(policy)
                .clientAuthentication(ClientAuthentication.WANTED, Ends.PKI.trust())
                .build();
        TlsClient client = Ends.client().identity(Ends.LEAF.identity()).build();
        Extensions said = Flight.of(new Talk(client, asking))
                .the(CertificateRequest.class)
                .extensions();

        assertThat(said.find(SignatureAlgorithmsCert.class))
                .isEqualTo(new SignatureAlgorithmsCert(
                        List.of(SignatureScheme.ECDSA_SECP256R1_SHA256, SignatureScheme.ED25519)));
        assertThat(said.find(SignatureAlgorithms.class)).isEqualTo(new SignatureAlgorithms(policy.signatureSchemes()));
    }

    @Test
    void aRequestLeavesThemOutWhereTheyAreTheSame() throws TlsException {
        TlsServer asking = Ends.server()
                .policy(Policy.MODERN_2026_11.withCertificateSchemes(Policy.MODERN_2026_11.signatureSchemes()))
                .clientAuthentication(ClientAuthentication.WANTED, Ends.PKI.trust())
                .build();

        assertThat(Flight.of(new Talk(Ends.client().build(), asking))
                        .the(CertificateRequest.class)
                        .extensions()
                        .has(ExtensionType.SIGNATURE_ALGORITHMS_CERT))
                .isFalse();
    }

    @Test
    void aCertificateStandsFirstInAMessageWithoutContext() throws TlsException {
        Talk talk = new Talk(Ends.client().build(), Ends.server().build());
        Certificate certificate = Flight.of(talk).the(Certificate.class);

        assertThat(certificate.context()).isEqualTo(Bytes.empty());
        assertThat(certificate.entries()).extracting(CertificateEntry::data).isEqualTo(Ends.LEAF.chainDer());
    }

    @Test
    void whoHasAPreSharedKeyIsAskedForNoCertificate() throws TlsException {
        // RFC 9846 4.4.2 and F.1.
        TlsServer asking = Ends.server()
                .clientAuthentication(ClientAuthentication.WANTED, Ends.PKI.trust())
                .externalPsks(PskSource.of(List.of(LAMP)))
                .build();
        TlsClient client = Ends.client().identity(Ends.LEAF.identity()).build();
        new Talk(client, asking).finish();
        Flight resumed = Flight.of(new Talk(client, asking));
        Flight external = Flight.of(new Talk(Ends.client().externalPsks(LAMP).build(), asking));

        assertThat(resumed.the(ServerHello.class).extensions().has(ExtensionType.PRE_SHARED_KEY))
                .isTrue();
        for (Flight flight : List.of(resumed, external)) {
            assertThat(flight.find(CertificateRequest.class)).isNull();
            assertThat(flight.find(Certificate.class)).isNull();
        }
    }

    @Test
    void eachTicketHasANonceAndAnAgeOfItsOwn() throws TlsException {
        TlsServer server = Ends.server().ticketsPerHandshake(8).build();
        List<NewSessionTicket> first = tickets(server);
        List<NewSessionTicket> second = tickets(server);

        assertThat(first).hasSize(8).extracting(NewSessionTicket::ticketNonce).doesNotHaveDuplicates();
        first.addAll(second);
        assertThat(first).hasSize(16).extracting(NewSessionTicket::ticketAgeAdd).doesNotHaveDuplicates();
    }

    @Test
    void aTicketLivesForSevenDaysAtMost() throws TlsException {
        TlsServer.Builder builder = Ends.server().ticketLifetime(Duration.ofDays(7));

        assertThat(tickets(builder.build())).isNotEmpty().allMatch(ticket -> ticket.ticketLifetime() <= 604_800);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.ticketLifetime(Duration.ofDays(7).plusSeconds(1)));
    }

    @Test
    void aSessionIdIsAnsweredByAChangeCipherSpecBehindTheHello() throws TlsException {
        // RFC 9846 appendix E.4; after a retry it stands behind that already.
        assertThat(secondRecord(true)).startsWith(CHANGE_CIPHER_SPEC);
        assertThat(secondRecord(false)).as("a protected record").startsWith(23, 3, 3);
    }

    private static byte[] secondRecord(boolean compatibilityMode) throws TlsException {
        TlsClient client = Ends.client().compatibilityMode(compatibilityMode).build();
        EnginePair pair = EnginePair.of(client, Ends.server().build());
        pair.server().input(pair.client().output());
        byte[] flight = pair.server().output();
        int hello = 5 + ((flight[3] & 0xff) << 8 | flight[4] & 0xff);
        return Arrays.copyOfRange(flight, hello, flight.length);
    }

    private static List<NewSessionTicket> tickets(TlsServer server) throws TlsException {
        Talk talk = new Talk(Ends.client().build(), server);
        List<NewSessionTicket> tickets = new ArrayList<>();
        for (HandshakeMessage message : Flight.of(talk).messages) {
            if (message instanceof NewSessionTicket ticket) {
                tickets.add(ticket);
            }
        }
        return tickets;
    }

    /**
     * All that a server sends.
     *
     * @param hello the last ClientHello, which it answers
     * @param messages the server's, in their order
     */
    private record Flight(ClientHello hello, List<HandshakeMessage> messages) {
        /** Lets the two talk to the end. */
        static Flight of(Talk talk) throws TlsException {
            List<HandshakeMessage> messages = new ArrayList<>();
            ClientHello hello = null;
            while (true) {
                byte[] up = talk.intercept(Role.SERVER);
                byte[] down = up == null ? talk.intercept(Role.CLIENT) : null;
                if (up != null) {
                    hello = HandshakeCodec.decode(up, 0, up.length) instanceof ClientHello said ? said : hello;
                    talk.give(Role.SERVER, up);
                } else if (down != null) {
                    messages.add(HandshakeCodec.decode(down, 0, down.length));
                    talk.give(Role.CLIENT, down);
                } else {
                    return new Flight(Objects.requireNonNull(hello), messages);
                }
            }
        }

        <M extends HandshakeMessage> @Nullable M find(Class<M> kind) {
            return messages.stream()
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .findFirst()
                    .orElse(null);
        }

        <M extends HandshakeMessage> M the(Class<M> kind) {
            return Objects.requireNonNull(find(kind));
        }
    }
}
