package dev.akushu.tls.engine;

import static dev.akushu.tls.engine.Altered.inFront;
import static dev.akushu.tls.engine.Altered.raw;
import static dev.akushu.tls.engine.Altered.with;
import static dev.akushu.tls.engine.Altered.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.wire.CertificateRequest;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Extension;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.KeyShareClientHello;
import dev.akushu.tls.wire.KeyShareEntry;
import dev.akushu.tls.wire.ServerHello;
import dev.akushu.tls.wire.SignatureAlgorithms;
import dev.akushu.tls.wire.SupportedGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** What nobody knows yet must be ignored, or nothing could ever be added. RFC 9846 section 9.3, RFC 8701. */
class TolerantServerTest {
    private static final int GREASE = 0x4a4a;

    static final List<Arguments> HELLOS = List.of(
            changed(
                    "GREASE and unknown suites",
                    hello -> Altered.suites(
                            hello,
                            joined(
                                    List.of(CipherSuite.of(GREASE), CipherSuite.of(0xc02f), CipherSuite.of(0x00ff)),
                                    hello.cipherSuites()))),
            changed("the longest list of suites", hello -> Altered.suites(hello, manySuites())),
            changed("no session id", hello -> Altered.sessionId(hello, Bytes.empty())),
            changed("a session id of one byte", hello -> Altered.sessionId(hello, Bytes.fromHex("07"))),
            hello("GREASE and unknown versions", with(raw(ExtensionType.SUPPORTED_VERSIONS, "0a4a4a03057f1c03040303"))),
            hello(
                    "GREASE and unknown groups",
                    extensions -> with(new SupportedGroups(
                                    List.of(NamedGroup.of(GREASE), NamedGroup.of(0x0023), NamedGroup.X25519)))
                            .apply(extensions)),
            hello("a share for a GREASE group", TolerantServerTest::greaseShare),
            hello("one group twice", with(raw(ExtensionType.SUPPORTED_GROUPS, "0004001d001d"))),
            hello(
                    "GREASE and unknown signature schemes",
                    with(new SignatureAlgorithms(List.of(
                            SignatureScheme.of(GREASE),
                            SignatureScheme.of(0x0101),
                            SignatureScheme.ECDSA_SECP256R1_SHA256)))),
            hello("GREASE modes for pre-shared keys", with(raw(ExtensionType.PSK_KEY_EXCHANGE_MODES, "040b2a4901"))),
            hello("no modes for pre-shared keys", without(ExtensionType.PSK_KEY_EXCHANGE_MODES)),
            hello(
                    "GREASE application protocols",
                    with(raw(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, "0009024a4a026832024a4b"))),
            hello("no server name", without(ExtensionType.SERVER_NAME)),
            hello(
                    "GREASE extensions around it",
                    extensions ->
                            around(extensions, raw(ExtensionType.of(GREASE), ""), raw(ExtensionType.of(0xdada), "00"))),
            hello("an unknown extension of 16 KiB", inFront(raw(ExtensionType.of(0x7777), "5a".repeat(1 << 14)))),
            hello("a hundred unknown extensions", TolerantServerTest::hundred),
            hello(
                    "extensions in another order",
                    extensions -> Extensions.of(extensions.list().reversed())),
            hello(
                    "the extensions of TLS 1.2",
                    extensions -> around(
                            around(
                                    extensions,
                                    raw(ExtensionType.EXTENDED_MAIN_SECRET, ""),
                                    raw(ExtensionType.SESSION_TICKET, "")),
                            raw(ExtensionType.RENEGOTIATION_INFO, "00"),
                            raw(ExtensionType.of(11), "0100"))),
            hello("a status request of an unknown type", with(raw(ExtensionType.STATUS_REQUEST, "0a00"))),
            // RFC 9846 4.5.1.1: for older versions alone, and not to be acted upon.
            hello("status_request_v2", inFront(raw(ExtensionType.of(17), "0007 02 0004 0000 0000".replace(" ", "")))),
            hello(
                    "GREASE for an encrypted hello",
                    inFront(raw(ExtensionType.ENCRYPTED_CLIENT_HELLO, "000001000142002000" + "11".repeat(30)))),
            hello("unknown compression of certificates", inFront(raw(ExtensionType.COMPRESS_CERTIFICATE, "024a4a"))),
            hello("OpenPGP certificates beside others", inFront(raw(ExtensionType.SERVER_CERTIFICATE_TYPE, "020100"))),
            hello("padding", inFront(raw(ExtensionType.PADDING, "00".repeat(500)))),
            hello("what a client accepts after the handshake", inFront(raw(ExtensionType.POST_HANDSHAKE_AUTH, ""))),
            hello("unknown schemes for certificates", with(raw(ExtensionType.SIGNATURE_ALGORITHMS_CERT, "00024a4a"))));

    @ParameterizedTest(name = "{0}")
    @FieldSource("HELLOS")
    void aServerMakesTheBestOfAHelloWith(String what, UnaryOperator<ClientHello> change) throws TlsException {
        Talk talk = Ends.offering(List.of(NamedGroup.X25519), List.of(NamedGroup.X25519))
                .begin();
        ClientHello hello = change.apply(Honest.next(talk, Role.SERVER, ClientHello.class));

        assertThat(Honest.answer(talk, hello)).isInstanceOfSatisfying(ServerHello.class, answer -> {
            assertThat(answer.cipherSuite()).isEqualTo(CipherSuite.TLS_AES_128_GCM_SHA256);
            assertThat(answer.legacySessionIdEcho()).isEqualTo(hello.legacySessionId());
        });
    }

    @Test
    void aShareMayComeAgain() throws TlsException {
        // RFC 9846 4.3.8: RFC 8446 permitted that, so whoever receives it must.
        TlsClient client = Ends.client().build();
        TlsServer server = Ends.server().build();
        ClientHello hello = Honest.next(new Talk(client, server), Role.SERVER, ClientHello.class);

        for (int i = 0; i < 2; i++) {
            assertThat(Honest.answer(new Talk(client, server), hello)).isInstanceOf(ServerHello.class);
        }
    }

    @Test
    void aClientIgnoresWhatItDoesNotKnowInARequestForItsCertificate() throws TlsException {
        Deception.Change change = Deception.Change.of(
                CertificateRequest.class,
                request -> new CertificateRequest(
                        Bytes.empty(),
                        around(
                                request.extensions(),
                                raw(ExtensionType.of(GREASE), "01"),
                                raw(ExtensionType.of(0x7777), ""))));
        TlsException failed = change.fate(Role.CLIENT, Scenario.CLIENT_AUTHENTICATION.begin());

        // It went on, until the signature over the honest request no longer fitted.
        assertThat(failed).isNotNull().returns(Problem.BAD_SIGNATURE, TlsException::problem);
    }

    private static Arguments hello(String what, UnaryOperator<Extensions> change) {
        return changed(what, hello -> Altered.extensions(hello, change));
    }

    private static Arguments changed(String what, UnaryOperator<ClientHello> change) {
        return Arguments.of(what, change);
    }

    private static Extensions around(Extensions extensions, Extension before, Extension after) {
        return with(after).apply(inFront(before).apply(extensions));
    }

    private static Extensions hundred(Extensions extensions) {
        Extensions more = extensions;
        for (int i = 0; i < 100; i++) {
            more = inFront(raw(ExtensionType.of(0x7000 + i), "00")).apply(more);
        }
        return more;
    }

    private static Extensions greaseShare(Extensions extensions) {
        NamedGroup grease = NamedGroup.of(GREASE);
        List<KeyShareEntry> shares =
                joined(List.of(new KeyShareEntry(grease, Bytes.fromHex("00"))), Honest.shares(extensions));
        SupportedGroups groups = new SupportedGroups(List.of(grease, NamedGroup.X25519));
        return with(new KeyShareClientHello(shares)).apply(with(groups).apply(extensions));
    }

    private static List<CipherSuite> manySuites() {
        List<CipherSuite> suites = new ArrayList<>(IntStream.range(0x2000, 0x2000 + 32_766)
                .mapToObj(CipherSuite::of)
                .toList());
        suites.add(CipherSuite.TLS_AES_128_GCM_SHA256);
        return suites;
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> joined = new ArrayList<>(first);
        joined.addAll(second);
        return joined;
    }
}
