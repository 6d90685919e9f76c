package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Extension;
import dev.akushu.tls.wire.OfferedPsks;
import dev.akushu.tls.wire.PskIdentity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The server has asked for another share; the client must bring it and change nothing else. RFC 9846 section 4.2.2. */
final class ExpectSecondClientHello implements ServerState {
    /** What RFC 9846 section 4.2.2 lets a client change; cookie is not among them here because none was sent. */
    private static final Set<ExtensionType> MAY_CHANGE = Set.of(
            ExtensionType.KEY_SHARE, ExtensionType.EARLY_DATA, ExtensionType.PRE_SHARED_KEY, ExtensionType.PADDING);

    private final TlsServer config;
    private final ClientWishes first;
    private final Negotiation negotiation;
    private final NamedGroup group;
    private final Transcript transcript;

    /**
     * After a retry.
     *
     * @param negotiation what was chosen from the first ClientHello
     * @param group that was asked for
     * @param transcript message_hash and HelloRetryRequest
     */
    ExpectSecondClientHello(
            TlsServer config, ClientWishes first, Negotiation negotiation, NamedGroup group, Transcript transcript) {
        this.config = config;
        this.first = first;
        this.negotiation = negotiation;
        this.group = group;
        this.transcript = transcript;
    }

    @Override
    public ServerStep step() {
        return ServerStep.EXPECT_SECOND_CLIENT_HELLO;
    }

    @Override
    public State on(Received received, Output out) throws TlsException {
        ClientHello hello = received.as(ClientHello.class);
        requireUnchanged(first.hello(), hello);
        ClientWishes wishes = ClientWishes.of(hello);
        List<NamedGroup> shared = wishes.sharedGroups();
        if (!shared.equals(List.of(group))) {
            throw Problem.RETRY_IGNORED.with(group, shared);
        }
        BeforeRetry before = new BeforeRetry(first.earlyData());
        return PskSearch.run(
                config,
                wishes,
                step(),
                out,
                (psks, to) -> new KeyAgreement(config, wishes, negotiation, psks, before, step(), transcript)
                        .answer(received, to));
    }

    private static void requireUnchanged(ClientHello first, ClientHello second) throws TlsException {
        requireSame("legacy_version", first.legacyVersion(), second.legacyVersion());
        requireSame("random", first.random(), second.random());
        requireSame("legacy_session_id", first.legacySessionId(), second.legacySessionId());
        requireSame("cipher_suites", first.cipherSuites(), second.cipherSuites());
        requireSame("legacy_compression_methods", first.legacyCompressionMethods(), second.legacyCompressionMethods());
        requireSame("extensions", fixed(first), fixed(second));
        // RFC 9846 4.2.2: early_data must be removed, because a retry refuses it.
        if (second.extensions().has(ExtensionType.EARLY_DATA)) {
            throw Problem.HELLO_CHANGED_AFTER_RETRY.with("early_data");
        }
        // RFC 9846 4.2.2: pre-shared keys may be left out, not brought in.
        if (!pskIdentities(first).containsAll(pskIdentities(second))) {
            throw Problem.HELLO_CHANGED_AFTER_RETRY.with("pre_shared_key");
        }
    }

    private static Set<Bytes> pskIdentities(ClientHello hello) {
        OfferedPsks psks = hello.extensions().find(OfferedPsks.class);
        return psks == null
                ? Set.of()
                : psks.identities().stream().map(PskIdentity::identity).collect(Collectors.toSet());
    }

    /** By their types, which are all different: a client could choose contents whose hash codes are all the same. */
    private static Map<ExtensionType, Extension> fixed(ClientHello hello) {
        return hello.extensions().list().stream()
                .filter(extension -> !MAY_CHANGE.contains(extension.type()))
                .collect(Collectors.toUnmodifiableMap(Extension::type, extension -> extension));
    }

    private static void requireSame(String what, Object first, Object second) throws TlsException {
        if (!first.equals(second)) {
            throw Problem.HELLO_CHANGED_AFTER_RETRY.with(what);
        }
    }
}
