package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Cookie;
import dev.akushu.tls.wire.Extension;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HelloRetryRequest;
import dev.akushu.tls.wire.KeyShareEntry;
import dev.akushu.tls.wire.OfferedPsks;
import dev.akushu.tls.wire.ProtocolVersion;
import dev.akushu.tls.wire.PskKeyExchangeMode;
import dev.akushu.tls.wire.PskKeyExchangeModes;
import dev.akushu.tls.wire.SelectedVersion;
import dev.akushu.tls.wire.SignatureAlgorithms;
import dev.akushu.tls.wire.SignatureAlgorithmsCert;
import dev.akushu.tls.wire.SupportedGroups;
import dev.akushu.tls.wire.SupportedVersions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a client says of itself, whatever its server is like. RFC 9846 sections 4.2.2 and 4.3. */
class HonestClientTest {
    private static final EarlyData EARLY = EarlyData.of(new byte[5]);

    /** Of TLS 1.2 and older, or for servers alone: cookies come from a retry, and truncated_hmac (4) is broken. */
    private static final Set<ExtensionType> NEVER = Set.of(
            ExtensionType.of(4),
            ExtensionType.of(17),
            ExtensionType.COOKIE,
            ExtensionType.OID_FILTERS,
            ExtensionType.EXTENDED_MAIN_SECRET,
            ExtensionType.SESSION_TICKET,
            ExtensionType.RENEGOTIATION_INFO);

    @Test
    void aClientHelloIsOneOfTls13() throws TlsException {
        ClientHello hello = hello(byDefault().build());

        assertThat(hello.legacyVersion()).isEqualTo(0x0303);
        assertThat(hello.legacyCompressionMethods()).isEqualTo(Bytes.fromHex("00"));
        assertThat(find(hello, SupportedVersions.class).versions().stream()
                        .filter(version -> !version.isGrease())
                        .toList())
                .containsExactly(ProtocolVersion.TLS_1_3);
        assertThat(hello.extensions().types())
                .contains(
                        ExtensionType.SIGNATURE_ALGORITHMS,
                        ExtensionType.SUPPORTED_GROUPS,
                        ExtensionType.KEY_SHARE,
                        ExtensionType.SERVER_NAME)
                .doesNotContainAnyElementsOf(NEVER);
    }

    @Test
    void aSessionIdIsThereForOldMiddleboxesOnly() throws TlsException {
        assertThat(hello(byDefault().build()).legacySessionId().length()).isEqualTo(32);
        assertThat(hello(byDefault().compatibilityMode(false).build()).legacySessionId())
                .isEqualTo(Bytes.empty());
    }

    @Test
    void nothingIsUsedTwice() throws TlsException {
        TlsClient client = byDefault().build();
        ClientHello one = hello(client);
        ClientHello two = hello(client);

        assertThat(two.random()).isNotEqualTo(one.random());
        assertThat(two.legacySessionId()).isNotEqualTo(one.legacySessionId());
        List<Bytes> shares = new ArrayList<>(exchanges(one));
        shares.addAll(exchanges(two));
        assertThat(shares).doesNotHaveDuplicates();
    }

    @Test
    void sharesAreForOfferedGroupsInTheirOrder() throws TlsException {
        ClientHello hello = hello(byDefault().build());
        List<NamedGroup> shared = Honest.shares(hello.extensions()).stream()
                .map(KeyShareEntry::group)
                .toList();

        assertThat(find(hello, SupportedGroups.class).namedGroupList())
                .doesNotHaveDuplicates()
                .containsSubsequence(shared);
        assertThat(shared).doesNotHaveDuplicates().hasSizeGreaterThan(1);
    }

    @Test
    void nothingObsoleteIsOffered() throws TlsException {
        ClientHello hello = hello(byDefault().build());
        List<NamedGroup> groups = find(hello, SupportedGroups.class).namedGroupList();
        List<SignatureScheme> schemes = Stream.concat(
                        find(hello, SignatureAlgorithms.class).supportedSignatureAlgorithms().stream(),
                        find(hello, SignatureAlgorithmsCert.class).supportedSignatureAlgorithms().stream())
                .toList();

        assertThat(hello.cipherSuites())
                .as("suites of TLS 1.3, the mandatory one among them")
                .contains(CipherSuite.TLS_AES_128_GCM_SHA256)
                .allMatch(suite -> suite.isGrease() || suite.code() >>> 8 == 0x13);
        assertThat(groups).contains(NamedGroup.SECP256R1).noneMatch(HonestClientTest::isObsolete);
        assertThat(schemes)
                .contains(
                        SignatureScheme.RSA_PKCS1_SHA256,
                        SignatureScheme.RSA_PSS_RSAE_SHA256,
                        SignatureScheme.ECDSA_SECP256R1_SHA256)
                .noneMatch(HonestClientTest::isObsolete);
    }

    @Test
    void aCookieIsForOneConnection() throws TlsException {
        TlsClient client = byDefault().build();
        Talk talk = new Talk(client, Ends.server().build());
        ClientHello first = Honest.next(talk, Role.SERVER, ClientHello.class);
        HelloRetryRequest retry = new HelloRetryRequest(
                0x0303,
                first.legacySessionId(),
                CipherSuite.TLS_AES_128_GCM_SHA256,
                0,
                Extensions.of(new SelectedVersion(ProtocolVersion.TLS_1_3), new Cookie(Bytes.fromHex("c0"))));
        talk.give(Role.CLIENT, HandshakeCodec.encode(retry));

        assertThat(Honest.next(talk, Role.SERVER, ClientHello.class)
                        .extensions()
                        .has(ExtensionType.COOKIE))
                .isTrue();
        assertThat(hello(client).extensions().has(ExtensionType.COOKIE)).isFalse();
    }

    @Test
    void aTicketIsOfferedLastAndWithAMode() throws TlsException {
        ClientHello hello = Honest.next(Scenario.RESUMPTION.begin(), Role.SERVER, ClientHello.class);

        assertThat(hello.extensions().last()).isInstanceOf(OfferedPsks.class);
        assertThat(find(hello, PskKeyExchangeModes.class).keModes()).contains(PskKeyExchangeMode.PSK_DHE_KE);
        assertThat(hello.extensions().has(ExtensionType.EARLY_DATA)).isFalse();
    }

    @Test
    void earlyDataComesWithItsTicketInFrontAndOnlyWhereItWasAskedFor() throws TlsException {
        ClientHello hello = Honest.next(Scenario.EARLY_DATA.begin(), Role.SERVER, ClientHello.class);
        ClientHello withoutTicket = Honest.next(
                new Talk(byDefault().build(), Ends.server().build(), EARLY), Role.SERVER, ClientHello.class);

        assertThat(hello.extensions().has(ExtensionType.EARLY_DATA)).isTrue();
        assertThat(hello.extensions().last()).isInstanceOf(OfferedPsks.class);
        assertThat(withoutTicket.extensions().has(ExtensionType.EARLY_DATA)).isFalse();
    }

    @Test
    void noApplicationDataLeavesBeforeFinished() throws TlsException {
        EnginePair pair = EnginePair.of(byDefault().build(), Ends.server().build());
        pair.server().input(sentWithoutData(pair.client()));
        pair.client().input(sentWithoutData(pair.server()));
        pair.server().input(pair.client().output());

        assertThat(pair.client().engine().isEstablished()).isTrue();
        assertThat(pair.server().received()).isEmpty();
        assertThat(pair.client().received()).isEmpty();
    }

    /** RFC 9846 2: all that an end sends which has data to send, and none of that is in it. */
    private static byte[] sentWithoutData(EnginePair.End end) throws TlsException {
        ByteBuffer data = ByteBuffer.wrap(new byte[100]);
        ByteBuffer network = ByteBuffer.allocate(2 * TlsEngine.NETWORK_BUFFER_SIZE);
        assertThat(end.engine().send(data, network)).isEqualTo(TlsEngine.Status.OK);
        assertThat(end.engine().send(data, network)).isEqualTo(TlsEngine.Status.NEED_INPUT);
        assertThat(data.remaining()).isEqualTo(100);
        return Arrays.copyOf(network.array(), network.position());
    }

    private static TlsClient.Builder byDefault() {
        return Ends.client().policy(Policy.MODERN_2026_11);
    }

    private static ClientHello hello(TlsClient client) throws TlsException {
        return Honest.next(new Talk(client, Ends.server().build()), Role.SERVER, ClientHello.class);
    }

    private static List<Bytes> exchanges(ClientHello hello) {
        // The classical half of a hybrid is the share of the classical group beside it; a GREASE share has one byte.
        return Honest.shares(hello.extensions()).stream()
                .filter(share -> !share.group().isGrease())
                .map(KeyShareEntry::keyExchange)
                .toList();
    }

    private static <E extends Extension> E find(ClientHello hello, Class<E> kind) {
        return Objects.requireNonNull(hello.extensions().find(kind));
    }

    /** RFC 9846 appendix B.3.1.4. */
    private static boolean isObsolete(NamedGroup group) {
        int code = group.code();
        return code <= 0x0016 || code >= 0x001a && code <= 0x001c || code == 0xff01 || code == 0xff02;
    }

    /** RFC 9846 section 4.3.3: by MD5, SHA-1 or SHA-224, or with DSA. */
    private static boolean isObsolete(SignatureScheme scheme) {
        int hash = scheme.code() >>> 8;
        return hash <= 3 || hash <= 6 && (scheme.code() & 0xff) == 2;
    }
}
