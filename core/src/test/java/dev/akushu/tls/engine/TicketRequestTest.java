package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TicketRequest;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.EncryptedExtensions;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HandshakeMessage;
import dev.akushu.tls.wire.HelloRetryRequest;
import dev.akushu.tls.wire.NewSessionTicket;
import dev.akushu.tls.wire.ServerHello;
import dev.akushu.tls.wire.ServerTicketRequestHint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many tickets a client gets, which it may ask for. RFC 9149. */
class TicketRequestTest {
    private final List<TraceEvent> told = new ArrayList<>();

    @Test
    void whoAsksForNoNumberGetsTwoAndOneAfterAResumption() throws TlsException {
        TlsClient client = Ends.client().build();
        TlsServer server = Ends.server().build();

        assertThat(handshake(client, server)).isEqualTo(new Answer(null, 2));
        assertThat(handshake(client, server)).isEqualTo(new Answer(null, 1));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "3, 0", "8, 3", "9, 9", "32, 32"})
    void whoAsksGetsAsManyButNoMoreThanTheServerGives(int newSession, int resumption) throws TlsException {
        TlsClient client = Ends.client()
                .ticketRequest(new TicketRequest(newSession, resumption))
                .build();
        TlsServer server = Ends.server().build();
        int first = Math.min(newSession, 8);
        int second = Math.min(first == 0 ? newSession : resumption, 8);

        assertThat(handshake(client, server)).isEqualTo(new Answer(first, first));
        assertThat(handshake(client, server)).isEqualTo(new Answer(second, second));
    }

    @Test
    void theServersLimitCanBeSet() throws TlsException {
        TlsClient client =
                Ends.client().ticketRequest(new TicketRequest(32, 32)).build();

        assertThat(handshake(client, Ends.server().maximumTickets(32).build())).isEqualTo(new Answer(32, 32));
        assertThat(handshake(client, Ends.server().maximumTickets(0).build())).isEqualTo(new Answer(0, 0));
    }

    @Test
    void aServerWithoutTicketsGivesNoneHoweverManyItIsAskedFor() throws TlsException {
        TlsClient client = Ends.client().ticketRequest(new TicketRequest(4, 4)).build();

        assertThat(handshake(client, Ends.server().ticketsPerHandshake(0).build()))
                .isEqualTo(new Answer(0, 0));
    }

    @Test
    void bothEndsTellHowManyFollow() throws TlsException {
        TicketRequest wish = new TicketRequest(3, 1);
        TlsClient client = Ends.client().ticketRequest(wish).observer(told::add).build();
        TlsServer server = Ends.server().observer(told::add).build();
        EnginePair.connected(client, server);

        assertThat(told)
                .filteredOn(TraceEvent.TicketsAnnounced.class::isInstance)
                .containsExactly(new TraceEvent.TicketsAnnounced(3, wish), new TraceEvent.TicketsAnnounced(3, wish));
    }

    @Test
    void aServerMayAnnounceOneNumberAndSendAnother() throws TlsException {
        Talk talk = new Talk(
                Ends.client().ticketRequest(new TicketRequest(2, 0)).build(),
                Ends.server().build());
        Deception.Change change = Deception.Change.of(
                EncryptedExtensions.class,
                message -> new EncryptedExtensions(
                        Altered.with(new ServerTicketRequestHint(7)).apply(message.extensions())));

        // RFC 9149 3: the number is a hint. Only the transcript shows that it was changed on its way.
        assertThat(Objects.requireNonNull(change.fate(Role.CLIENT, talk)).problem())
                .isEqualTo(Problem.BAD_SIGNATURE);
    }

    @Test
    void aServerMustNotAnswerWhatWasNotAsked() throws TlsException {
        refused(
                Deception.of(
                        "hints unasked",
                        EncryptedExtensions.class,
                        message -> new EncryptedExtensions(
                                Altered.with(new ServerTicketRequestHint(2)).apply(message.extensions())),
                        Problem.UNSOLICITED_EXTENSION,
                        AlertDescription.UNSUPPORTED_EXTENSION),
                Role.CLIENT);
    }

    @Test
    void theAnswerBelongsIntoEncryptedExtensionsAlone() throws TlsException {
        Deception.Beginning asked = () -> new Talk(
                Ends.client().ticketRequest(new TicketRequest(2, 0)).build(),
                Ends.server().build());
        refused(
                Deception.of(
                                "hints in the ServerHello",
                                ServerHello.class,
                                hello -> Altered.extensions(hello, Altered.with(new ServerTicketRequestHint(2))),
                                Problem.MISPLACED_EXTENSION,
                                AlertDescription.ILLEGAL_PARAMETER)
                        .in(asked),
                Role.CLIENT);
        refused(
                Deception.of(
                                "hints in a retry",
                                HelloRetryRequest.class,
                                retry -> Altered.extensions(retry, Altered.with(new ServerTicketRequestHint(2))),
                                Problem.MISPLACED_EXTENSION,
                                AlertDescription.ILLEGAL_PARAMETER)
                        .in(Scenario.RETRY::begin),
                Role.CLIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "02", "020100"})
    void aWishHasTwoBytes(String hex) throws TlsException {
        refused(
                Deception.of(
                        "wishes by " + hex,
                        ClientHello.class,
                        hello ->
                                Altered.extensions(hello, Altered.with(Altered.raw(ExtensionType.TICKET_REQUEST, hex))),
                        hex.length() < 4 ? Problem.TRUNCATED_FIELD : Problem.TRAILING_BYTES,
                        AlertDescription.DECODE_ERROR),
                Role.SERVER);
    }

    @Test
    void aWishMustNotChangeAfterARetry() throws TlsException {
        Deception client = new Deception(
                "wishes for more after a retry",
                Scenario.RETRY::begin,
                Deception.Change.ofSecond(
                        ClientHello.class,
                        hello -> Altered.extensions(
                                hello, Altered.with(Altered.raw(ExtensionType.TICKET_REQUEST, "0a0a")))),
                Problem.HELLO_CHANGED_AFTER_RETRY,
                AlertDescription.ILLEGAL_PARAMETER);

        client.mustBeFoundBy(Role.SERVER);
    }

    @Test
    void aPeersWishForMoreThanAnybodyGivesIsNoFault() throws TlsException {
        Talk talk = new Talk(Ends.client().build(), Ends.server().build());
        Deception.Change change = Deception.Change.of(
                ClientHello.class,
                hello -> Altered.extensions(hello, Altered.with(Altered.raw(ExtensionType.TICKET_REQUEST, "ffff"))));

        assertThat(change.fate(Role.SERVER, talk)).isNull();
    }

    @Test
    void noWishGoesBeyondAByte() {
        assertThatThrownBy(() -> new TicketRequest(256, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TicketRequest(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noEndAsksForOrGivesSoManyThatItLooksLikeAFlood() {
        TicketRequest many = new TicketRequest(33, 0);

        assertThatThrownBy(() -> Ends.client().ticketRequest(many)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ends.server().maximumTickets(33)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void refused(Deception deception, Role victim) throws TlsException {
        deception.mustBeFoundBy(victim);
    }

    /** What the client is told in a handshake, and how many tickets then come. */
    private static Answer handshake(TlsClient client, TlsServer server) throws TlsException {
        Talk talk = new Talk(client, server);
        Integer[] hint = new Integer[1];
        int[] tickets = new int[1];
        Deception.Change noted = bytes -> {
            HandshakeMessage message = HandshakeCodec.decode(bytes, 0, bytes.length);
            if (message instanceof EncryptedExtensions answers) {
                ServerTicketRequestHint found = answers.extensions().find(ServerTicketRequestHint.class);
                hint[0] = found == null ? null : found.expectedCount();
            }
            tickets[0] += message instanceof NewSessionTicket ? 1 : 0;
            return bytes;
        };
        assertThat(noted.fate(Role.CLIENT, talk)).isNull();
        return new Answer(hint[0], tickets[0]);
    }

    private record Answer(@Nullable Integer hint, int tickets) {}
}
