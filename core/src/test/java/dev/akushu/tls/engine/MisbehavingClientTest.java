package dev.akushu.tls.engine;

import static dev.akushu.tls.AlertDescription.DECODE_ERROR;
import static dev.akushu.tls.AlertDescription.HANDSHAKE_FAILURE;
import static dev.akushu.tls.AlertDescription.ILLEGAL_PARAMETER;
import static dev.akushu.tls.AlertDescription.INAPPROPRIATE_FALLBACK;
import static dev.akushu.tls.AlertDescription.MISSING_EXTENSION;
import static dev.akushu.tls.AlertDescription.PROTOCOL_VERSION;
import static dev.akushu.tls.AlertDescription.UNSUPPORTED_CERTIFICATE;
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
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.KeyShareClientHello;
import dev.akushu.tls.wire.KeyShareEntry;
import dev.akushu.tls.wire.ServerName;
import dev.akushu.tls.wire.SignatureAlgorithms;
import dev.akushu.tls.wire.SupportedGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server must not let a client do in its ClientHello. RFC 9846 sections 4.2.2, 4.3 and 9.2. */
class MisbehavingClientTest {
    static final List<Deception> VERSIONS = List.of(
            hello(
                    "sends the extensions of TLS 1.2",
                    without(ExtensionType.SUPPORTED_VERSIONS),
                    Problem.CLIENT_TOO_OLD,
                    PROTOCOL_VERSION),
            changed(
                    "says that it has fallen back from TLS 1.3",
                    hello -> Altered.suites(
                            Altered.extensions(hello, extensions -> Extensions.none()),
                            List.of(CipherSuite.of(0x5600))),
                    Problem.INAPPROPRIATE_FALLBACK,
                    INAPPROPRIATE_FALLBACK),
            hello("sends no extensions", extensions -> Extensions.none(), Problem.CLIENT_TOO_OLD, PROTOCOL_VERSION),
            hello(
                    "offers TLS 1.2 alone",
                    with(raw(ExtensionType.SUPPORTED_VERSIONS, "020303")),
                    Problem.CLIENT_TOO_OLD,
                    PROTOCOL_VERSION),
            hello(
                    "offers what is to come",
                    with(raw(ExtensionType.SUPPORTED_VERSIONS, "0603057a7a7f1c")),
                    Problem.CLIENT_TOO_OLD,
                    PROTOCOL_VERSION),
            hello(
                    "offers no version",
                    with(raw(ExtensionType.SUPPORTED_VERSIONS, "00")),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            hello(
                    "offers half a version",
                    with(raw(ExtensionType.SUPPORTED_VERSIONS, "03030403")),
                    Problem.TRUNCATED_FIELD,
                    DECODE_ERROR),
            hello(
                    "names a version as a server would",
                    with(raw(ExtensionType.SUPPORTED_VERSIONS, "0304")),
                    Problem.TRUNCATED_FIELD,
                    DECODE_ERROR),
            // RFC 9846 4.2.2: a legacy_version other than 0x0303.
            changed(
                    "says 0x0304 in legacy_version",
                    hello -> Altered.legacyVersion(hello, 0x0304),
                    Problem.WRONG_LEGACY_VERSION,
                    PROTOCOL_VERSION),
            changed(
                    "says 0x0302 in legacy_version",
                    hello -> Altered.legacyVersion(hello, 0x0302),
                    Problem.WRONG_LEGACY_VERSION,
                    PROTOCOL_VERSION));

    static final List<Deception> FIELDS = List.of(
            changed(
                    "offers to compress",
                    hello -> Altered.compression(hello, "0001"),
                    Problem.COMPRESSION_OFFERED,
                    ILLEGAL_PARAMETER),
            changed(
                    "insists on compression",
                    hello -> Altered.compression(hello, "01"),
                    Problem.COMPRESSION_OFFERED,
                    ILLEGAL_PARAMETER),
            changed(
                    "offers no compression twice",
                    hello -> Altered.compression(hello, "0000"),
                    Problem.COMPRESSION_OFFERED,
                    ILLEGAL_PARAMETER),
            changed(
                    "has no compression methods",
                    hello -> Altered.compression(hello, ""),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            changed(
                    "has a session id of 33 bytes",
                    hello -> Altered.sessionId(hello, Bytes.wrap(new byte[33])),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            changed(
                    "offers no suites",
                    hello -> Altered.suites(hello, List.of()),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            changed(
                    "offers no suite that is known",
                    hello -> Altered.suites(hello, suites(0x1305, 0xc02f, 0x2a2a, 0x00ff)),
                    Problem.NO_COMMON_SUITE,
                    HANDSHAKE_FAILURE));

    static final List<Deception> GROUPS_AND_SHARES = List.of(
            hello(
                    "offers no group that is known",
                    offer(List.of(NamedGroup.of(0x0a0a), NamedGroup.of(0xfe00))),
                    Problem.NO_COMMON_GROUP,
                    HANDSHAKE_FAILURE),
            hello(
                    "offers no groups",
                    with(raw(ExtensionType.SUPPORTED_GROUPS, "0000")),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            hello(
                    "offers half a group",
                    with(raw(ExtensionType.SUPPORTED_GROUPS, "0003001d00")),
                    Problem.TRUNCATED_FIELD,
                    DECODE_ERROR),
            hello(
                    "sends two shares for a group",
                    share(NamedGroup.X25519, 32),
                    Problem.DUPLICATE_KEY_SHARE,
                    ILLEGAL_PARAMETER),
            hello(
                    "sends a share for a group that it does not offer",
                    share(NamedGroup.SECP256R1, 65),
                    Problem.KEY_SHARE_NOT_IN_GROUPS,
                    ILLEGAL_PARAMETER),
            hello(
                    "sends a share for a GREASE group that it does not offer",
                    share(NamedGroup.of(0x1a1a), 1),
                    Problem.KEY_SHARE_NOT_IN_GROUPS,
                    ILLEGAL_PARAMETER),
            hello(
                    "sends a share without a byte",
                    with(raw(ExtensionType.KEY_SHARE, "0004001d0000")),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            hello(
                    "sends a share that is cut off",
                    with(raw(ExtensionType.KEY_SHARE, "0006001d00205566")),
                    Problem.TRUNCATED_FIELD,
                    DECODE_ERROR),
            hello(
                    "sends shares and a byte more",
                    with(raw(ExtensionType.KEY_SHARE, "000000")),
                    Problem.TRAILING_BYTES,
                    DECODE_ERROR));

    static final List<Deception> NAMES = List.of(
            name("with a NUL", "6c6f63616c686f73740000"),
            name("with a space", "6c6f63616c20686f7374"),
            name("beyond ASCII", "c3a96c656d"),
            name("with a line end", "610d0a62"),
            hello(
                    "of no bytes",
                    with(raw(ExtensionType.SERVER_NAME, "0003000000")),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            hello(
                    "of an unknown type",
                    with(raw(ExtensionType.SERVER_NAME, "000401000161")),
                    Problem.ILLEGAL_VALUE,
                    ILLEGAL_PARAMETER),
            hello(
                    "and another",
                    with(raw(ExtensionType.SERVER_NAME, "00080000016100000162")),
                    Problem.TRAILING_BYTES,
                    DECODE_ERROR),
            hello("in no list", with(raw(ExtensionType.SERVER_NAME, "")), Problem.TRUNCATED_FIELD, DECODE_ERROR),
            hello(
                    "in an empty list",
                    with(raw(ExtensionType.SERVER_NAME, "0000")),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            hello(
                    "of 256 bytes",
                    with(new ServerName(Bytes.ofAscii("a".repeat(256)))),
                    Problem.ILLEGAL_VALUE,
                    ILLEGAL_PARAMETER));

    static final List<Deception> EXTENSIONS = List.of(
            hello(
                    "accepts no signature",
                    with(raw(ExtensionType.SIGNATURE_ALGORITHMS, "0000")),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            hello(
                    "accepts signatures that nobody can make",
                    with(new SignatureAlgorithms(List.of(SignatureScheme.of(0x0201), SignatureScheme.of(0x8a8a)))),
                    Problem.NO_COMMON_SIGNATURE_SCHEME,
                    HANDSHAKE_FAILURE),
            hello(
                    "accepts PKCS #1 alone",
                    with(new SignatureAlgorithms(List.of(SignatureScheme.RSA_PKCS1_SHA256))),
                    Problem.NO_COMMON_SIGNATURE_SCHEME,
                    HANDSHAKE_FAILURE),
            hello(
                    "has no mode for pre-shared keys",
                    with(raw(ExtensionType.PSK_KEY_EXCHANGE_MODES, "00")),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            hello(
                    "speaks no application protocol",
                    with(raw(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, "0000")),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            hello(
                    "speaks a protocol without a name",
                    with(raw(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, "000400026832")),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            hello(
                    "sends a cookie of no bytes",
                    with(raw(ExtensionType.COOKIE, "0000")),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            hello(
                    "says something in early_data",
                    inFront(raw(ExtensionType.EARLY_DATA, "00000001")),
                    Problem.TRAILING_BYTES,
                    DECODE_ERROR),
            hello(
                    "takes OpenPGP certificates alone",
                    with(raw(ExtensionType.SERVER_CERTIFICATE_TYPE, "0101")),
                    Problem.NO_COMMON_CERTIFICATE_TYPE,
                    UNSUPPORTED_CERTIFICATE),
            hello(
                    "sends the filters of a server",
                    with(raw(ExtensionType.OID_FILTERS, "0000")),
                    Problem.MISPLACED_EXTENSION,
                    ILLEGAL_PARAMETER),
            hello(
                    "sends one extension twice",
                    inFront(raw(ExtensionType.SUPPORTED_GROUPS, "0002001d")),
                    Problem.DUPLICATE_EXTENSION,
                    ILLEGAL_PARAMETER),
            hello(
                    "sends one GREASE extension twice",
                    extensions -> inFront(raw(ExtensionType.of(0xbaba), ""))
                            .apply(inFront(raw(ExtensionType.of(0xbaba), "")).apply(extensions)),
                    Problem.DUPLICATE_EXTENSION,
                    ILLEGAL_PARAMETER));

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void aServerServesTls13AndNothingElse(Deception client) throws TlsException {
        client.mustBeFoundBy(Role.SERVER);
    }

    @ParameterizedTest
    @FieldSource("FIELDS")
    void everyFieldIsAsTheProtocolPrescribes(Deception client) throws TlsException {
        client.mustBeFoundBy(Role.SERVER);
    }

    @ParameterizedTest
    @FieldSource("GROUPS_AND_SHARES")
    void thereIsOneShareAGroupAndForOfferedGroupsOnly(Deception client) throws TlsException {
        client.mustBeFoundBy(Role.SERVER);
    }

    @ParameterizedTest(name = "a name {0}")
    @FieldSource("NAMES")
    void aServerNameIsOneDnsNameInAscii(Deception client) throws TlsException {
        client.mustBeFoundBy(Role.SERVER);
    }

    @ParameterizedTest
    @FieldSource("EXTENSIONS")
    void everyExtensionHasItsFormAndItsPlace(Deception client) throws TlsException {
        client.mustBeFoundBy(Role.SERVER);
    }

    /** RFC 9846 9.2: without a pre-shared key all three must be there; each bit of {@code absent} leaves one out. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void whatIsMandatoryMustNotBeMissing(int absent) throws TlsException {
        List<ExtensionType> mandatory =
                List.of(ExtensionType.SIGNATURE_ALGORITHMS, ExtensionType.SUPPORTED_GROUPS, ExtensionType.KEY_SHARE);
        ExtensionType[] left = new ExtensionType[Integer.bitCount(absent)];
        for (int i = 0, at = 0; i < 3; i++) {
            if ((absent & 1 << i) != 0) {
                left[at++] = mandatory.get(i);
            }
        }
        hello("leaves out what is mandatory", without(left), Problem.MISSING_EXTENSION, MISSING_EXTENSION)
                .mustBeFoundBy(Role.SERVER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "unknown.example", "xn--bcher-kva.example", "under_score", "a"})
    void aServerWithOneIdentityServesEveryName(String name) throws TlsException {
        Deception.Change change = Deception.Change.of(
                ClientHello.class, hello -> Altered.extensions(hello, with(new ServerName(Bytes.ofAscii(name)))));
        Talk talk = Scenario.FULL.begin();
        talk.give(Role.SERVER, change.onTheWay(Honest.next(talk, Role.SERVER)));

        assertThat(talk.end(Role.SERVER).step()).isEqualTo(dev.akushu.tls.server.ServerStep.EXPECT_FINISHED);
    }

    private static Deception hello(
            String what, Function<Extensions, Extensions> change, Problem problem, AlertDescription alert) {
        return changed(what, hello -> Altered.extensions(hello, change::apply), problem, alert);
    }

    private static Deception changed(
            String what, Function<ClientHello, ClientHello> change, Problem problem, AlertDescription alert) {
        return Deception.of(what, ClientHello.class, change::apply, problem, alert);
    }

    private static Deception name(String what, String hex) {
        return hello(what, with(new ServerName(Bytes.fromHex(hex))), Problem.ILLEGAL_VALUE, ILLEGAL_PARAMETER);
    }

    private static List<CipherSuite> suites(int... codes) {
        List<CipherSuite> suites = new ArrayList<>();
        for (int code : codes) {
            suites.add(CipherSuite.of(code));
        }
        return suites;
    }

    /** These groups, and no shares. */
    private static Function<Extensions, Extensions> offer(List<NamedGroup> groups) {
        return extensions -> with(new KeyShareClientHello(List.of()))
                .apply(with(new SupportedGroups(groups)).apply(extensions));
    }

    /** One share more. */
    private static Function<Extensions, Extensions> share(NamedGroup group, int length) {
        return extensions -> {
            List<KeyShareEntry> shares = new ArrayList<>(Honest.shares(extensions));
            shares.add(new KeyShareEntry(group, Bytes.wrap(new byte[length])));
            return with(new KeyShareClientHello(shares)).apply(extensions);
        };
    }
}
