package dev.akushu.tls.engine;

import static dev.akushu.tls.AlertDescription.DECODE_ERROR;
import static dev.akushu.tls.AlertDescription.ILLEGAL_PARAMETER;
import static dev.akushu.tls.engine.Altered.inFront;
import static dev.akushu.tls.engine.Altered.raw;
import static dev.akushu.tls.engine.Altered.with;
import static dev.akushu.tls.engine.Altered.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Cookie;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HandshakeMessage;
import dev.akushu.tls.wire.HelloRetryRequest;
import dev.akushu.tls.wire.KeyShareClientHello;
import dev.akushu.tls.wire.KeyShareEntry;
import dev.akushu.tls.wire.OfferedPsks;
import dev.akushu.tls.wire.Padding;
import dev.akushu.tls.wire.PskIdentity;
import dev.akushu.tls.wire.ServerHello;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A second ClientHello may differ from the first only as RFC 9846 section 4.2.2 lists. */
class HelloAfterRetryTest {
    private static final Bytes ZEROS = Bytes.wrap(new byte[32]);

    static final List<Deception> CHANGES = List.of(
            changed("another random", hello -> Altered.random(hello, Altered.flipped(hello.random(), 0))),
            changed(
                    "another session id",
                    hello -> Altered.sessionId(hello, Altered.flipped(hello.legacySessionId(), 0))),
            changed("no session id", hello -> Altered.sessionId(hello, Bytes.empty())),
            changed(
                    "a suite less",
                    hello -> Altered.suites(hello, hello.cipherSuites().subList(0, 1))),
            changed(
                    "suites in another order",
                    hello -> Altered.suites(hello, hello.cipherSuites().reversed())),
            changed(
                    "a suite more",
                    hello -> Altered.suites(
                            hello,
                            List.of(
                                    CipherSuite.TLS_AES_128_GCM_SHA256,
                                    CipherSuite.TLS_AES_256_GCM_SHA384,
                                    CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
                                    CipherSuite.of(0x1304)))),
            changed("an offer to compress", hello -> Altered.compression(hello, "0001")),
            hello("another name", with(raw(ExtensionType.SERVER_NAME, "000400000161"))),
            hello("no name", without(ExtensionType.SERVER_NAME)),
            hello("a version more", with(raw(ExtensionType.SUPPORTED_VERSIONS, "0403040303"))),
            hello("no versions", without(ExtensionType.SUPPORTED_VERSIONS)),
            hello("another group", with(raw(ExtensionType.SUPPORTED_GROUPS, "0004001d0017"))),
            hello("no groups", without(ExtensionType.SUPPORTED_GROUPS)),
            hello("other signature schemes", with(raw(ExtensionType.SIGNATURE_ALGORITHMS, "00020403"))),
            hello("no signature schemes", without(ExtensionType.SIGNATURE_ALGORITHMS)),
            hello("no schemes for certificates", without(ExtensionType.SIGNATURE_ALGORITHMS_CERT)),
            hello("another mode for pre-shared keys", with(raw(ExtensionType.PSK_KEY_EXCHANGE_MODES, "0100"))),
            hello("no mode for pre-shared keys", without(ExtensionType.PSK_KEY_EXCHANGE_MODES)),
            hello(
                    "application protocols",
                    with(raw(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, "0003026832"))),
            hello("a GREASE extension", with(raw(ExtensionType.of(0xcaca), ""))),
            hello("a cookie that nobody gave", with(new Cookie(ZEROS))),
            hello("early data", with(raw(ExtensionType.EARLY_DATA, ""))),
            hello(
                    "a pre-shared key",
                    extensions -> psk(with(raw(ExtensionType.PSK_KEY_EXCHANGE_MODES, "0101"))
                            .apply(extensions))));

    static final List<Deception> SHARES = List.of(
            shares("none", List.of()),
            shares("one for another group", List.of(share(NamedGroup.SECP256R1, 65))),
            shares(
                    "one for a group beside it",
                    List.of(share(NamedGroup.X25519, 32), share(NamedGroup.SECP256R1, 65))));

    @ParameterizedTest(name = "{0}")
    @FieldSource("CHANGES")
    void nothingElseMayChange(Deception client) throws TlsException {
        client.mustBeFoundBy(Role.SERVER);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("SHARES")
    void thereIsExactlyTheShareThatWasAskedFor(Deception client) throws TlsException {
        client.mustBeFoundBy(Role.SERVER);
    }

    @Test
    void noShareExtensionAtAllIsMissing() throws TlsException {
        second(
                        "no share",
                        hello -> Altered.extensions(hello, without(ExtensionType.KEY_SHARE)),
                        Problem.MISSING_EXTENSION,
                        AlertDescription.MISSING_EXTENSION)
                .mustBeFoundBy(Role.SERVER);
    }

    @Test
    void aShareOfNoBytesIsMalformed() throws TlsException {
        second(
                        "a share of no bytes",
                        hello -> Altered.extensions(hello, with(raw(ExtensionType.KEY_SHARE, "0004001d0000"))),
                        Problem.LENGTH_OUT_OF_RANGE,
                        DECODE_ERROR)
                .mustBeFoundBy(Role.SERVER);
    }

    @Test
    void paddingMayComeAndGo() throws TlsException {
        Talk talk = Scenario.RETRY.begin();
        ClientHello second = secondAfter(talk, Honest.next(talk, Role.SERVER, ClientHello.class));

        assertThat(Honest.answer(talk, Altered.extensions(second, inFront(new Padding(ZEROS)))))
                .isInstanceOf(ServerHello.class);
    }

    @Test
    void earlyDataGoesAfterARetry() throws TlsException {
        Talk talk = Scenario.RETRY.begin();
        ClientHello first = Honest.next(talk, Role.SERVER, ClientHello.class);
        ClientHello second = secondAfter(talk, Altered.extensions(first, inFront(raw(ExtensionType.EARLY_DATA, ""))));

        assertThat(Honest.answer(talk, second)).isInstanceOf(ServerHello.class);
    }

    /** What the client says when the server has asked it to retry {@code first}. */
    private static ClientHello secondAfter(Talk talk, ClientHello first) throws TlsException {
        HandshakeMessage retry = Honest.answer(talk, first);
        assertThat(retry).isInstanceOf(HelloRetryRequest.class);
        talk.give(Role.CLIENT, HandshakeCodec.encode(retry));
        return Honest.next(talk, Role.SERVER, ClientHello.class);
    }

    private static Deception hello(String what, Function<Extensions, Extensions> change) {
        return changed(what, hello -> Altered.extensions(hello, change::apply));
    }

    private static Deception changed(String what, Function<ClientHello, ClientHello> change) {
        return second(what, change, Problem.HELLO_CHANGED_AFTER_RETRY, ILLEGAL_PARAMETER);
    }

    private static Deception shares(String what, List<KeyShareEntry> shares) {
        return second(
                        what,
                        hello -> Altered.extensions(hello, with(new KeyShareClientHello(shares))),
                        Problem.RETRY_IGNORED,
                        ILLEGAL_PARAMETER)
                .in(Ends.offering(List.of(NamedGroup.X25519, NamedGroup.SECP256R1), List.of()));
    }

    private static Deception second(
            String what, Function<ClientHello, ClientHello> change, Problem problem, AlertDescription alert) {
        return new Deception(
                what,
                Scenario.RETRY::begin,
                Deception.Change.ofSecond(ClientHello.class, change::apply),
                problem,
                alert);
    }

    private static KeyShareEntry share(NamedGroup group, int length) {
        return new KeyShareEntry(group, Bytes.wrap(new byte[length]));
    }

    private static Extensions psk(Extensions extensions) {
        return with(new OfferedPsks(List.of(new PskIdentity(ZEROS, 0)), List.of(ZEROS)))
                .apply(extensions);
    }
}
