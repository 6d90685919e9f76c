package dev.akushu.tls.engine;

import static dev.akushu.tls.engine.Altered.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Policy;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.client.ClientStep;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.wire.CertificateRequest;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HandshakeMessage;
import dev.akushu.tls.wire.MaxEarlyDataSize;
import dev.akushu.tls.wire.NewSessionTicket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client makes of the messages that a server sends after the handshake. RFC 9846 section 4.7. */
class TicketsFromServerTest {
    private static final Bytes TICKET = Bytes.ofAscii("a ticket");
    private static final Bytes NONCE = Bytes.fromHex("00");
    private static final Extensions NONE = Extensions.none();

    private final TlsClient client = Ends.client().build();
    private final TlsServer server = Ends.server().ticketsPerHandshake(0).build();
    private final Talk talk;

    TicketsFromServerTest() throws TlsException {
        talk = new Talk(client, server);
        talk.finish();
    }

    @Test
    void aTicketWithoutALifetimeIsDroppedAtOnce() throws TlsException {
        give(new NewSessionTicket(0, 0, NONCE, TICKET, NONE));

        assertThat(take(Instant.now())).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {604_801, 8_640_000, 0xffff_ffffL})
    void noTicketIsUsedForMoreThanSevenDaysWhateverItsServerSays(long seconds) throws TlsException {
        Instant received = Instant.now();
        give(new NewSessionTicket(seconds, 0, NONCE, TICKET, NONE));
        give(new NewSessionTicket(seconds, 0, NONCE, TICKET, NONE));

        assertThat(take(received.plus(Duration.ofDays(7)).minusSeconds(60))).isNotNull();
        assertThat(take(received.plus(Duration.ofDays(7)).plusSeconds(60))).isNull();
    }

    @Test
    void noTicketIsUsedForLongerThanItsServerSays() throws TlsException {
        Instant received = Instant.now();
        give(new NewSessionTicket(100, 0, NONCE, TICKET, NONE));

        assertThat(take(received.plusSeconds(200))).isNull();
    }

    @Test
    void eachNonceGivesItsTicketAKeyOfItsOwn() throws TlsException {
        give(new NewSessionTicket(100, 0, NONCE, TICKET, NONE));
        give(new NewSessionTicket(100, 0, Bytes.fromHex("01"), TICKET, NONE));
        give(new NewSessionTicket(100, 0, Bytes.empty(), TICKET, NONE));
        byte[] one = psk();
        byte[] two = psk();
        byte[] three = psk();

        assertThat(one).isNotEqualTo(two).isNotEqualTo(three);
        assertThat(two).isNotEqualTo(three);
    }

    @Test
    void aNonceThatComesTwiceHarmsNobodyButItsServer() throws TlsException {
        give(new NewSessionTicket(100, 0, NONCE, TICKET, NONE));
        give(new NewSessionTicket(100, 0, NONCE, Bytes.ofAscii("another"), NONE));

        assertThat(psk()).isEqualTo(psk());
    }

    @Test
    void unknownExtensionsAreIgnored() throws TlsException {
        give(new NewSessionTicket(
                100,
                0,
                NONCE,
                TICKET,
                Extensions.of(raw(ExtensionType.of(0x1a1a), "ff"), raw(ExtensionType.of(0xff77), ""))));

        assertThat(take(Instant.now())).isNotNull();
    }

    @Test
    void theLimitOfEarlyDataIsKept() throws TlsException {
        give(new NewSessionTicket(100, 0, NONCE, TICKET, Extensions.of(new MaxEarlyDataSize(0xffff_ffffL))));

        assertThat(Objects.requireNonNull(take(Instant.now())).maxEarlyDataBytes())
                .isEqualTo(0xffff_ffffL);
    }

    @Test
    void noTicketIsUsedOnceTheServersCertificateHasEnded() throws TlsException {
        Instant end = Instant.now().plus(Duration.ofHours(1));
        Issued leaf =
                Ends.PKI.issue(CertificateRecipe.host(TestKey.P256, "localhost").notAfter(end));
        Talk other = new Talk(
                client,
                TlsServer.builder(leaf.identity()).ticketsPerHandshake(0).build());
        other.finish();
        for (int i = 0; i < 2; i++) {
            other.give(Role.CLIENT, HandshakeCodec.encode(new NewSessionTicket(100_000, 0, NONCE, TICKET, NONE)));
        }

        assertThat(take(end.minusSeconds(60))).isNotNull();
        assertThat(take(end.plusSeconds(60))).isNull();
    }

    @Test
    void aTicketThatIsOnOfferIsOverwrittenInTheStoresHands() throws TlsException {
        List<StoredTicket> taken = new ArrayList<>();
        TicketStore store = new WitnessedTickets(ticket -> {
            taken.add(ticket);
            return ticket;
        });
        TlsClient remembering = client.toBuilder().tickets(store).build();
        EnginePair.connected(remembering, Ends.server().build());
        remembering.engine("localhost", 443);
        Policy otherHash = Ends.QUICK.withSuites(List.of(CipherSuite.TLS_AES_256_GCM_SHA384));
        // A suite that is not allowed any more: the ticket cannot even be offered.
        remembering.toBuilder().policy(otherHash).build().engine("localhost", 443);

        assertThat(taken)
                .hasSize(2)
                .allSatisfy(ticket -> assertThatIllegalStateException().isThrownBy(ticket::copyPsk));
    }

    @ParameterizedTest
    @ValueSource(ints = {(1 << 15) + 1, 0xffff})
    void aTicketThatNoClientHelloCanHoldIsNotKept(int length) throws TlsException {
        give(new NewSessionTicket(100, 0, NONCE, Bytes.wrap(new byte[length]), NONE));

        ClientHello next = Honest.next(new Talk(client, server), Role.SERVER, ClientHello.class);
        assertThat(next.extensions().has(ExtensionType.PRE_SHARED_KEY)).isFalse();
    }

    @Test
    void aTicketOf32KibibytesCanBeOffered() throws TlsException {
        give(new NewSessionTicket(100, 0, NONCE, Bytes.wrap(new byte[1 << 15]), NONE));

        Talk next = new Talk(client, server);
        next.finish();
        assertThat(next.end(Role.CLIENT).step()).isEqualTo(ClientStep.CONNECTED);
    }

    /** Type, length, and then what is wrong. */
    @ParameterizedTest
    @CsvSource({
        "18000001 02, ILLEGAL_VALUE, ILLEGAL_PARAMETER",
        "18000001 ff, ILLEGAL_VALUE, ILLEGAL_PARAMETER",
        "18000000, TRUNCATED_FIELD, DECODE_ERROR",
        "18000002 0000, TRAILING_BYTES, DECODE_ERROR",
        "0400000e 00000064 00000000 00 0000 0000 00, LENGTH_OUT_OF_RANGE, DECODE_ERROR",
        "04000012 00000064 00000000 00 0001 55 0004 0033 0000, MISPLACED_EXTENSION, ILLEGAL_PARAMETER",
        "04000014 00000064 00000000 00 0001 55 0006 002a 0002 0000, TRUNCATED_FIELD, DECODE_ERROR",
        "0400000f 00000064 00000000 00 0001 55 0000 00, TRAILING_BYTES, DECODE_ERROR",
        "0b000004 00000000, UNEXPECTED_HANDSHAKE_MESSAGE, UNEXPECTED_MESSAGE",
        "63000000, UNKNOWN_HANDSHAKE_TYPE, UNEXPECTED_MESSAGE",
        "00000000, UNKNOWN_HANDSHAKE_TYPE, UNEXPECTED_MESSAGE"
    })
    void whatIsMalformedIsRefused(String hex, Problem problem, AlertDescription alert) {
        byte[] message = Bytes.fromHex(hex.replace(" ", "")).toArray();

        TlsException failed = catchThrowableOfType(TlsException.class, () -> talk.give(Role.CLIENT, message));
        assertThat(failed).isNotNull();
        assertThat(failed.problem()).as(failed.getMessage()).isEqualTo(problem);
        assertThat(problem.alert()).isEqualTo(alert);
    }

    @Test
    void noCertificateCanBeAskedForAfterTheHandshake() {
        // RFC 9846 4.7.2: the client did not send post_handshake_auth.
        CertificateRequest request = new CertificateRequest(
                Bytes.fromHex("01"), Extensions.of(raw(ExtensionType.SIGNATURE_ALGORITHMS, "00020403")));

        assertThat(failure(request).problem()).isEqualTo(Problem.UNEXPECTED_HANDSHAKE_MESSAGE);
    }

    @Test
    void ticketsWithoutEndAreRefused() throws TlsException {
        for (int i = 0; i < 64; i++) {
            give(new NewSessionTicket(100, 0, NONCE, TICKET, NONE));
        }

        assertThat(failure(new NewSessionTicket(100, 0, NONCE, TICKET, NONE)).problem())
                .isEqualTo(Problem.TOO_MANY_POST_HANDSHAKE_MESSAGES);
    }

    private void give(HandshakeMessage message) throws TlsException {
        talk.give(Role.CLIENT, HandshakeCodec.encode(message));
    }

    private TlsException failure(HandshakeMessage message) {
        TlsException failed = catchThrowableOfType(TlsException.class, () -> give(message));
        return Objects.requireNonNull(failed, "it was accepted");
    }

    private @Nullable StoredTicket take(Instant now) throws TlsException {
        return client.tickets().take(new TicketStore.Key("localhost", 443, client.ticketScope()), now);
    }

    private byte[] psk() throws TlsException {
        return Objects.requireNonNull(take(Instant.now())).copyPsk();
    }
}
