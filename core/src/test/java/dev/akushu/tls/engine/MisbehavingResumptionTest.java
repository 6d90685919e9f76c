package dev.akushu.tls.engine;

import static dev.akushu.tls.AlertDescription.DECODE_ERROR;
import static dev.akushu.tls.AlertDescription.DECRYPT_ERROR;
import static dev.akushu.tls.AlertDescription.HANDSHAKE_FAILURE;
import static dev.akushu.tls.AlertDescription.ILLEGAL_PARAMETER;
import static dev.akushu.tls.AlertDescription.MISSING_EXTENSION;
import static dev.akushu.tls.engine.Altered.inFront;
import static dev.akushu.tls.engine.Altered.raw;
import static dev.akushu.tls.engine.Altered.with;
import static dev.akushu.tls.engine.Altered.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Extension;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HandshakeMessage;
import dev.akushu.tls.wire.OfferedPsks;
import dev.akushu.tls.wire.Padding;
import dev.akushu.tls.wire.PskIdentity;
import dev.akushu.tls.wire.SelectedPsk;
import dev.akushu.tls.wire.ServerHello;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a server must not let a client do with a pre-shared key. RFC 9846 sections 4.3.9 and 4.3.11. */
class MisbehavingResumptionTest {
    private static final Bytes ZEROS = Bytes.wrap(new byte[32]);

    static final List<Deception> OFFERS = List.of(
            hello(
                    "has an extension behind it",
                    extensions -> behind(extensions, new Padding(ZEROS)),
                    Problem.PSK_NOT_LAST,
                    ILLEGAL_PARAMETER),
            hello(
                    "has a GREASE extension behind it",
                    extensions -> behind(extensions, raw(ExtensionType.of(0xeaea), "")),
                    Problem.PSK_NOT_LAST,
                    ILLEGAL_PARAMETER),
            hello(
                    "comes without a mode",
                    without(ExtensionType.PSK_KEY_EXCHANGE_MODES),
                    Problem.MISSING_EXTENSION,
                    MISSING_EXTENSION),
            hello(
                    "comes without groups",
                    without(ExtensionType.SUPPORTED_GROUPS),
                    Problem.MISSING_EXTENSION,
                    MISSING_EXTENSION),
            hello(
                    "comes without a share",
                    without(ExtensionType.KEY_SHARE),
                    Problem.MISSING_EXTENSION,
                    MISSING_EXTENSION),
            hello(
                    "has an identity more than binders",
                    psks(offer -> new OfferedPsks(List.of(offer.identities().getFirst(), garbage(0)), offer.binders())),
                    Problem.PSK_BINDER_COUNT,
                    ILLEGAL_PARAMETER),
            hello(
                    "has a binder more than identities",
                    psks(offer -> new OfferedPsks(
                            offer.identities(), List.of(offer.binders().getFirst(), ZEROS))),
                    Problem.PSK_BINDER_COUNT,
                    ILLEGAL_PARAMETER),
            hello(
                    "has no identity",
                    psks(offer -> new OfferedPsks(List.of(), offer.binders())),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            hello(
                    "has no binder",
                    psks(offer -> new OfferedPsks(offer.identities(), List.of())),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            hello(
                    "has a binder of 31 bytes",
                    binder(Bytes.wrap(new byte[31])),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            hello("has a binder for another hash", binder(Bytes.wrap(new byte[48])), Problem.BAD_BINDER, DECRYPT_ERROR),
            hello("has a binder of zeros", binder(ZEROS), Problem.BAD_BINDER, DECRYPT_ERROR),
            hello(
                    "is in a hello that the binder does not cover",
                    inFront(new Padding(ZEROS)),
                    Problem.BAD_BINDER,
                    DECRYPT_ERROR));

    private final WitnessedTickets tickets = new WitnessedTickets();
    private final TlsClient client = Ends.client().tickets(tickets).build();
    private final TlsServer server = Ends.server().build();

    @ParameterizedTest(name = "an offer that {0}")
    @FieldSource("OFFERS")
    void anOfferIsWellFormedAndBound(Deception misbehaving) throws TlsException {
        misbehaving.in(Scenario.RESUMPTION::begin).mustBeFoundBy(Role.SERVER);
    }

    @Test
    void everyBitOfTheBinderMatters() throws TlsException {
        ClientHello hello = offer();
        Bytes binder = psksOf(hello).binders().getFirst();
        for (int bit = 0; bit < 8 * binder.length(); bit++) {
            ClientHello forged = hello.withBinders(List.of(Altered.flipped(binder, bit)));
            assertThat(failure(forged))
                    .as("bit %d", bit)
                    .isNotNull()
                    .returns(Problem.BAD_BINDER, TlsException::problem);
        }
    }

    @Test
    void noBitThatTheBinderCoversCanBeChangedInAResumption() throws TlsException {
        ClientHello hello = offer();
        Bytes bytes = Bytes.wrap(HandshakeCodec.encode(hello));
        for (int octet = 4; octet < bytes.length() - hello.bindersLength(); octet++) {
            byte[] forged = Altered.flipped(bytes, 8 * octet + octet % 8).toArray();
            assertThat(resumedIndex(forged)).as("octet %d", octet).isNull();
        }
    }

    @Test
    void whoHoldsTheKeyMayChangeTheHello() throws TlsException {
        ClientHello grease = tickets.bound(Altered.extensions(offer(), inFront(raw(ExtensionType.of(0x0a0a), "01"))));

        assertThat(resumedIndex(HandshakeCodec.encode(grease))).isZero();
    }

    @Test
    void aResumptionNeedsNoSignatureSchemes() throws TlsException {
        ClientHello hello = tickets.bound(Altered.extensions(
                offer(), without(ExtensionType.SIGNATURE_ALGORITHMS, ExtensionType.SIGNATURE_ALGORITHMS_CERT)));

        assertThat(resumedIndex(HandshakeCodec.encode(hello))).isZero();
    }

    @Test
    void aFullHandshakeInsteadOfAResumptionNeedsSignatureSchemes() throws TlsException {
        ClientHello hello = Altered.extensions(
                offer(), without(ExtensionType.SIGNATURE_ALGORITHMS, ExtensionType.SIGNATURE_ALGORITHMS_CERT));
        ClientHello unknown =
                Altered.extensions(hello, psks(offer -> new OfferedPsks(List.of(garbage(1)), offer.binders()))::apply);

        assertThat(failure(unknown)).isNotNull().returns(Problem.MISSING_EXTENSION, TlsException::problem);
    }

    @Test
    void pskWithoutAKeyExchangeIsNotServed() throws TlsException {
        // RFC 9846 9.2 allows such a hello; this server has psk_dhe_ke only.
        ClientHello hello = tickets.bound(
                Altered.extensions(offer(), without(ExtensionType.SUPPORTED_GROUPS, ExtensionType.KEY_SHARE)));

        TlsException failed = Objects.requireNonNull(failure(hello));
        assertThat(failed.problem()).isEqualTo(Problem.NO_COMMON_GROUP);
        assertThat(failed.problem().alert()).isEqualTo(HANDSHAKE_FAILURE);
    }

    @Test
    void aClientThatOnlyTakesPskKeGetsAFullHandshake() throws TlsException {
        ClientHello hello =
                tickets.bound(Altered.extensions(offer(), with(raw(ExtensionType.PSK_KEY_EXCHANGE_MODES, "0100"))));

        assertThat(resumedIndex(HandshakeCodec.encode(hello))).isNull();
        assertThat(failure(hello)).isNull();
    }

    @Test
    void unknownModesBesideAKnownOneAreIgnored() throws TlsException {
        ClientHello hello = tickets.bound(
                Altered.extensions(offer(), with(raw(ExtensionType.PSK_KEY_EXCHANGE_MODES, "040b2a01e4"))));

        assertThat(resumedIndex(HandshakeCodec.encode(hello))).isZero();
    }

    @Test
    void theFirstTicketThatOpensIsTakenAndNoOtherBinderIsLookedAt() throws TlsException {
        // RFC 9846 4.3.11: servers select a single PSK and validate solely its binder.
        ClientHello hello = tickets.bound(Altered.extensions(offer(), garbageBefore(3)));

        assertThat(resumedIndex(HandshakeCodec.encode(hello))).isEqualTo(3);
    }

    @Test
    void onlySomeTicketsOfAClientAreTried() throws TlsException {
        ClientHello hello = tickets.bound(Altered.extensions(offer(), garbageBefore(4)));

        assertThat(resumedIndex(HandshakeCodec.encode(hello))).isNull();
        assertThat(failure(hello)).isNull();
    }

    /** A hello that offers a ticket of {@link #server}, properly bound. */
    private ClientHello offer() throws TlsException {
        new Talk(client, server).finish();
        ClientHello hello = Honest.next(new Talk(client, server), Role.SERVER, ClientHello.class);
        assertThat(hello.extensions().has(ExtensionType.PRE_SHARED_KEY)).isTrue();
        return hello;
    }

    /** Which of the client's tickets the server takes; null if it takes none, or fails. */
    private @Nullable Integer resumedIndex(byte[] hello) throws TlsException {
        Talk talk = new Talk(client, server);
        try {
            talk.give(Role.SERVER, hello);
        } catch (TlsException refused) {
            return null;
        }
        HandshakeMessage answer = Honest.next(talk, Role.CLIENT, HandshakeMessage.class);
        SelectedPsk selected =
                answer instanceof ServerHello chosen ? chosen.extensions().find(SelectedPsk.class) : null;
        return selected == null ? null : selected.selectedIdentity();
    }

    private @Nullable TlsException failure(ClientHello hello) throws TlsException {
        Talk talk = new Talk(client, server);
        return catchThrowableOfType(TlsException.class, () -> talk.give(Role.SERVER, HandshakeCodec.encode(hello)));
    }

    private static Deception hello(
            String what, Function<Extensions, Extensions> change, Problem problem, AlertDescription alert) {
        return Deception.of(what, ClientHello.class, hello -> Altered.extensions(hello, change::apply), problem, alert);
    }

    private static Extensions behind(Extensions extensions, Extension last) {
        List<Extension> all = new ArrayList<>(extensions.list());
        all.add(last);
        return Extensions.of(all);
    }

    /** Changes the offer of pre-shared keys, if there is one. */
    private static UnaryOperator<Extensions> psks(UnaryOperator<OfferedPsks> change) {
        return extensions -> extensions.last() instanceof OfferedPsks offer
                ? with(change.apply(offer)).apply(extensions)
                : extensions;
    }

    private static UnaryOperator<Extensions> binder(Bytes binder) {
        return psks(offer -> new OfferedPsks(offer.identities(), List.of(binder)));
    }

    /** So many tickets of nobody's in front. */
    private static UnaryOperator<Extensions> garbageBefore(int count) {
        return psks(offer -> {
            List<PskIdentity> identities = new ArrayList<>(offer.identities());
            List<Bytes> binders = new ArrayList<>(offer.binders());
            for (int i = 0; i < count; i++) {
                identities.addFirst(garbage(i));
                binders.addFirst(ZEROS);
            }
            return new OfferedPsks(identities, binders);
        });
    }

    private static PskIdentity garbage(int variant) {
        byte[] ticket = new byte[100];
        ticket[0] = 1;
        ticket[99] = (byte) variant;
        return new PskIdentity(Bytes.wrap(ticket), 0);
    }

    private static OfferedPsks psksOf(ClientHello hello) {
        return Objects.requireNonNull(hello.extensions().find(OfferedPsks.class));
    }
}
