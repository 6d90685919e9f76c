package dev.akushu.tls.engine;

import static dev.akushu.tls.AlertDescription.DECRYPT_ERROR;
import static dev.akushu.tls.AlertDescription.HANDSHAKE_FAILURE;
import static dev.akushu.tls.AlertDescription.ILLEGAL_PARAMETER;
import static dev.akushu.tls.AlertDescription.UNEXPECTED_MESSAGE;
import static dev.akushu.tls.engine.Altered.raw;
import static dev.akushu.tls.engine.Altered.with;
import static dev.akushu.tls.engine.Altered.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Kdf;
import dev.akushu.tls.Policy;
import dev.akushu.tls.Problem;
import dev.akushu.tls.PskSource;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.resume.PskImporter;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.PskKind;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.CertificateRequest;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.EncryptedExtensions;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.Finished;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HandshakeMessage;
import dev.akushu.tls.wire.OfferedPsks;
import dev.akushu.tls.wire.PskIdentity;
import dev.akushu.tls.wire.SelectedPsk;
import dev.akushu.tls.wire.ServerHello;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the two ends of an external pre-shared key must not let each other do. RFC 9846 section 4.3.11. */
class MisbehavingPskTest {
    private static final ExternalPsk LAMP = ExternalPsk.of("lamp", new byte[32]);
    private static final ExternalPsk RAW = ExternalPsk.dangerRaw(Bytes.ofAscii("raw"), new byte[32], Kdf.HKDF_SHA256);

    static final List<Deception> SERVERS = List.of(
            server("takes a key that was not offered", with(new SelectedPsk(3)), Problem.WRONG_PSK_CHOSEN),
            server("takes the last number there is", with(new SelectedPsk(0xffff)), Problem.WRONG_PSK_CHOSEN),
            // 0 is for SHA-256, 1 for SHA-384.
            server("takes the key for the other hash", with(new SelectedPsk(1)), Problem.PSK_HASH_MISMATCH),
            server("sends no share", without(ExtensionType.KEY_SHARE), Problem.ILLEGAL_VALUE),
            Deception.of(
                            "chooses a suite for the other hash",
                            ServerHello.class,
                            hello -> Altered.suite(hello, CipherSuite.TLS_AES_256_GCM_SHA384),
                            Problem.PSK_HASH_MISMATCH,
                            ILLEGAL_PARAMETER)
                    .in(() -> talk(TlsClient.builder(Ends.PKI.trust()))));

    static final List<Deception> CLIENTS = List.of(
            client("has a wrong binder", psks(offer -> binders(offer, new byte[32])), Problem.BAD_BINDER),
            client(
                    "has the binder of the other hash",
                    psks(offer -> new OfferedPsks(
                            offer.identities(),
                            List.of(
                                    offer.binders().get(1),
                                    offer.binders().get(0),
                                    offer.binders().get(2)))),
                    Problem.BAD_BINDER),
            client(
                    "has the binder of the raw key",
                    psks(offer -> new OfferedPsks(
                            offer.identities(),
                            List.of(
                                    offer.binders().get(2),
                                    offer.binders().get(1),
                                    offer.binders().get(2)))),
                    Problem.BAD_BINDER),
            client(
                    "offers the raw key as an imported one would be bound",
                    psks(offer -> new OfferedPsks(
                            List.of(offer.identities().get(2)),
                            List.of(offer.binders().get(0)))),
                    Problem.BAD_BINDER));

    @ParameterizedTest(name = "a server that {0}")
    @FieldSource("SERVERS")
    void aClientHoldsTheServerToItsOffer(Deception misbehaving) throws TlsException {
        misbehaving.mustBeFoundBy(Role.CLIENT);
    }

    @ParameterizedTest(name = "a client that {0}")
    @FieldSource("CLIENTS")
    void aServerVerifiesTheBinderOfTheKeyItTakes(Deception misbehaving) throws TlsException {
        misbehaving.mustBeFoundBy(Role.SERVER);
    }

    @Test
    void aClientWithoutTrustGoesOnOnlyWithItsKey() throws TlsException {
        Deception.of(
                        "takes no key",
                        ServerHello.class,
                        hello -> Altered.extensions(hello, without(ExtensionType.PRE_SHARED_KEY)),
                        Problem.PSK_NOT_TAKEN,
                        HANDSHAKE_FAILURE)
                .in(() -> talk(TlsClient.pskBuilder(LAMP)))
                .mustBeFoundBy(Role.CLIENT);
    }

    @Test
    void whoTookAKeyShowsNoCertificateAndAsksForNone() throws TlsException {
        for (HandshakeMessage message : List.of(
                new Certificate(Bytes.empty(), List.of()),
                new CertificateRequest(
                        Bytes.empty(), Extensions.of(raw(ExtensionType.SIGNATURE_ALGORITHMS, "00020403"))))) {
            Deception.of(
                            "goes on with " + message.messageName(),
                            Finished.class,
                            finished -> message,
                            Problem.UNEXPECTED_HANDSHAKE_MESSAGE,
                            UNEXPECTED_MESSAGE)
                    .in(() -> talk(TlsClient.builder(Ends.PKI.trust())))
                    .mustBeFoundBy(Role.CLIENT);
        }
    }

    @Test
    void earlyDataIsNotForAKeyBehindTheFirst() throws TlsException {
        TlsClient client = Ends.client().externalPsks(LAMP).build();
        new Talk(client, Ends.server().earlyData(1 << 14).build()).finish();
        // It has other Ticket Keys, so it takes the key behind the ticket.
        TlsServer other =
                Ends.server().externalPsks(PskSource.of(List.of(LAMP))).build();

        Deception.of(
                        "accepts early data for the key behind the ticket",
                        EncryptedExtensions.class,
                        message -> new EncryptedExtensions(Extensions.of(raw(ExtensionType.EARLY_DATA, ""))),
                        Problem.EARLY_DATA_WRONGLY_ACCEPTED,
                        ILLEGAL_PARAMETER)
                .in(() -> new Talk(client, other, EarlyData.of(new byte[5])))
                .mustBeFoundBy(Role.CLIENT);
    }

    @Test
    void earlyDataThatNobodyOfferedIsNotAccepted() throws TlsException {
        Deception.of(
                        "accepts early data that nobody offered",
                        EncryptedExtensions.class,
                        message -> new EncryptedExtensions(Extensions.of(raw(ExtensionType.EARLY_DATA, ""))),
                        Problem.UNSOLICITED_EXTENSION,
                        AlertDescription.UNSUPPORTED_EXTENSION)
                .in(() -> talk(TlsClient.builder(Ends.PKI.trust())))
                .mustBeFoundBy(Role.CLIENT);
    }

    @Test
    void aServerAsksItsSourceAboutTheFirstIdentitiesAloneAndAboutNoneThatIsTooLong() throws TlsException {
        Bytes tooLong = Bytes.wrap(new byte[ExternalPsk.MOST_IDENTITY_BYTES + 1]);
        // In the form of an imported key, but for another protocol: nothing to ask for.
        Bytes otherProtocol = Bytes.fromHex("000161000003030001");
        List<Bytes> before = new ArrayList<>(Collections.nCopies(15, otherProtocol));
        before.set(0, tooLong);

        assertThat(askedAboutTheLastOf(before)).containsExactly(LAMP.identity());
        before.add(otherProtocol);
        assertThat(askedAboutTheLastOf(before)).isEmpty();
    }

    @Test
    void aServerAsksItsSourceForFourKeysOfAClientAtMost() throws TlsException {
        Bytes longest = Bytes.wrap(new byte[ExternalPsk.MOST_IDENTITY_BYTES]);
        List<Bytes> three = List.of(longest, Bytes.ofAscii("two"), Bytes.ofAscii("three"));
        List<Bytes> four = List.of(longest, Bytes.ofAscii("two"), Bytes.ofAscii("three"), Bytes.ofAscii("four"));

        assertThat(askedAboutTheLastOf(three)).hasSize(4).endsWith(LAMP.identity());
        assertThat(askedAboutTheLastOf(four)).isEqualTo(four);
    }

    @Test
    void theAgeOfAnExternalKeyIsIgnored() throws TlsException {
        // RFC 9846 4.3.11: a client should say 0, and servers ignore what it says.
        Policy one = Ends.QUICK.withSuites(List.of(CipherSuite.TLS_AES_128_GCM_SHA256));
        Talk talk = new Talk(
                TlsClient.pskBuilder(LAMP).policy(one).build(),
                Ends.server().externalPsks(PskSource.of(List.of(LAMP))).build());
        ClientHello hello = Honest.next(talk, Role.SERVER, ClientHello.class);
        ClientHello aged = Altered.extensions(
                hello,
                psks(offer -> new OfferedPsks(
                        List.of(new PskIdentity(offer.identities().getFirst().identity(), 0xffff_ffffL)),
                        offer.binders())));
        EarlySecret secret = Objects.requireNonNull(PskImporter.earlySecret(Crypto.jdk(), LAMP, Kdf.HKDF_SHA256));
        byte[] truncated = new Transcript(Objects.requireNonNull(Crypto.jdk().hash(Kdf.HKDF_SHA256)))
                .hashWithTruncated(HandshakeCodec.encode(aged), aged.bindersLength());
        HandshakeMessage answer =
                Honest.answer(talk, aged.withBinders(List.of(Bytes.wrap(secret.binder(PskKind.IMPORTED, truncated)))));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        ServerHello.class,
                        chosen -> assertThat(chosen.extensions().find(SelectedPsk.class))
                                .isEqualTo(new SelectedPsk(0)));
    }

    /** What a server's source is asked for if a client offers these identities, and behind them that of a key. */
    private static List<Bytes> askedAboutTheLastOf(List<Bytes> before) throws TlsException {
        List<Bytes> asked = new ArrayList<>();
        PskSource source = wanted -> {
            asked.add(wanted.identity());
            return CompletableFuture.completedFuture(Optional.empty());
        };
        Talk talk = new Talk(
                Ends.client().externalPsks(LAMP).build(),
                Ends.server().externalPsks(source).build());
        Deception.Change crowd = Deception.Change.of(
                ClientHello.class, hello -> Altered.extensions(hello, psks(offer -> behind(before, offer))));
        talk.give(Role.SERVER, crowd.onTheWay(talk.intercept(Role.SERVER)));
        return asked;
    }

    private static OfferedPsks behind(List<Bytes> before, OfferedPsks offer) {
        List<PskIdentity> identities = new ArrayList<>();
        before.forEach(identity -> identities.add(new PskIdentity(identity, 0)));
        identities.add(offer.identities().getFirst());
        return new OfferedPsks(
                identities,
                Collections.nCopies(identities.size(), offer.binders().getFirst()));
    }

    private static Talk talk(TlsClient.Builder client) throws TlsException {
        return new Talk(
                client.policy(Ends.QUICK).externalPsks(LAMP, RAW).build(),
                Ends.server().externalPsks(PskSource.of(List.of(LAMP, RAW))).build());
    }

    private static Deception server(String what, UnaryOperator<Extensions> change, Problem problem) {
        return Deception.of(
                        what, ServerHello.class, hello -> Altered.extensions(hello, change), problem, ILLEGAL_PARAMETER)
                .in(() -> talk(TlsClient.builder(Ends.PKI.trust())));
    }

    private static Deception client(String what, UnaryOperator<Extensions> change, Problem problem) {
        return Deception.of(what, ClientHello.class, hello -> Altered.extensions(hello, change), problem, DECRYPT_ERROR)
                .in(() -> talk(TlsClient.builder(Ends.PKI.trust())));
    }

    private static UnaryOperator<Extensions> psks(UnaryOperator<OfferedPsks> change) {
        return extensions -> with(change.apply((OfferedPsks) extensions.last())).apply(extensions);
    }

    private static OfferedPsks binders(OfferedPsks offer, byte[] first) {
        List<Bytes> binders = new ArrayList<>(offer.binders());
        binders.set(0, Bytes.wrap(first));
        return new OfferedPsks(offer.identities(), binders);
    }
}
