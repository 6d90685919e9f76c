package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.resume.CookieProtector;
import dev.akushu.tls.resume.RetryCookie;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Cookie;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A retry after which the server knows nothing of the client: what it needs comes back in the cookie, to it or to another server with
 * its keys. RFC 9846 section 4.3.2. Nobody makes it compute who does not wait for an answer.
 */
final class StatelessRetry {
    private StatelessRetry() {}

    /** Asks for another ClientHello with a cookie; null if no key is there to seal one. */
    static @Nullable State ask(
            TlsServer config,
            ClientWishes wishes,
            Negotiation negotiation,
            List<FoundPsk> psks,
            Received received,
            ServerStep step,
            Output out)
            throws TlsException {
        HashAlgorithm hash = negotiation.suite().hash();
        Transcript hello = new Transcript(hash);
        hello.add(received.bytes());
        NamedGroup missing = negotiation.lacksShare(wishes) ? negotiation.group() : null;
        RetryCookie cookie = new RetryCookie(
                config.clock().instant(),
                negotiation.suite().suite(),
                missing,
                wishes.earlyData(),
                Bytes.wrap(hello.hash()),
                FixedParts.hash(wishes.hello(), missing != null, hash));
        Bytes sealed = protector(config).seal(cookie);
        if (sealed == null) {
            return null;
        }
        received.aligned();
        if (!wishes.earlyData()) {
            return send(config, wishes, cookie, sealed, out);
        }
        return new RefusedEarlyData(config, wishes, psks, received, step)
                .because(EarlyDataOutcome.RETRY, out, (told, to) -> send(config, wishes, cookie, sealed, to), () -> {});
    }

    private static State send(TlsServer config, ClientWishes wishes, RetryCookie cookie, Bytes sealed, Output out)
            throws TlsException {
        out.event(() -> new TraceEvent.RetryRequested(cookie.group(), true));
        out.send(RetryRequest.message(wishes.hello(), cookie.suite(), cookie.group(), sealed));
        if (!wishes.hello().legacySessionId().isEmpty()) {
            out.sendChangeCipherSpec();
        }
        return new ExpectCookie(config);
    }

    /** Goes on with a ClientHello that brings a cookie, as if the first had been kept. */
    static State resume(TlsServer config, Cookie brought, Received received, ServerStep step, Output out)
            throws TlsException {
        ClientHello hello = received.as(ClientHello.class);
        Instant now = config.clock().instant();
        RetryCookie cookie = protector(config).open(brought.cookie(), now);
        out.event(() -> new TraceEvent.CookieReturned(Duration.between(cookie.issuedAt(), now)));
        // Another engine may have sent the retry, for another connection.
        out.clientRandom(hello.random());
        if (cookie.earlyData()) {
            out.earlyData(EarlyDataOutcome.RETRY);
        }
        ClientWishes wishes = ClientWishes.of(hello);
        // The retry has chosen: a suite that followed from keys in this hello would tell which identities exist.
        Negotiation negotiation = Negotiation.afterRetry(config, wishes, cookie.suite(), out);
        requireSame(cookie, hello, negotiation);
        requireShare(cookie, wishes, negotiation);
        return PskSearch.run(
                config,
                wishes,
                step,
                out,
                (psks, to) -> resume(config, brought, cookie, wishes, negotiation, psks, received, step, to));
    }

    private static State resume(
            TlsServer config,
            Cookie brought,
            RetryCookie cookie,
            ClientWishes wishes,
            Negotiation negotiation,
            List<FoundPsk> psks,
            Received received,
            ServerStep step,
            Output out)
            throws TlsException {
        HashAlgorithm hash = negotiation.suite().hash();
        Transcript transcript =
                Transcript.ofMessageHash(hash, cookie.helloHash().toArray());
        transcript.add(RetryRequest.encoded(wishes.hello(), cookie.suite(), cookie.group(), brought.cookie()));
        BeforeRetry before = new BeforeRetry(cookie.earlyData());
        return new KeyAgreement(config, wishes, negotiation, psks, before, step, transcript).answer(received, out);
    }

    private static void requireSame(RetryCookie cookie, ClientHello hello, Negotiation negotiation)
            throws TlsException {
        Bytes unchanging = FixedParts.hash(
                hello, cookie.group() != null, negotiation.suite().hash());
        if (!unchanging.equals(cookie.unchanging())) {
            throw Problem.HELLO_CHANGED_AFTER_RETRY.with("a field or an extension, of which only the hash was kept");
        }
        // RFC 9846 4.2.2: early_data must be removed, because a retry refuses it.
        if (hello.extensions().has(ExtensionType.EARLY_DATA)) {
            throw Problem.HELLO_CHANGED_AFTER_RETRY.with("early_data");
        }
    }

    private static void requireShare(RetryCookie cookie, ClientWishes wishes, Negotiation negotiation)
            throws TlsException {
        NamedGroup asked = cookie.group();
        if (asked != null && !wishes.sharedGroups().equals(List.of(asked))) {
            throw Problem.RETRY_IGNORED.with(asked, wishes.sharedGroups());
        }
        NamedGroup group = negotiation.group();
        // A client that brought a good share the first time must not take it away; RFC 9846 4.2.4: no third hello.
        if (group != null && wishes.share(group) == null) {
            throw Problem.RETRY_IGNORED.with(group, wishes.sharedGroups());
        }
    }

    private static CookieProtector protector(TlsServer config) {
        return CookieProtector.of(config.crypto(), config.ticketKeys(), config.ticketScope());
    }
}
