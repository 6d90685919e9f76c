package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.wire.CertificateRequest;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Cookie;
import dev.akushu.tls.wire.EncryptedExtensions;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HandshakeMessage;
import dev.akushu.tls.wire.HelloRetryRequest;
import dev.akushu.tls.wire.KeyShareEntry;
import dev.akushu.tls.wire.NewSessionTicket;
import dev.akushu.tls.wire.OfferedPsks;
import dev.akushu.tls.wire.ProtocolVersion;
import dev.akushu.tls.wire.SelectedVersion;
import dev.akushu.tls.wire.SupportedGroups;
import dev.akushu.tls.wire.SupportedVersions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Values that mean nothing (RFC 8701) and the order of extensions: what may vary, and what must not. */
class HelloVariationTest {
    private static final int CONNECTIONS = 40;

    private final TlsClient client =
            Ends.client().grease(true).permuteExtensions(true).build();
    private final TlsServer server = Ends.server().grease(true).build();

    @RepeatedTest(CONNECTIONS)
    void aClientSendsReservedValuesInFrontAndTwoExtensionsOfDifferentTypes() throws TlsException {
        ClientHello hello = first(client);

        assertThat(hello.cipherSuites().getFirst().isGrease()).isTrue();
        assertThat(find(hello, SupportedVersions.class).versions().getFirst().isGrease())
                .isTrue();
        NamedGroup group = find(hello, SupportedGroups.class).namedGroupList().getFirst();
        assertThat(group.isGrease()).isTrue();
        KeyShareEntry share = Honest.shares(hello.extensions()).getFirst();
        assertThat(share).isEqualTo(new KeyShareEntry(group, Bytes.fromHex("00")));
        List<ExtensionType> types = hello.extensions().types().stream()
                .filter(ExtensionType::isGrease)
                .toList();
        assertThat(types).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void valuesAndOrderDifferFromConnectionToConnection() throws TlsException {
        Set<CipherSuite> suites = new HashSet<>();
        Set<List<ExtensionType>> orders = new HashSet<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            ClientHello hello = first(client);
            suites.add(hello.cipherSuites().getFirst());
            orders.add(real(hello));
        }
        // 40 connections draw from 16 values and at least 7! orders.
        assertThat(suites).hasSizeGreaterThan(4);
        assertThat(orders).hasSizeGreaterThan(CONNECTIONS / 2);
    }

    /** An order that prefers some places would tell which client it is, as a fixed one does. */
    @Test
    void anyExtensionComesBeforeAnyOtherInAboutHalfOfAllConnections() throws TlsException {
        int connections = 2_000;
        TlsClient permuting = client.toBuilder().grease(false).build();
        Map<List<ExtensionType>, Integer> before = new HashMap<>();
        for (int i = 0; i < connections; i++) {
            List<ExtensionType> order = real(first(permuting));
            for (int a = 0; a < order.size(); a++) {
                for (int b = a + 1; b < order.size(); b++) {
                    before.merge(List.of(order.get(a), order.get(b)), 1, Integer::sum);
                }
            }
        }
        // Ten standard deviations: by chance never.
        assertThat(before.values())
                .allSatisfy(count -> assertThat(count).isBetween(connections / 2 - 224, connections / 2 + 224));
    }

    @Test
    void bothCanBeSwitchedOff() throws TlsException {
        TlsClient plain =
                client.toBuilder().grease(false).permuteExtensions(false).build();
        Set<List<ExtensionType>> orders = new HashSet<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            ClientHello hello = first(plain);
            orders.add(hello.extensions().types());
            assertThat(hello.cipherSuites()).noneMatch(CipherSuite::isGrease);
            assertThat(find(hello, SupportedGroups.class).namedGroupList()).noneMatch(NamedGroup::isGrease);
            assertThat(find(hello, SupportedVersions.class).versions()).containsExactly(ProtocolVersion.TLS_1_3);
        }
        assertThat(orders).hasSize(1);
        assertThat(orders.iterator().next()).noneMatch(ExtensionType::isGrease);
    }

    @RepeatedTest(CONNECTIONS)
    void preSharedKeyStaysTheLast() throws TlsException {
        new Talk(client, server).finish();
        ClientHello hello = first(client);

        assertThat(hello.extensions().last()).isInstanceOf(OfferedPsks.class);
    }

    @Test
    void theSameSessionsResumeWithReservedValues() throws TlsException {
        new Talk(client, server).finish();
        Talk second = new Talk(client, server);
        second.finish();

        Established done = Objects.requireNonNull(second.end(Role.SERVER).established());
        assertThat(done.session().resumed()).isTrue();
    }

    @RepeatedTest(CONNECTIONS)
    void aSecondHelloHasTheSameValuesAndTheSameOrder() throws TlsException {
        TlsClient guessing =
                client.toBuilder().policy(Ends.QUICK.withKeyShares(List.of())).build();
        Talk talk = new Talk(guessing, server);
        ClientHello first = Honest.next(talk, Role.SERVER, ClientHello.class);
        talk.give(Role.SERVER, HandshakeCodec.encode(first));
        talk.give(Role.CLIENT, Honest.next(talk, Role.CLIENT));
        ClientHello second = Honest.next(talk, Role.SERVER, ClientHello.class);

        assertThat(second.cipherSuites()).isEqualTo(first.cipherSuites());
        assertThat(second.extensions().types()).isEqualTo(first.extensions().types());
        assertThat(find(second, SupportedGroups.class)).isEqualTo(find(first, SupportedGroups.class));
        assertThat(find(second, SupportedVersions.class)).isEqualTo(find(first, SupportedVersions.class));
        // RFC 9846 4.2.2: a single share, of the group that was asked for.
        assertThat(Honest.shares(second.extensions()))
                .extracting(KeyShareEntry::group)
                .containsExactly(NamedGroup.X25519);
        talk.give(Role.SERVER, HandshakeCodec.encode(second));
        talk.finish();
        assertThat(talk.end(Role.SERVER).isEstablished()).isTrue();
    }

    @RepeatedTest(CONNECTIONS)
    void aCookieChangesNothingButItself() throws TlsException {
        Talk talk = new Talk(client, server);
        ClientHello first = Honest.next(talk, Role.SERVER, ClientHello.class);
        talk.give(
                Role.CLIENT,
                HandshakeCodec.encode(new HelloRetryRequest(
                        ProtocolVersion.TLS_1_2.code(),
                        first.legacySessionId(),
                        CipherSuite.TLS_AES_128_GCM_SHA256,
                        0,
                        Extensions.of(new SelectedVersion(ProtocolVersion.TLS_1_3), new Cookie(Bytes.fromHex("c0"))))));
        ClientHello second = Honest.next(talk, Role.SERVER, ClientHello.class);

        assertThat(Altered.without(ExtensionType.COOKIE).apply(second.extensions()))
                .isEqualTo(first.extensions());
    }

    @Test
    void aReservedExtensionMustNotBeAnsweredThoughItWasOffered() throws TlsException {
        Talk talk = new Talk(client, server);
        byte[] hello = Honest.next(talk, Role.SERVER);
        ClientHello offered = (ClientHello) HandshakeCodec.decode(hello, 0, hello.length);
        ExtensionType reserved = offered.extensions().types().stream()
                .filter(ExtensionType::isGrease)
                .findFirst()
                .orElseThrow();
        talk.give(Role.SERVER, hello);
        Deception.Change change = Deception.Change.of(
                EncryptedExtensions.class,
                message -> new EncryptedExtensions(
                        Altered.with(Altered.raw(reserved, "")).apply(message.extensions())));
        TlsException failed = Objects.requireNonNull(change.fate(Role.CLIENT, talk));

        assertThat(failed.problem()).isEqualTo(Problem.UNSOLICITED_EXTENSION);
    }

    @Test
    void aServerPutsReservedExtensionsWhereClientsMustIgnoreThem() throws TlsException {
        TlsServer asking = server.toBuilder()
                .clientAuthentication(ClientAuthentication.WANTED, Ends.PKI.trust())
                .build();

        assertThat(reserved(asking)).containsExactly("CertificateRequest", "NewSessionTicket", "NewSessionTicket");
        assertThat(reserved(asking.toBuilder().grease(false).build())).isEmpty();
    }

    /** The messages of a server that had a reserved extension in a handshake, which must succeed. */
    private List<String> reserved(TlsServer talking) throws TlsException {
        List<String> found = new ArrayList<>();
        Talk talk = new Talk(client, talking);
        Deception.Change noted = bytes -> {
            HandshakeMessage message = HandshakeCodec.decode(bytes, 0, bytes.length);
            Extensions extensions = extensions(message);
            if (extensions != null && extensions.types().stream().anyMatch(ExtensionType::isGrease)) {
                found.add(message.messageName());
            }
            return bytes;
        };
        assertThat(noted.fate(Role.CLIENT, talk)).isNull();
        assertThat(talk.end(Role.CLIENT).isEstablished()).isTrue();
        return found;
    }

    private static @Nullable Extensions extensions(HandshakeMessage message) {
        return switch (message) {
            case CertificateRequest request -> request.extensions();
            case NewSessionTicket ticket -> ticket.extensions();
            case EncryptedExtensions encrypted -> encrypted.extensions();
            default -> null;
        };
    }

    private ClientHello first(TlsClient talking) throws TlsException {
        return Honest.next(new Talk(talking, server), Role.SERVER, ClientHello.class);
    }

    private static List<ExtensionType> real(ClientHello hello) {
        return hello.extensions().types().stream()
                .filter(type -> !type.isGrease())
                .toList();
    }

    private static <E extends dev.akushu.tls.wire.Extension> E find(ClientHello hello, Class<E> kind) {
        return Objects.requireNonNull(hello.extensions().find(kind));
    }
}
