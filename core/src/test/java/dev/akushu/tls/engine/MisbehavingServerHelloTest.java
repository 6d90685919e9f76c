package dev.akushu.tls.engine;

import static dev.akushu.tls.AlertDescription.DECODE_ERROR;
import static dev.akushu.tls.AlertDescription.ILLEGAL_PARAMETER;
import static dev.akushu.tls.AlertDescription.MISSING_EXTENSION;
import static dev.akushu.tls.AlertDescription.PROTOCOL_VERSION;
import static dev.akushu.tls.AlertDescription.UNEXPECTED_MESSAGE;
import static dev.akushu.tls.AlertDescription.UNSUPPORTED_EXTENSION;
import static dev.akushu.tls.engine.Altered.inFront;
import static dev.akushu.tls.engine.Altered.raw;
import static dev.akushu.tls.engine.Altered.with;
import static dev.akushu.tls.engine.Altered.without;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.HandshakeMessage;
import dev.akushu.tls.wire.KeyShareEntry;
import dev.akushu.tls.wire.KeyShareServerHello;
import dev.akushu.tls.wire.ProtocolVersion;
import dev.akushu.tls.wire.SelectedProtocolName;
import dev.akushu.tls.wire.SelectedPsk;
import dev.akushu.tls.wire.SelectedVersion;
import dev.akushu.tls.wire.ServerHello;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a client must not let a server do in its ServerHello. RFC 9846 section 4.2.3. */
class MisbehavingServerHelloTest {
    private static final String GREASE = "1a1a";

    static final List<Deception> VERSIONS = List.of(
            hello(
                    "chooses TLS 1.2 in supported_versions",
                    with(version(0x0303)),
                    Problem.WRONG_VERSION_CHOSEN,
                    ILLEGAL_PARAMETER),
            hello(
                    "chooses SSL 3.0 in supported_versions",
                    with(version(0x0300)),
                    Problem.WRONG_VERSION_CHOSEN,
                    ILLEGAL_PARAMETER),
            hello("chooses a version to come", with(version(0x0305)), Problem.WRONG_VERSION_CHOSEN, ILLEGAL_PARAMETER),
            hello("chooses a GREASE version", with(version(0x7a7a)), Problem.WRONG_VERSION_CHOSEN, ILLEGAL_PARAMETER),
            hello(
                    "sends a list of versions",
                    with(raw(ExtensionType.SUPPORTED_VERSIONS, "020304")),
                    Problem.TRAILING_BYTES,
                    DECODE_ERROR),
            hello(
                    "sends half a version",
                    with(raw(ExtensionType.SUPPORTED_VERSIONS, "03")),
                    Problem.TRUNCATED_FIELD,
                    DECODE_ERROR),
            // RFC 9846 4.2.3: a legacy_version other than 0x0303 in a hello of TLS 1.3.
            changed(
                    "says 0x0304 in legacy_version",
                    hello -> Altered.legacyVersion(hello, 0x0304),
                    Problem.SERVER_TOO_OLD,
                    PROTOCOL_VERSION),
            changed(
                    "says 0x0301 in legacy_version",
                    hello -> Altered.legacyVersion(hello, 0x0301),
                    Problem.SERVER_TOO_OLD,
                    PROTOCOL_VERSION),
            hello(
                    "answers in TLS 1.2",
                    without(ExtensionType.SUPPORTED_VERSIONS, ExtensionType.KEY_SHARE),
                    Problem.SERVER_TOO_OLD,
                    PROTOCOL_VERSION),
            hello(
                    "answers in TLS 1.2, and with its extensions",
                    extensions -> Extensions.of(raw(ExtensionType.RENEGOTIATION_INFO, "00")),
                    Problem.SERVER_TOO_OLD,
                    PROTOCOL_VERSION),
            changed(
                    "answers in TLS 1.0",
                    hello -> old(hello, 0x0301, "0000000000000000"),
                    Problem.SERVER_TOO_OLD,
                    PROTOCOL_VERSION),
            changed(
                    "could do better than TLS 1.2",
                    hello -> old(hello, 0x0303, "444f574e47524401"),
                    Problem.DOWNGRADE_DETECTED,
                    ILLEGAL_PARAMETER),
            changed(
                    "could do better than TLS 1.1",
                    hello -> old(hello, 0x0302, "444f574e47524400"),
                    Problem.DOWNGRADE_DETECTED,
                    ILLEGAL_PARAMETER));

    static final List<Deception> FIELDS = List.of(
            changed(
                    "chooses a suite that was not offered",
                    hello -> Altered.suite(hello, CipherSuite.TLS_AES_128_CCM_SHA256),
                    Problem.WRONG_SUITE_CHOSEN,
                    ILLEGAL_PARAMETER),
            changed(
                    "chooses a suite of TLS 1.2",
                    hello -> Altered.suite(hello, CipherSuite.of(0xc02f)),
                    Problem.WRONG_SUITE_CHOSEN,
                    ILLEGAL_PARAMETER),
            changed(
                    "chooses a GREASE suite",
                    hello -> Altered.suite(hello, CipherSuite.of(0x2a2a)),
                    Problem.WRONG_SUITE_CHOSEN,
                    ILLEGAL_PARAMETER),
            changed(
                    "chooses no encryption",
                    hello -> Altered.suite(hello, CipherSuite.of(0)),
                    Problem.WRONG_SUITE_CHOSEN,
                    ILLEGAL_PARAMETER),
            changed(
                    "echoes another session id",
                    hello -> Altered.sessionId(hello, Altered.flipped(hello.legacySessionIdEcho(), 0)),
                    Problem.SESSION_ID_NOT_ECHOED,
                    ILLEGAL_PARAMETER),
            changed(
                    "echoes no session id",
                    hello -> Altered.sessionId(hello, Bytes.empty()),
                    Problem.SESSION_ID_NOT_ECHOED,
                    ILLEGAL_PARAMETER),
            changed(
                    "echoes half of the session id",
                    hello ->
                            Altered.sessionId(hello, hello.legacySessionIdEcho().slice(0, 16)),
                    Problem.SESSION_ID_NOT_ECHOED,
                    ILLEGAL_PARAMETER),
            changed(
                    "compresses",
                    hello -> Altered.compression(hello, 1),
                    Problem.COMPRESSION_CHOSEN,
                    ILLEGAL_PARAMETER));

    static final List<Deception> SHARES = List.of(
            hello("sends no share", without(ExtensionType.KEY_SHARE), Problem.MISSING_EXTENSION, MISSING_EXTENSION),
            hello(
                    "sends a share for a group that was not offered",
                    with(share(NamedGroup.SECP256R1, 65)),
                    Problem.WRONG_GROUP_CHOSEN,
                    ILLEGAL_PARAMETER),
            hello(
                            "sends a share for a group that got no share",
                            with(share(NamedGroup.SECP256R1, 65)),
                            Problem.WRONG_GROUP_CHOSEN,
                            ILLEGAL_PARAMETER)
                    .in(Ends.offering(List.of(NamedGroup.X25519, NamedGroup.SECP256R1), List.of(NamedGroup.X25519))),
            hello(
                    "sends a share for a GREASE group",
                    with(share(NamedGroup.of(0x3a3a), 1)),
                    Problem.WRONG_GROUP_CHOSEN,
                    ILLEGAL_PARAMETER),
            hello(
                    "sends a share without a byte",
                    with(raw(ExtensionType.KEY_SHARE, "001d0000")),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            hello(
                    "sends a list of shares",
                    with(raw(ExtensionType.KEY_SHARE, "0005001d000155")),
                    Problem.TRUNCATED_FIELD,
                    DECODE_ERROR),
            hello(
                    "asks for a group as in a retry",
                    with(raw(ExtensionType.KEY_SHARE, "001d")),
                    Problem.TRUNCATED_FIELD,
                    DECODE_ERROR),
            hello(
                    "sends a byte behind its share",
                    with(raw(ExtensionType.KEY_SHARE, "001d00015500")),
                    Problem.TRAILING_BYTES,
                    DECODE_ERROR));

    static final List<Deception> EXTENSIONS = List.of(
            hello(
                    "adds a GREASE extension",
                    with(raw(type(GREASE), "")),
                    Problem.UNSOLICITED_EXTENSION,
                    UNSUPPORTED_EXTENSION),
            hello(
                    "adds an extension of TLS 1.2",
                    with(raw(ExtensionType.EXTENDED_MAIN_SECRET, "")),
                    Problem.UNSOLICITED_EXTENSION,
                    UNSUPPORTED_EXTENSION),
            hello(
                    "takes a pre-shared key that nobody offered",
                    with(new SelectedPsk(0)),
                    Problem.UNSOLICITED_EXTENSION,
                    UNSUPPORTED_EXTENSION),
            hello(
                            "chooses the application protocol in clear",
                            with(new SelectedProtocolName(Bytes.ofAscii("h2"))),
                            Problem.MISPLACED_EXTENSION,
                            ILLEGAL_PARAMETER)
                    .in(Ends.speaking("h2")),
            hello(
                    "acknowledges the name in clear",
                    with(raw(ExtensionType.SERVER_NAME, "")),
                    Problem.MISPLACED_EXTENSION,
                    ILLEGAL_PARAMETER),
            hello(
                    "sends a cookie without a retry",
                    with(raw(ExtensionType.COOKIE, "000155")),
                    Problem.MISPLACED_EXTENSION,
                    ILLEGAL_PARAMETER),
            hello(
                    "takes early data in clear",
                    with(raw(ExtensionType.EARLY_DATA, "")),
                    Problem.MISPLACED_EXTENSION,
                    ILLEGAL_PARAMETER),
            hello(
                    "lists groups in clear",
                    with(raw(ExtensionType.SUPPORTED_GROUPS, "0002001d")),
                    Problem.MISPLACED_EXTENSION,
                    ILLEGAL_PARAMETER),
            hello("says its version twice", inFront(version(0x0304)), Problem.DUPLICATE_EXTENSION, ILLEGAL_PARAMETER),
            hello(
                    "sends two shares",
                    inFront(share(NamedGroup.X25519, 32)),
                    Problem.DUPLICATE_EXTENSION,
                    ILLEGAL_PARAMETER),
            hello(
                    "sends one GREASE extension twice",
                    extensions -> inFront(raw(type(GREASE), ""))
                            .compose(with(raw(type(GREASE), "")))
                            .apply(extensions),
                    Problem.DUPLICATE_EXTENSION,
                    ILLEGAL_PARAMETER));

    static final List<Deception> RESUMPTIONS = List.of(
            hello(
                    "takes a ticket that was not offered",
                    with(new SelectedPsk(1)),
                    Problem.WRONG_PSK_CHOSEN,
                    ILLEGAL_PARAMETER),
            hello(
                    "takes the last ticket that an index can name",
                    with(new SelectedPsk(0xffff)),
                    Problem.WRONG_PSK_CHOSEN,
                    ILLEGAL_PARAMETER),
            changed(
                    "resumes by a suite with another hash",
                    hello -> Altered.suite(hello, CipherSuite.TLS_AES_256_GCM_SHA384),
                    Problem.PSK_HASH_MISMATCH,
                    ILLEGAL_PARAMETER),
            hello(
                    "resumes without a share, as psk_ke would",
                    without(ExtensionType.KEY_SHARE),
                    Problem.ILLEGAL_VALUE,
                    ILLEGAL_PARAMETER),
            // RFC 9846 4.5.1: without a pre-shared key there must be a certificate.
            hello(
                    "drops the ticket and shows no certificate either",
                    without(ExtensionType.PRE_SHARED_KEY),
                    Problem.UNEXPECTED_HANDSHAKE_MESSAGE,
                    UNEXPECTED_MESSAGE));

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void aClientTakesTls13AndNothingElse(Deception server) throws TlsException {
        server.mustBeFoundBy(Role.CLIENT);
        // RFC 9846 appendix E.3: least of all when it has sent early data.
        server.in(Scenario.EARLY_DATA::begin).mustBeFoundBy(Role.CLIENT);
    }

    @ParameterizedTest
    @FieldSource("FIELDS")
    void everyFieldMustAnswerTheOffer(Deception server) throws TlsException {
        server.mustBeFoundBy(Role.CLIENT);
    }

    @ParameterizedTest
    @FieldSource("SHARES")
    void aShareIsForAGroupOfOurOwnShares(Deception server) throws TlsException {
        server.mustBeFoundBy(Role.CLIENT);
    }

    @ParameterizedTest
    @FieldSource("EXTENSIONS")
    void onlyWhatBelongsInAServerHelloMayStandThere(Deception server) throws TlsException {
        server.mustBeFoundBy(Role.CLIENT);
    }

    @ParameterizedTest
    @FieldSource("RESUMPTIONS")
    void aSessionIsResumedAsItWasOfferedOrNotAtAll(Deception server) throws TlsException {
        server.in(Scenario.RESUMPTION::begin).mustBeFoundBy(Role.CLIENT);
    }

    private static Deception hello(
            String what, Function<Extensions, Extensions> change, Problem problem, AlertDescription alert) {
        return changed(what, hello -> Altered.extensions(hello, change::apply), problem, alert);
    }

    private static Deception changed(
            String what, Function<ServerHello, HandshakeMessage> change, Problem problem, AlertDescription alert) {
        return Deception.of(what, ServerHello.class, change, problem, alert);
    }

    /** A hello of an older version: without extensions, and with this end of its random. */
    private static ServerHello old(ServerHello hello, int version, String sentinel) {
        Bytes random = Bytes.fromHex(hello.random().hex().substring(0, 48) + sentinel);
        return Altered.legacyVersion(
                Altered.extensions(Altered.random(hello, random), extensions -> Extensions.none()), version);
    }

    private static SelectedVersion version(int code) {
        return new SelectedVersion(ProtocolVersion.of(code));
    }

    private static KeyShareServerHello share(NamedGroup group, int length) {
        return new KeyShareServerHello(new KeyShareEntry(group, Bytes.wrap(new byte[length])));
    }

    private static ExtensionType type(String hex) {
        return ExtensionType.of(Integer.parseInt(hex, 16));
    }
}
