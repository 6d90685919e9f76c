package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.Policy;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.Trust;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A ticket that a server does not take costs a full handshake, nothing else; and the server says why. */
class RefusedTicketsTest {
    private static final Issued LEAF = Ends.PKI.leaf(TestKey.P256, "localhost", "other.example");
    private static final Issued ME = Ends.PKI.leaf(TestKey.P256, "me.example");

    private final WitnessedTickets tickets = new WitnessedTickets();
    private final TlsClient client = Ends.client()
            .tickets(tickets)
            .applicationProtocols("h2", "http/1.1")
            .build();
    private final TlsServer server = TlsServer.builder(LEAF.identity())
            .applicationProtocols("h2", "http/1.1")
            .ticketLifetime(Duration.ofHours(3))
            .build();

    @Test
    void theSameEndsResume() throws TlsException {
        EnginePair.connected(client, server);

        assertThat(EnginePair.connected(client, server).server().session().resumed())
                .isTrue();
    }

    @Test
    void aTicketBeyondItsLifetimeIsTooOld() throws TlsException {
        requireRefusal(client, server.toBuilder().clock(in(Duration.ofHours(4))).build(), NotResumed.TICKET_TOO_OLD);
    }

    @Test
    void aTicketFromTheFutureIsRefused() throws TlsException {
        requireRefusal(
                client, server.toBuilder().clock(in(Duration.ofMinutes(-10))).build(), NotResumed.AGE_MISMATCH);
    }

    @Test
    void anAuthenticationThatIsTooLongAgoDoesNotCount() throws TlsException {
        TlsServer strict = server.toBuilder()
                .authenticationLifetime(Duration.ofHours(1))
                .clock(in(Duration.ofHours(2)))
                .build();

        requireRefusal(client, strict, NotResumed.AUTHENTICATION_TOO_OLD);
    }

    @Test
    void aTicketIsForOneServerName() throws TlsException {
        requireRefusal(client.toBuilder().serverName("other.example").build(), server, NotResumed.OTHER_SERVER_NAME);
    }

    @Test
    void aTicketIsForItsApplicationProtocol() throws TlsException {
        requireRefusal(
                client.toBuilder().applicationProtocols("http/1.1").build(),
                server,
                NotResumed.OTHER_APPLICATION_PROTOCOL);
        requireRefusal(
                client,
                server.toBuilder().applicationProtocols("http/1.1").build(),
                NotResumed.OTHER_APPLICATION_PROTOCOL);
    }

    @Test
    void aTicketIsForASuiteWithItsHash() throws TlsException {
        Policy other = Policy.MODERN_2026_11.withSuites(List.of(CipherSuite.TLS_AES_256_GCM_SHA384));

        requireRefusal(client, server.toBuilder().policy(other).build(), NotResumed.OTHER_HASH);
    }

    @Test
    void aRetryThatChoosesAnotherHashLetsTheClientDropItsTicket() throws TlsException {
        // RFC 9846 4.2.4: the second ClientHello should not offer it.
        Policy noShares = Policy.MODERN_2026_11.withKeyShares(List.of());
        Policy other = Policy.MODERN_2026_11.withSuites(List.of(CipherSuite.TLS_AES_256_GCM_SHA384));
        EnginePair.connected(client, server);
        EnginePair pair = EnginePair.connected(
                client.toBuilder().policy(noShares).build(),
                server.toBuilder().policy(other).build());

        assertThat(pair.client().session().notResumed()).isEqualTo(NotResumed.OTHER_HASH);
        assertThat(pair.server().session().notResumed()).isEqualTo(NotResumed.NO_TICKET);
    }

    @Test
    void anotherSuiteWithTheSameHashResumes() throws TlsException {
        Policy other = Policy.MODERN_2026_11.withSuites(List.of(CipherSuite.TLS_CHACHA20_POLY1305_SHA256));
        EnginePair.connected(client, server);
        TlsSession session = EnginePair.connected(
                        client, server.toBuilder().policy(other).build())
                .client()
                .session();

        assertThat(session.resumed()).isTrue();
        assertThat(session.suite()).isEqualTo(CipherSuite.TLS_CHACHA20_POLY1305_SHA256);
    }

    @Test
    void aTicketIsForItsScope() throws TlsException {
        requireRefusal(client, server.toBuilder().ticketScope("another host").build(), NotResumed.TICKET_UNREADABLE);
    }

    @Test
    void aScopeHasALimit() throws TlsException {
        TlsServer limit = server.toBuilder().ticketScope("ä".repeat(512)).build();
        EnginePair.connected(client, limit);
        assertThat(EnginePair.connected(client, limit).server().session().resumed())
                .isTrue();

        TlsServer.Builder beyond = server.toBuilder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> beyond.ticketScope("ä".repeat(512) + "a"))
                .withMessageContaining("1025 octets");
    }

    @Test
    void aServerThatTakesNoTicketsSaysSo() throws TlsException {
        requireRefusal(client, server.toBuilder().ticketsPerHandshake(0).build(), NotResumed.RESUMPTION_OFF);
    }

    @Test
    void anApplicationMayRefuseATicketByWhatItHadPutIn() throws TlsException {
        Bytes known = Bytes.ofAscii("user 7");
        TlsServer noting = server.toBuilder().ticketData(session -> known).build();
        for (boolean lockedOut : new boolean[] {false, true}) {
            TlsServer asked = noting.toBuilder()
                    .ticketDataAccepted(data -> !lockedOut && data.equals(known))
                    .build();
            EnginePair.connected(client, noting);
            TlsSession session = EnginePair.connected(client, asked).server().session();

            assertThat(session.notResumed()).isEqualTo(lockedOut ? NotResumed.REFUSED_BY_APPLICATION : null);
        }
    }

    @Test
    void aServerThatNowRequiresACertificateAsksForIt() throws TlsException {
        TlsSession session = requireRefusal(
                client.toBuilder().identity(ME.identity()).build(), asking(Ends.PKI.trust()), NotResumed.OTHER_POLICY);

        assertThat(session.peerCertificates()).isEqualTo(ME.chainDer());
    }

    @Test
    void aCertificateThatAnotherTrustAcceptedIsShownAgain() throws TlsException {
        // Else whom one set of roots knows would be let in where only another set is trusted.
        TlsServer lenient = asking(peer -> List.of());
        TlsServer strict = asking(TestPki.create().trust());
        TlsClient me = client.toBuilder().identity(ME.identity()).build();
        EnginePair.connected(me, lenient);
        EnginePair pair = EnginePair.of(me, strict);

        assertThatExceptionOfType(TlsException.CertificateRejected.class).isThrownBy(pair::shakeHands);
    }

    @Test
    void aCertificateThatTheSameTrustAcceptedIsRemembered() throws TlsException {
        TlsClient me = client.toBuilder().identity(ME.identity()).build();
        EnginePair.connected(me, asking(Ends.PKI.trust()));
        TlsSession session =
                EnginePair.connected(me, asking(Ends.PKI.trust())).server().session();

        assertThat(session.resumed()).isTrue();
        assertThat(session.peerCertificates()).isEqualTo(ME.chainDer());
    }

    @Test
    void aServerThatNoLongerAsksKnowsNobody() throws TlsException {
        TlsClient me = client.toBuilder().identity(ME.identity()).build();
        EnginePair.connected(me, asking(Ends.PKI.trust()));

        assertThat(EnginePair.connected(me, server).server().session().peerCertificates())
                .isEmpty();
    }

    /** A ticket has a version, the name of a key, a salt, and then what is sealed. */
    @ParameterizedTest
    @CsvSource({
        "0, TICKET_UNREADABLE",
        "1, UNKNOWN_TICKET_KEY",
        "16, UNKNOWN_TICKET_KEY",
        "17, TICKET_UNREADABLE",
        "48, TICKET_UNREADABLE",
        "49, TICKET_UNREADABLE",
        "120, TICKET_UNREADABLE"
    })
    void aTicketWithOneBitChangedIsNone(int octet, NotResumed reason) throws TlsException {
        WitnessedTickets flipping =
                new WitnessedTickets(ticket -> withTicket(ticket, Altered.flipped(ticket.ticket(), 8 * octet + 3)));

        requireRefusal(client.toBuilder().tickets(flipping).build(), server, reason);
    }

    @Test
    void aTicketThatIsCutOffIsNone() throws TlsException {
        WitnessedTickets cutting = new WitnessedTickets(
                ticket -> withTicket(ticket, ticket.ticket().slice(0, 64)));

        requireRefusal(client.toBuilder().tickets(cutting).build(), server, NotResumed.TICKET_UNREADABLE);
    }

    /** A first handshake with {@link #server}, then one with {@code other} that must not resume; returns the server's view. */
    private TlsSession requireRefusal(TlsClient second, TlsServer other, NotResumed reason) throws TlsException {
        TlsClient first = client.toBuilder().tickets(second.tickets()).build();
        EnginePair.connected(first, server);
        EnginePair pair = EnginePair.connected(second, other);
        pair.server().input(pair.client().seal("ping"));

        assertThat(pair.server().session().notResumed()).isEqualTo(reason);
        assertThat(pair.client().session().notResumed()).isEqualTo(NotResumed.REFUSED_BY_SERVER);
        assertThat(pair.server().received()).isEqualTo("ping");
        second.tickets().clear();
        return pair.server().session();
    }

    /** {@link #server} with the same ticket keys, and with clients accepted by {@code trust} alone. */
    private TlsServer asking(Trust trust) {
        return server.toBuilder()
                .clientAuthentication(ClientAuthentication.REQUIRED, trust)
                .build();
    }

    private static StoredTicket withTicket(StoredTicket ticket, Bytes changed) {
        return new StoredTicket(
                changed,
                ticket.copyPsk(),
                ticket.suite(),
                ticket.receivedAt(),
                ticket.lifetime(),
                ticket.ageAdd(),
                ticket.maxEarlyDataBytes(),
                ticket.recordSizeLimit(),
                ticket.origin());
    }

    private static InstantSource in(Duration ahead) {
        return () -> Instant.now().plus(ahead);
    }
}
