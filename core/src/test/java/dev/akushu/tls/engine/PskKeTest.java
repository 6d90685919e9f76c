package dev.akushu.tls.engine;

import static dev.akushu.tls.AlertDescription.DECRYPT_ERROR;
import static dev.akushu.tls.AlertDescription.HANDSHAKE_FAILURE;
import static dev.akushu.tls.AlertDescription.MISSING_EXTENSION;
import static dev.akushu.tls.engine.Altered.raw;
import static dev.akushu.tls.engine.Altered.with;
import static dev.akushu.tls.engine.Altered.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.Problem;
import dev.akushu.tls.PskSource;
import dev.akushu.tls.Role;
import dev.akushu.tls.TicketRequest;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.trace.KeyInput;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.SecretObserver;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.trace.TraceEvent.KeyExchangeOmitted;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Cookie;
import dev.akushu.tls.wire.EncryptedExtensions;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.HandshakeMessage;
import dev.akushu.tls.wire.HelloRetryRequest;
import dev.akushu.tls.wire.OfferedPsks;
import dev.akushu.tls.wire.PskIdentity;
import dev.akushu.tls.wire.PskKeyExchangeMode;
import dev.akushu.tls.wire.PskKeyExchangeModes;
import dev.akushu.tls.wire.SelectedPsk;
import dev.akushu.tls.wire.ServerHello;
import dev.akushu.tls.wire.ServerTicketRequestHint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pre-shared keys without a key exchange. RFC 9846 section 4.3.9. */
class PskKeTest {
    private static final Policy X25519 = Ends.QUICK;
    private static final Policy P256 = Policy.MODERN_2026_11.withGroups(List.of(NamedGroup.SECP256R1));
    private static final ExternalPsk LAMP = ExternalPsk.of("lamp 7", new byte[32]);

    private final List<TraceEvent> ofClient = new ArrayList<>();
    private final List<TraceEvent> ofServer = new ArrayList<>();
    private final WitnessedTickets tickets = new WitnessedTickets();

    @Test
    void anExternalKeyDoesWithoutWhereBothAllowItAndTheyHaveNoGroupInCommon() throws TlsException {
        EnginePair pair = EnginePair.connected(
                client(X25519.dangerWithPskKe()).externalPsks(LAMP).build(),
                server(P256.dangerWithPskKe())
                        .externalPsks(PskSource.of(List.of(LAMP)))
                        .build());

        for (EnginePair.End end : List.of(pair.client(), pair.server())) {
            assertThat(end.session().externalPsk()).isEqualTo(LAMP.identity());
            assertThat(end.session().group()).isNull();
        }
        pair.server().input(pair.client().seal("hello"));
        assertThat(pair.server().received()).isEqualTo("hello");
        assertThat(pair.client().engine().exportKeyingMaterial("EXPERIMENTAL", new byte[0], 32))
                .isEqualTo(pair.server().engine().exportKeyingMaterial("EXPERIMENTAL", new byte[0], 32));
        assertThat(ofClient).contains(new KeyExchangeOmitted()).noneMatch(TraceEvent.GroupChosen.class::isInstance);
        assertThat(ofServer).contains(new KeyExchangeOmitted()).noneMatch(TraceEvent.GroupChosen.class::isInstance);
    }

    @Test
    void aTicketDoesWithoutAndSoDoesTheNext() throws TlsException {
        TlsClient client = client(X25519.dangerWithPskKe()).build();
        TlsServer server = server(X25519.dangerWithPskKe()).build();
        EnginePair.connected(client, server);
        TlsServer other = server.toBuilder().policy(P256.dangerWithPskKe()).build();

        for (int i = 0; i < 3; i++) {
            EnginePair pair = EnginePair.connected(client, other);
            assertThat(pair.client().session().resumed()).isTrue();
            assertThat(pair.client().session().group()).isNull();
            assertThat(pair.server().session().group()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void oneEndAloneCannotDoWithout(Role allows) throws TlsException {
        TlsClient client = client(allows == Role.CLIENT ? X25519.dangerWithPskKe() : X25519)
                .externalPsks(LAMP)
                .build();
        TlsServer server = server(allows == Role.SERVER ? P256.dangerWithPskKe() : P256)
                .externalPsks(PskSource.of(List.of(LAMP)))
                .build();

        assertThat(failure(() -> EnginePair.connected(client, server))).isEqualTo(Problem.NO_COMMON_GROUP);
    }

    @Test
    void aServerDoesNotGiveUpForwardSecrecyWhereItCanHaveIt() throws TlsException {
        TlsClient client = client(X25519.dangerWithPskKe()).build();
        TlsServer server = server(X25519.dangerWithPskKe()).build();
        EnginePair.connected(client, server);

        EnginePair pair = EnginePair.connected(client, server);

        assertThat(pair.client().session().resumed()).isTrue();
        assertThat(pair.client().session().group()).isEqualTo(NamedGroup.X25519);
        assertThat(ofServer).doesNotContain(new KeyExchangeOmitted());
    }

    @Test
    void aServerAsksForAShareRatherThanToDoWithout() throws TlsException {
        Policy shareless = X25519.dangerWithPskKe().withKeyShares(List.of());
        EnginePair pair = EnginePair.connected(
                client(shareless).externalPsks(LAMP).build(),
                server(X25519.dangerWithPskKe())
                        .externalPsks(PskSource.of(List.of(LAMP)))
                        .build());

        assertThat(pair.client().session().retried()).isTrue();
        assertThat(pair.client().session().group()).isEqualTo(NamedGroup.X25519);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientListsTheModeOnlyIfItsPolicySaysSo(boolean allowed) throws TlsException {
        TlsClient client = client(allowed ? X25519.dangerWithPskKe() : X25519).build();
        ClientHello hello = Honest.next(new Talk(client, server(X25519).build()), Role.SERVER, ClientHello.class);

        assertThat(Objects.requireNonNull(hello.extensions().find(PskKeyExchangeModes.class))
                        .keModes())
                .isEqualTo(
                        allowed
                                ? List.of(PskKeyExchangeMode.PSK_DHE_KE, PskKeyExchangeMode.PSK_KE)
                                : List.of(PskKeyExchangeMode.PSK_DHE_KE));
    }

    /** RFC 9846 4.3.8: servers MUST NOT send a KeyShareEntry when using psk_ke. */
    @Test
    void aClientThatTakesPskKeAloneGetsNoShare() throws TlsException {
        TlsServer server = server(X25519.dangerWithPskKe()).build();
        ClientHello hello = tickets.bound(Altered.extensions(offer(server), pskKeAlone()));

        ServerHello answer = (ServerHello) answer(server, hello);

        assertThat(answer.extensions().find(SelectedPsk.class)).isEqualTo(new SelectedPsk(0));
        assertThat(answer.extensions().has(ExtensionType.KEY_SHARE)).isFalse();
    }

    /** RFC 9846 9.2: with a pre-shared key neither need be there. */
    @Test
    void aClientThatTakesPskKeAloneNeedsNeitherGroupsNorShares() throws TlsException {
        TlsServer server = server(X25519.dangerWithPskKe()).build();
        ClientHello hello = tickets.bound(Altered.extensions(
                offer(server),
                extensions -> without(ExtensionType.SUPPORTED_GROUPS, ExtensionType.KEY_SHARE)
                        .apply(pskKeAlone().apply(extensions))));

        assertThat(((ServerHello) answer(server, hello)).extensions().find(SelectedPsk.class))
                .isEqualTo(new SelectedPsk(0));
    }

    @Test
    void withoutGroupsAndWithoutAKeyThatIsTakenThereIsNothingInCommon() throws TlsException {
        TlsServer server = server(X25519.dangerWithPskKe()).build();
        ClientHello hello = Altered.extensions(
                offer(server),
                extensions -> unknownTicket(without(ExtensionType.SUPPORTED_GROUPS, ExtensionType.KEY_SHARE)
                        .apply(pskKeAlone().apply(extensions))));

        assertThat(failure(() -> answer(server, hello)))
                .isEqualTo(Problem.NO_COMMON_GROUP)
                .returns(HANDSHAKE_FAILURE, Problem::alert);
    }

    @Test
    void aClientThatTakesPskKeAloneGetsAFullHandshakeWhereItsTicketIsNotTaken() throws TlsException {
        TlsServer server = server(X25519.dangerWithPskKe()).build();
        ClientHello hello = Altered.extensions(
                offer(server), extensions -> unknownTicket(pskKeAlone().apply(extensions)));

        ServerHello answer = (ServerHello) answer(server, hello);

        assertThat(answer.extensions().has(ExtensionType.KEY_SHARE)).isTrue();
        assertThat(answer.extensions().has(ExtensionType.PRE_SHARED_KEY)).isFalse();
    }

    @Test
    void aFullHandshakeAfterAllMayTakeARetry() throws TlsException {
        TlsServer server = server(X25519.dangerWithPskKe()).build();
        ClientHello honest = offer(server);
        UnaryOperator<Extensions> change =
                extensions -> unknownTicket(pskKeAlone().apply(extensions));
        ClientHello first = Altered.extensions(
                honest, extensions -> with(raw(ExtensionType.KEY_SHARE, "0000")).apply(change.apply(extensions)));
        Talk talk = new Talk(client(X25519).build(), server);

        HandshakeMessage retry = Honest.answer(talk, first);
        HandshakeMessage answer = Honest.answer(talk, Altered.extensions(honest, change));

        assertThat(retry).isInstanceOf(HelloRetryRequest.class);
        assertThat(((ServerHello) answer).extensions().has(ExtensionType.KEY_SHARE))
                .isTrue();
    }

    @Test
    void aShareThatIsMissingIsNotAskedForWhereAKeyIsTaken() throws TlsException {
        TlsServer server = server(X25519.dangerWithPskKe()).build();
        ClientHello hello = tickets.bound(Altered.extensions(
                offer(server),
                extensions -> with(raw(ExtensionType.KEY_SHARE, "0000"))
                        .apply(pskKeAlone().apply(extensions))));

        assertThat(answer(server, hello)).isInstanceOf(ServerHello.class);
    }

    @Test
    void aCookieComesFirstWhereTheServerIsUnderLoad() throws TlsException {
        TlsServer server = server(P256.dangerWithPskKe())
                .externalPsks(PskSource.of(List.of(LAMP)))
                .statelessRetry(() -> true)
                .build();
        EnginePair pair = EnginePair.connected(
                client(X25519.dangerWithPskKe()).externalPsks(LAMP).build(), server);

        assertThat(pair.client().session().retried()).isTrue();
        assertThat(pair.client().session().group()).isNull();
        assertThat(pair.server().session().group()).isNull();
    }

    @Test
    void aShareIsAskedForTogetherWithTheCookieAndServesIfTheKeyIsNotTaken() throws TlsException {
        TlsServer server = server(X25519.dangerWithPskKe()).build();
        ClientHello honest = Altered.extensions(offer(server), pskKeAlone());
        Talk talk = new Talk(
                client(X25519).build(),
                server.toBuilder().statelessRetry(() -> true).build());
        HelloRetryRequest retry = (HelloRetryRequest) Honest.answer(
                talk, Altered.extensions(honest, with(raw(ExtensionType.KEY_SHARE, "0000"))));
        ClientHello second = Altered.extensions(
                honest, extensions -> unknownTicket(withCookieOf(retry).apply(extensions)));

        ServerHello answer = (ServerHello) Honest.answer(talk, second);

        assertThat(retry.extensions().has(ExtensionType.KEY_SHARE)).isTrue();
        assertThat(answer.extensions().has(ExtensionType.KEY_SHARE)).isTrue();
        assertThat(answer.extensions().has(ExtensionType.PRE_SHARED_KEY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ticketsGoOnlyToWhoCouldUseThem(boolean allowed) throws TlsException {
        TlsClient wishing =
                client(X25519).ticketRequest(new TicketRequest(3, 1)).build();
        TlsServer server = server(allowed ? X25519.dangerWithPskKe() : X25519).build();
        Talk talk = new Talk(wishing, server);
        ClientHello hello = Altered.extensions(Honest.next(talk, Role.SERVER, ClientHello.class), pskKeAlone());

        Honest.answer(talk, hello);
        EncryptedExtensions answer = Honest.next(talk, Role.CLIENT, EncryptedExtensions.class);

        assertThat(answer.extensions().find(ServerTicketRequestHint.class))
                .isEqualTo(new ServerTicketRequestHint(allowed ? 3 : 0));
    }

    @Test
    void earlyDataIsTakenWithoutAKeyExchangeToo() throws TlsException {
        TlsClient client = client(X25519.dangerWithPskKe()).build();
        TlsServer server = server(X25519.dangerWithPskKe()).earlyData(1 << 14).build();
        EnginePair.connected(client, server);
        TlsServer other = server.toBuilder().policy(P256.dangerWithPskKe()).build();

        EnginePair pair = EnginePair.of(
                client.engine("localhost", 443, EarlyData.of("early".getBytes(StandardCharsets.UTF_8))),
                other.engine());
        pair.shakeHands();

        assertThat(pair.client().session().earlyData().outcome()).isEqualTo(EarlyDataOutcome.ACCEPTED);
        assertThat(pair.server().session().group()).isNull();
    }

    @Test
    void aServerWithKeysAloneStillTellsNobodyWhichThereAre() throws TlsException {
        TlsServer server = TlsServer.pskBuilder(request -> CompletableFuture.completedFuture(Optional.empty()))
                .policy(P256.dangerWithPskKe())
                .build();
        TlsClient client =
                TlsClient.pskBuilder(LAMP).policy(X25519.dangerWithPskKe()).build();

        assertThat(failure(() -> EnginePair.connected(client, server)))
                .isEqualTo(Problem.PSK_UNKNOWN)
                .returns(DECRYPT_ERROR, Problem::alert);
    }

    @Test
    void aServerThatTakesNoKeyOwesAShare() throws TlsException {
        new Deception(
                        "takes neither key nor share",
                        () -> new Talk(
                                client(X25519.dangerWithPskKe()).build(),
                                server(X25519).build()),
                        Deception.Change.of(
                                ServerHello.class,
                                hello -> Altered.extensions(hello, without(ExtensionType.KEY_SHARE))),
                        Problem.MISSING_EXTENSION,
                        MISSING_EXTENSION)
                .mustBeFoundBy(Role.CLIENT);
    }

    @Test
    void noSharedSecretFeedsTheKeySchedule() throws TlsException {
        List<KeyInput> fed = new ArrayList<>();
        SecretObserver observer = new SecretObserver() {
            @Override
            public void fed(KeyInput input, byte[] value) {
                fed.add(input);
            }

            @Override
            public void derived(SecretName name, byte[] value) {
                // What follows from it is the same as ever.
            }
        };
        EnginePair.connected(
                client(X25519.dangerWithPskKe())
                        .externalPsks(LAMP)
                        .dangerSecretObserver(observer)
                        .build(),
                server(P256.dangerWithPskKe())
                        .externalPsks(PskSource.of(List.of(LAMP)))
                        .dangerSecretObserver(observer)
                        .build());

        assertThat(fed).contains(KeyInput.PSK).doesNotContain(KeyInput.SHARED_SECRET);
    }

    private TlsClient.Builder client(Policy policy) {
        return Ends.client().policy(policy).observer(ofClient::add);
    }

    private TlsServer.Builder server(Policy policy) {
        return Ends.server().policy(policy).observer(ofServer::add);
    }

    /** A hello with a ticket of {@code server}. */
    private ClientHello offer(TlsServer server) throws TlsException {
        TlsClient client = client(X25519).tickets(tickets).build();
        new Talk(client, server).finish();
        ClientHello hello = Honest.next(new Talk(client, server), Role.SERVER, ClientHello.class);
        assertThat(hello.extensions().has(ExtensionType.PRE_SHARED_KEY)).isTrue();
        return hello;
    }

    private HandshakeMessage answer(TlsServer server, ClientHello hello) throws TlsException {
        return Honest.answer(new Talk(client(X25519).build(), server), hello);
    }

    private static UnaryOperator<Extensions> pskKeAlone() {
        return with(raw(ExtensionType.PSK_KEY_EXCHANGE_MODES, "0100"));
    }

    /** One bit of the ticket is another: it does not open. */
    private static Extensions unknownTicket(Extensions extensions) {
        OfferedPsks offer = Objects.requireNonNull(extensions.find(OfferedPsks.class));
        Bytes ticket = offer.identities().getFirst().identity();
        Bytes other = Altered.flipped(ticket, 8 * ticket.length() - 1);
        return with(new OfferedPsks(List.of(new PskIdentity(other, 0)), offer.binders()))
                .apply(extensions);
    }

    private static UnaryOperator<Extensions> withCookieOf(HelloRetryRequest retry) {
        return Altered.inFront(Objects.requireNonNull(retry.extensions().find(Cookie.class)));
    }

    private static Problem failure(Attempt attempt) {
        TlsException failed = catchThrowableOfType(TlsException.class, attempt::make);
        return Objects.requireNonNull(failed, "nothing failed").problem();
    }

    @FunctionalInterface
    private interface Attempt {
        void make() throws TlsException;
    }
}
