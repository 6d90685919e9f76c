package dev.akushu.tls.engine;

import static dev.akushu.tls.AlertDescription.BAD_CERTIFICATE;
import static dev.akushu.tls.AlertDescription.ILLEGAL_PARAMETER;
import static dev.akushu.tls.AlertDescription.UNSUPPORTED_CERTIFICATE;
import static dev.akushu.tls.AlertDescription.UNSUPPORTED_EXTENSION;
import static dev.akushu.tls.engine.Altered.raw;
import static dev.akushu.tls.engine.Altered.with;
import static dev.akushu.tls.engine.Altered.without;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Identity;
import dev.akushu.tls.Problem;
import dev.akushu.tls.RawKeyTrust;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.CertificateEntry;
import dev.akushu.tls.wire.EncryptedExtensions;
import dev.akushu.tls.wire.Extensions;
import java.security.KeyPair;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server that shows a public key alone must not do. RFC 7250 section 4, RFC 9846 section 4.5.1. */
class MisbehavingRawKeyTest {
    private static final KeyPair KEYS = TestKey.P256.fresh();

    static final List<Deception> SERVERS = List.of(
            types("chooses a type that was not offered", raw(ExtensionType.SERVER_CERTIFICATE_TYPE, "01")),
            types("chooses certificates though none are taken", raw(ExtensionType.SERVER_CERTIFICATE_TYPE, "00")),
            ofExtensions(
                    "does not say that it shows a key",
                    without(ExtensionType.SERVER_CERTIFICATE_TYPE),
                    Problem.WRONG_CERTIFICATE_TYPE),
            ofCertificate(
                    "shows two keys",
                    shown -> List.of(shown.entries().getFirst(), shown.entries().getFirst()),
                    Problem.ILLEGAL_VALUE),
            ofCertificate(
                    "shows something else than a key",
                    shown -> List.of(new CertificateEntry(Bytes.fromHex("3000"), Extensions.none())),
                    Problem.CERTIFICATE_UNPARSABLE));

    @ParameterizedTest(name = "a server that {0}")
    @FieldSource("SERVERS")
    void aClientHoldsTheServerToItsOffer(Deception misbehaving) throws TlsException {
        misbehaving.mustBeFoundBy(Role.CLIENT);
    }

    @Test
    void whoOffersNoChoiceIsGivenNone() throws TlsException {
        Deception.of(
                        "chooses though nothing was offered",
                        EncryptedExtensions.class,
                        message -> new EncryptedExtensions(with(raw(ExtensionType.SERVER_CERTIFICATE_TYPE, "00"))
                                .apply(message.extensions())),
                        Problem.UNSOLICITED_EXTENSION,
                        UNSUPPORTED_EXTENSION)
                .mustBeFoundBy(Role.CLIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "01"})
    void aServerAsksForATypeThatTheClientHas(String type) throws TlsException {
        // RFC 7250 4.2: the client that has a key alone has offered nothing else.
        TlsClient client = Ends.client()
                .identity(Identity.ofRawKey(KEYS.getPublic(), KEYS.getPrivate(), Crypto.jdk()))
                .build();
        TlsServer server = Ends.server()
                .rawClientAuthentication(ClientAuthentication.REQUIRED, RawKeyTrust.pinned(List.of(KEYS.getPublic())))
                .build();

        Deception.of(
                        "wants the type " + type,
                        EncryptedExtensions.class,
                        message -> new EncryptedExtensions(with(raw(ExtensionType.CLIENT_CERTIFICATE_TYPE, type))
                                .apply(message.extensions())),
                        Problem.WRONG_CERTIFICATE_TYPE,
                        UNSUPPORTED_CERTIFICATE)
                .in(() -> new Talk(client, server))
                .mustBeFoundBy(Role.CLIENT);
    }

    private static Deception types(String what, dev.akushu.tls.wire.Extension chosen) {
        return ofExtensions(what, with(chosen), Problem.WRONG_CERTIFICATE_TYPE);
    }

    private static Deception ofExtensions(String what, UnaryOperator<Extensions> change, Problem problem) {
        return Deception.of(
                        what,
                        EncryptedExtensions.class,
                        message -> new EncryptedExtensions(change.apply(message.extensions())),
                        problem,
                        UNSUPPORTED_CERTIFICATE)
                .in(MisbehavingRawKeyTest::talk);
    }

    private static Deception ofCertificate(
            String what, java.util.function.Function<Certificate, List<CertificateEntry>> change, Problem problem) {
        return Deception.of(
                        what,
                        Certificate.class,
                        shown -> new Certificate(shown.context(), change.apply(shown)),
                        problem,
                        problem == Problem.ILLEGAL_VALUE ? ILLEGAL_PARAMETER : BAD_CERTIFICATE)
                .in(MisbehavingRawKeyTest::talk);
    }

    private static Talk talk() throws TlsException {
        return new Talk(
                TlsClient.rawKeyBuilder(RawKeyTrust.pinned(List.of(KEYS.getPublic())))
                        .policy(Ends.QUICK)
                        .build(),
                TlsServer.builder(Identity.ofRawKey(KEYS.getPublic(), KEYS.getPrivate(), Crypto.jdk()))
                        .build());
    }
}
