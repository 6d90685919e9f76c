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
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Cookie;
import dev.akushu.tls.wire.Extension;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HandshakeMessage;
import dev.akushu.tls.wire.HelloRetryRequest;
import dev.akushu.tls.wire.KeyShareClientHello;
import dev.akushu.tls.wire.KeyShareEntry;
import dev.akushu.tls.wire.KeyShareHelloRetryRequest;
import dev.akushu.tls.wire.KeyShareServerHello;
import dev.akushu.tls.wire.ProtocolVersion;
import dev.akushu.tls.wire.SelectedProtocolName;
import dev.akushu.tls.wire.SelectedPsk;
import dev.akushu.tls.wire.SelectedVersion;
import dev.akushu.tls.wire.ServerHello;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a client must not let a server do in and after its HelloRetryRequest. RFC 9846 section 4.2.4. */
class MisbehavingRetryTest {
    private static final List<NamedGroup> TWO_GROUPS = List.of(NamedGroup.X25519, NamedGroup.SECP256R1);
    private static final Extension VERSION = new SelectedVersion(ProtocolVersion.TLS_1_3);

    static final List<Deception> RETRIES = List.of(
            retry(
                    "names no version",
                    without(ExtensionType.SUPPORTED_VERSIONS),
                    Problem.MISSING_EXTENSION,
                    MISSING_EXTENSION),
            retry(
                    "chooses TLS 1.2",
                    with(new SelectedVersion(ProtocolVersion.TLS_1_2)),
                    Problem.WRONG_VERSION_CHOSEN,
                    ILLEGAL_PARAMETER),
            changed(
                    "says 0x0304 in legacy_version",
                    retry -> Altered.legacyVersion(retry, 0x0304),
                    Problem.SERVER_TOO_OLD,
                    PROTOCOL_VERSION),
            changed(
                    "chooses a suite that was not offered",
                    retry -> Altered.retry(retry, retry.legacySessionIdEcho(), CipherSuite.TLS_AES_128_CCM_SHA256, 0),
                    Problem.WRONG_SUITE_CHOSEN,
                    ILLEGAL_PARAMETER),
            changed(
                    "echoes no session id",
                    retry -> Altered.retry(retry, Bytes.empty(), retry.cipherSuite(), 0),
                    Problem.SESSION_ID_NOT_ECHOED,
                    ILLEGAL_PARAMETER),
            changed(
                    "echoes another session id",
                    retry -> Altered.retry(
                            retry, Altered.flipped(retry.legacySessionIdEcho(), 255), retry.cipherSuite(), 0),
                    Problem.SESSION_ID_NOT_ECHOED,
                    ILLEGAL_PARAMETER),
            changed(
                    "compresses",
                    retry -> Altered.retry(retry, retry.legacySessionIdEcho(), retry.cipherSuite(), 1),
                    Problem.COMPRESSION_CHOSEN,
                    ILLEGAL_PARAMETER),
            retry(
                    "asks for a group that was not offered",
                    with(new KeyShareHelloRetryRequest(NamedGroup.SECP256R1)),
                    Problem.WRONG_GROUP_CHOSEN,
                    ILLEGAL_PARAMETER),
            retry(
                    "asks for a GREASE group",
                    with(new KeyShareHelloRetryRequest(NamedGroup.of(0x5a5a))),
                    Problem.WRONG_GROUP_CHOSEN,
                    ILLEGAL_PARAMETER),
            retry("asks for nothing", without(ExtensionType.KEY_SHARE), Problem.NEEDLESS_RETRY, ILLEGAL_PARAMETER),
            retry(
                    "sends a share",
                    with(raw(ExtensionType.KEY_SHARE, "001d000155")),
                    Problem.TRAILING_BYTES,
                    DECODE_ERROR),
            retry("has no extensions", extensions -> Extensions.none(), Problem.LENGTH_OUT_OF_RANGE, DECODE_ERROR),
            retry(
                    "adds a GREASE extension",
                    with(raw(ExtensionType.of(0x2a2a), "")),
                    Problem.UNSOLICITED_EXTENSION,
                    UNSUPPORTED_EXTENSION),
            retry("takes a pre-shared key", with(new SelectedPsk(0)), Problem.MISPLACED_EXTENSION, ILLEGAL_PARAMETER),
            retry(
                    "chooses an application protocol",
                    with(new SelectedProtocolName(Bytes.ofAscii("h2"))),
                    Problem.MISPLACED_EXTENSION,
                    ILLEGAL_PARAMETER),
            retry(
                    "sends an empty cookie",
                    with(raw(ExtensionType.COOKIE, "0000")),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            retry(
                    "sends two cookies",
                    extensions -> inFront(cookie(1)).apply(with(cookie(2)).apply(extensions)),
                    Problem.DUPLICATE_EXTENSION,
                    ILLEGAL_PARAMETER),
            // The second ClientHello would not fit into its own length fields.
            retry(
                    "sends a cookie that no ClientHello can hold",
                    with(cookie(65_500)),
                    Problem.ILLEGAL_VALUE,
                    ILLEGAL_PARAMETER));

    static final List<Deception> NEEDLESS = List.of(
            instead(
                    "asks for the share that it has",
                    Extensions.of(VERSION, new KeyShareHelloRetryRequest(NamedGroup.X25519))),
            instead(
                    "asks for the share that it has, with a cookie",
                    Extensions.of(VERSION, new KeyShareHelloRetryRequest(NamedGroup.X25519), cookie(3))),
            instead("asks for nothing", Extensions.of(VERSION)));

    static final List<Deception> AFTER_THE_RETRY = List.of(
            second(
                    "asks a second time",
                    MisbehavingRetryTest::askAgain,
                    Problem.UNEXPECTED_HANDSHAKE_MESSAGE,
                    UNEXPECTED_MESSAGE),
            second(
                    "changes the suite",
                    hello -> Altered.suite(hello, CipherSuite.TLS_AES_256_GCM_SHA384),
                    Problem.SUITE_CHANGED_AFTER_RETRY,
                    ILLEGAL_PARAMETER),
            second(
                    "changes the suite to one with the same hash",
                    hello -> Altered.suite(hello, CipherSuite.TLS_CHACHA20_POLY1305_SHA256),
                    Problem.SUITE_CHANGED_AFTER_RETRY,
                    ILLEGAL_PARAMETER),
            second(
                    "changes the version",
                    hello -> Altered.extensions(hello, with(new SelectedVersion(ProtocolVersion.TLS_1_2))),
                    Problem.WRONG_VERSION_CHOSEN,
                    ILLEGAL_PARAMETER),
            second(
                    "leaves the version out",
                    hello -> Altered.extensions(hello, without(ExtensionType.SUPPORTED_VERSIONS)),
                    Problem.WRONG_VERSION_CHOSEN,
                    ILLEGAL_PARAMETER),
            second(
                    "sends a cookie now",
                    hello -> Altered.extensions(hello, with(cookie(1))),
                    Problem.MISPLACED_EXTENSION,
                    ILLEGAL_PARAMETER),
            second("changes the group", MisbehavingRetryTest::otherGroup, Problem.WRONG_GROUP_CHOSEN, ILLEGAL_PARAMETER)
                    .in(Ends.offering(TWO_GROUPS, List.of())),
            second(
                            "falls back to a group of the first hello",
                            MisbehavingRetryTest::otherGroup,
                            Problem.WRONG_GROUP_CHOSEN,
                            ILLEGAL_PARAMETER)
                    .in(MisbehavingRetryTest::retriedAwayFromP256));

    @ParameterizedTest
    @FieldSource("RETRIES")
    void aRetryMustAnswerTheOffer(Deception server) throws TlsException {
        server.in(Scenario.RETRY::begin).mustBeFoundBy(Role.CLIENT);
    }

    @ParameterizedTest
    @FieldSource("NEEDLESS")
    void aRetryMustChangeTheClientHello(Deception server) throws TlsException {
        server.mustBeFoundBy(Role.CLIENT);
    }

    @ParameterizedTest
    @FieldSource("AFTER_THE_RETRY")
    void theServerStandsByItsRetry(Deception server) throws TlsException {
        server.mustBeFoundBy(Role.CLIENT);
    }

    @Test
    void aCookieComesBackBesideTheShareThatWasAskedFor() throws TlsException {
        ClientHello second = answerTo(Scenario.RETRY.begin(), retry -> Altered.extensions(retry, with(cookie(40))));

        assertThat(second.extensions().find(Cookie.class)).isEqualTo(cookie(40));
        assertThat(groupsOfShares(second)).containsExactly(NamedGroup.X25519);
    }

    @Test
    void aRetryThatOnlyBringsACookieLeavesTheSharesAsTheyWere() throws TlsException {
        Talk talk = Scenario.FULL.begin();
        byte[] bytes = Objects.requireNonNull(talk.intercept(Role.SERVER));
        ClientHello first = (ClientHello) HandshakeCodec.decode(bytes, 0, bytes.length);
        HelloRetryRequest retry = new HelloRetryRequest(
                0x0303, first.legacySessionId(), first.cipherSuites().getFirst(), 0, Extensions.of(VERSION, cookie(9)));
        talk.give(Role.CLIENT, HandshakeCodec.encode(retry));
        ClientHello second = nextHello(talk);

        assertThat(without(ExtensionType.COOKIE).apply(second.extensions())).isEqualTo(first.extensions());
        assertThat(second.extensions().find(Cookie.class)).isEqualTo(cookie(9));
        assertThat(second.random()).isEqualTo(first.random());
    }

    /** The client's second hello after the honest server's retry, changed by {@code change}. */
    private static ClientHello answerTo(Talk talk, Function<HelloRetryRequest, HelloRetryRequest> change)
            throws TlsException {
        talk.give(Role.SERVER, Objects.requireNonNull(talk.intercept(Role.SERVER)));
        byte[] bytes = Objects.requireNonNull(talk.intercept(Role.CLIENT));
        HelloRetryRequest retry = (HelloRetryRequest) HandshakeCodec.decode(bytes, 0, bytes.length);
        talk.give(Role.CLIENT, HandshakeCodec.encode(change.apply(retry)));
        return nextHello(talk);
    }

    private static ClientHello nextHello(Talk talk) throws TlsException {
        byte[] bytes = Objects.requireNonNull(talk.intercept(Role.SERVER));
        return (ClientHello) HandshakeCodec.decode(bytes, 0, bytes.length);
    }

    private static List<NamedGroup> groupsOfShares(ClientHello hello) {
        KeyShareClientHello shares = Objects.requireNonNull(hello.extensions().find(KeyShareClientHello.class));
        return shares.clientShares().stream().map(KeyShareEntry::group).toList();
    }

    private static Deception retry(
            String what, Function<Extensions, Extensions> change, Problem problem, AlertDescription alert) {
        return changed(what, retry -> Altered.extensions(retry, change::apply), problem, alert);
    }

    private static Deception changed(
            String what,
            Function<HelloRetryRequest, HandshakeMessage> change,
            Problem problem,
            AlertDescription alert) {
        return Deception.of(what, HelloRetryRequest.class, change, problem, alert);
    }

    /** A retry with these extensions in the place of the ServerHello of a full handshake. */
    private static Deception instead(String what, Extensions extensions) {
        return Deception.of(
                what,
                ServerHello.class,
                hello -> retryLike(hello, extensions),
                Problem.NEEDLESS_RETRY,
                ILLEGAL_PARAMETER);
    }

    private static Deception second(
            String what, Function<ServerHello, HandshakeMessage> change, Problem problem, AlertDescription alert) {
        return Deception.of(what, ServerHello.class, change, problem, alert).in(Scenario.RETRY::begin);
    }

    private static HelloRetryRequest askAgain(ServerHello hello) {
        return retryLike(hello, Extensions.of(VERSION, cookie(7)));
    }

    private static HelloRetryRequest retryLike(ServerHello hello, Extensions extensions) {
        return new HelloRetryRequest(0x0303, hello.legacySessionIdEcho(), hello.cipherSuite(), 0, extensions);
    }

    private static ServerHello otherGroup(ServerHello hello) {
        KeyShareEntry share = new KeyShareEntry(NamedGroup.SECP256R1, Bytes.wrap(new byte[65]));
        return Altered.extensions(hello, with(new KeyShareServerHello(share)));
    }

    /** The client has sent a share for P-256 only, and the server knows x25519 only. */
    private static Talk retriedAwayFromP256() throws TlsException {
        Policy offered = Policy.MODERN_2026_11.withGroups(TWO_GROUPS).withKeyShares(List.of(NamedGroup.SECP256R1));
        return new Talk(
                Ends.client().policy(offered).build(),
                Ends.server().policy(Ends.QUICK).build());
    }

    private static Cookie cookie(int length) {
        return new Cookie(Bytes.wrap(new byte[length]));
    }
}
