package dev.akushu.tls.client;

import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.KeyExchange.ClientShare;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.Cookie;
import dev.akushu.tls.wire.HelloRetryRequest;
import dev.akushu.tls.wire.KeyShareHelloRetryRequest;
import dev.akushu.tls.wire.ProtocolVersion;
import dev.akushu.tls.wire.SelectedVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The client's answer to a HelloRetryRequest: a second ClientHello that differs only where the server asked. RFC 9846 section 4.2.4. */
final class HelloRetry {
    /**
     * The longest cookie that is echoed, in bytes: the second ClientHello has one length of 16 bits for all extensions,
     * and a ticket may want half of it.
     */
    private static final int LONGEST_COOKIE = 1 << 14;

    private final Offer offer;
    private final HelloRetryRequest retry;

    HelloRetry(Offer offer, HelloRetryRequest retry) {
        this.offer = offer;
        this.retry = retry;
    }

    State answer(Received received, Output out) throws TlsException {
        SuiteCrypto suite = checked();
        Cookie cookie = cookie();
        NamedGroup group = requestedGroup(cookie);
        out.event(() -> new TraceEvent.RetryRequested(group, cookie != null));
        Transcript transcript = new Transcript(suite.hash());
        transcript.add(offer.bytes());
        transcript.replaceByMessageHash();
        transcript.add(received.bytes());
        received.aligned();
        List<OfferedPsk> psks = psksFor(suite);
        // RFC 9846 9.2: a ClientHello with neither a key nor signature_algorithms is none, and the server has just
        // refused all keys.
        if (psks.isEmpty() && !offer.setting().config().acceptsSignatures()) {
            throw Problem.PSK_NOT_TAKEN.with(offer.psks().size());
        }
        List<ClientShare> shares = shares(group);
        Offer second = new ClientHelloWriter(offer.setting())
                .again(offer, shares, cookie == null ? null : cookie.cookie(), psks, transcript);
        if (offer.early().isPending()) {
            out.dropWriteKeys();
            out.earlyData(EarlyDataOutcome.RETRY);
        }
        if (offer.setting().config().compatibilityMode()) {
            out.sendChangeCipherSpec();
        }
        out.send(second.hello(), second.bytes());
        transcript.add(second.bytes());
        return new ExpectSecondServerHello(offer, second, transcript, suite.suite(), group);
    }

    private SuiteCrypto checked() throws TlsException {
        SelectedVersion selected = retry.extensions().find(SelectedVersion.class);
        if (selected == null) {
            throw Problem.MISSING_EXTENSION.with(ExtensionType.SUPPORTED_VERSIONS, "HelloRetryRequest");
        }
        if (!selected.selectedVersion().equals(ProtocolVersion.TLS_1_3)) {
            throw Problem.WRONG_VERSION_CHOSEN.with(selected.selectedVersion());
        }
        ServerChoice.requireLegacyVersion(retry.legacyVersion());
        ServerChoice.requireEcho(offer, retry.legacySessionIdEcho(), retry.legacyCompressionMethod());
        // RFC 9846 4.3: the cookie is the one answer that needs no question.
        offer.requireSolicited(retry.extensions(), "HelloRetryRequest", Set.of(ExtensionType.COOKIE));
        return ServerChoice.suite(offer, retry.cipherSuite());
    }

    private @Nullable Cookie cookie() throws TlsException {
        Cookie cookie = retry.extensions().find(Cookie.class);
        if (cookie != null && cookie.cookie().length() > LONGEST_COOKIE) {
            throw Problem.ILLEGAL_VALUE.with(
                    "cookie", cookie.cookie().length() + " bytes", "must be at most " + LONGEST_COOKIE + " bytes long");
        }
        return cookie;
    }

    private @Nullable NamedGroup requestedGroup(@Nullable Cookie cookie) throws TlsException {
        KeyShareHelloRetryRequest request = retry.extensions().find(KeyShareHelloRetryRequest.class);
        if (request == null) {
            if (cookie == null) {
                throw Problem.NEEDLESS_RETRY.with("-");
            }
            return null;
        }
        NamedGroup group = request.selectedGroup();
        if (!offer.groups().contains(group)) {
            throw Problem.WRONG_GROUP_CHOSEN.with(group, offer.groups());
        }
        if (offer.share(group) != null) {
            throw Problem.NEEDLESS_RETRY.with(group);
        }
        return group;
    }

    private List<ClientShare> shares(@Nullable NamedGroup group) {
        if (group == null) {
            return offer.shares();
        }
        offer.wipeShares();
        return List.of(new ClientHelloWriter(offer.setting())
                .generate(group, offer.setting().config().crypto().random()));
    }

    /** The pre-shared keys again, but for those that the suite that was chosen has another hash than: they could not be accepted any more. RFC 9846 section 4.2.2. */
    private List<OfferedPsk> psksFor(SuiteCrypto suite) {
        List<OfferedPsk> kept = new ArrayList<>();
        for (OfferedPsk psk : offer.psks()) {
            if (psk.fits(suite.hash())) {
                kept.add(psk);
            } else {
                psk.earlySecret().wipe();
            }
        }
        return kept;
    }
}
