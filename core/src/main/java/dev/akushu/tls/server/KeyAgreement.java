package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Work;
import dev.akushu.tls.crypto.BadKeyShareException;
import dev.akushu.tls.crypto.KeyExchange;
import dev.akushu.tls.crypto.KeyExchange.ServerShare;
import dev.akushu.tls.engine.Aligned;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Paused;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.HandshakeSecret;
import dev.akushu.tls.schedule.HandshakeTraffic;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.trace.KeyInput;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.Extension;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.KeyShareEntry;
import dev.akushu.tls.wire.KeyShareServerHello;
import dev.akushu.tls.wire.ProtocolVersion;
import dev.akushu.tls.wire.SelectedPsk;
import dev.akushu.tls.wire.SelectedVersion;
import dev.akushu.tls.wire.ServerHello;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The end of STEP 1 for the server: its own share, the shared secret, and from here on everything is encrypted. RFC 9846 section 7.1. */
final class KeyAgreement {
    private final TlsServer config;
    private final ClientWishes wishes;
    private final Negotiation negotiation;
    private final List<FoundPsk> externalPsks;
    private final @Nullable BeforeRetry beforeRetry;
    private final ServerStep step;
    private final Transcript transcript;

    /**
     * An agreement to be made.
     *
     * @param externalPsks that the client offers and this server has
     * @param beforeRetry what counts of the first ClientHello if this is about the second, else null
     * @param step where the connection stands
     * @param transcript before the ClientHello that is answered
     */
    KeyAgreement(
            TlsServer config,
            ClientWishes wishes,
            Negotiation negotiation,
            List<FoundPsk> externalPsks,
            @Nullable BeforeRetry beforeRetry,
            ServerStep step,
            Transcript transcript) {
        this.config = config;
        this.wishes = wishes;
        this.negotiation = negotiation;
        this.externalPsks = externalPsks;
        this.beforeRetry = beforeRetry;
        this.step = step;
        this.transcript = transcript;
    }

    /** Answers the ClientHello, once all that can be wrong with it has been looked for: nothing is sent to a client that cannot be served. */
    State answer(Received received, Output out) throws TlsException {
        Aligned aligned = received.aligned();
        Resumption.Decision decision =
                new Resumption(config, wishes, negotiation, externalPsks).choose(received, transcript, out);
        if (negotiation.pskAlone() && !decision.byPsk() && !config.pskOnly()) {
            NamedGroup group = negotiation.groupAfterAll(config, wishes, out);
            // Only before a retry can it be missing.
            if (wishes.share(group) == null) {
                return RetryRequest.send(
                        config, wishes, negotiation, group, externalPsks, transcript, received, step, out);
            }
        }
        if (negotiation.pskAlone() && decision.byPsk()) {
            out.event(TraceEvent.KeyExchangeOmitted::new);
        }
        decision.tell(out);
        EarlyTerms terms = decision.earlyTerms();
        EarlyDataOutcome refusal = earlyDataRefusal(decision);
        if (terms != null && refusal == null) {
            return Paused.on(
                    Work.Kind.CHECK_REPLAY,
                    step,
                    () -> EarlyDataChoice.ask(config, terms),
                    (answer, to) -> tell(received, aligned, decision, EarlyDataChoice.by(answer, config, terms), to),
                    decision::forget);
        }
        EarlyDataOutcome outcome = refusal == null ? EarlyDataOutcome.NOT_OFFERED : refusal;
        return tellOrForget(received, aligned, decision, EarlyDataChoice.refused(outcome), out);
    }

    /** The state that waited for the ClientHello has no secrets, so nobody else would forget those of a ticket. */
    private State tellOrForget(
            Received received, Aligned aligned, Resumption.Decision decision, EarlyDataChoice early, Output out)
            throws TlsException {
        try {
            return tell(received, aligned, decision, early, out);
        } catch (TlsException | RuntimeException failed) {
            decision.forget();
            throw failed;
        }
    }

    /** Tells what becomes of early data, unless the retry has told. */
    private State tell(
            Received received, Aligned aligned, Resumption.Decision decision, EarlyDataChoice early, Output out)
            throws TlsException {
        if (!early.accepted() && wishes.earlyData()) {
            return new RefusedEarlyData(config, wishes, externalPsks, received, step)
                    .because(
                            early.outcome(),
                            out,
                            (told, to) -> identify(received, aligned, decision, early, to),
                            decision::forget);
        }
        if (early.accepted() || early.outcome() == EarlyDataOutcome.NOT_OFFERED) {
            out.earlyData(early.outcome());
        }
        return identify(received, aligned, decision, early, out);
    }

    /** Chooses who the server is, unless a key says so. */
    private State identify(
            Received received, Aligned aligned, Resumption.Decision decision, EarlyDataChoice early, Output out)
            throws TlsException {
        if (decision.byPsk()) {
            return answer(received, aligned, decision, early, null, out);
        }
        if (config.pskOnly()) {
            throw PskRefusal.of(config, wishes, negotiation, received, transcript);
        }
        return Paused.on(
                Work.Kind.CHOOSE_IDENTITY,
                step,
                () -> CompletableFuture.completedFuture(OwnIdentity.choose(config, wishes)),
                (identity, to) -> {
                    identity.tell(wishes, to);
                    return answer(received, aligned, decision, early, identity, to);
                },
                decision::forget);
    }

    private @Nullable EarlyDataOutcome earlyDataRefusal(Resumption.Decision decision) {
        // RFC 9846 4.2.2: the second ClientHello offers none; what became of the first one's is told already.
        if (beforeRetry != null && beforeRetry.earlyData()) {
            return EarlyDataChoice.afterRetry(config);
        }
        return EarlyDataChoice.refusal(config, wishes, negotiation, decision);
    }

    private State answer(
            Received received,
            Aligned aligned,
            Resumption.Decision decision,
            EarlyDataChoice early,
            @Nullable OwnIdentity identity,
            Output out)
            throws TlsException {
        CertificateType clientType = ClientProof.type(config, wishes, identity != null);
        Response response = decision.byPsk() && negotiation.pskAlone() ? null : respond(out);
        transcript.add(received.bytes());
        EarlySecret earlySecret = earlySecret(decision, out);
        EarlyTraffic earlyTraffic = EarlyTraffic.of(early, decision.earlyTerms(), earlySecret, transcript, out);
        transcript.add(out.send(serverHello(response == null ? null : response.share(), decision.selected())));
        if (!wishes.hello().legacySessionId().isEmpty()) {
            out.sendChangeCipherSpec();
        }
        HandshakeSecret secret = handshakeSecret(earlySecret, response, out);
        HandshakeTraffic traffic = secret.traffic(transcript.hash());
        out.derived(SecretName.HANDSHAKE_SECRET, secret::copyForObserver);
        out.derived(SecretName.CLIENT_HANDSHAKE_TRAFFIC_SECRET, traffic.client()::copyForKeyLog);
        out.derived(SecretName.SERVER_HANDSHAKE_TRAFFIC_SECRET, traffic.server()::copyForKeyLog);
        out.writeKeys(Protection.HANDSHAKE, traffic.server(), negotiation.suite());
        Integer limit = wishes.recordSizeLimit();
        if (limit != null) {
            out.limitSending(limit);
        }
        if (earlyTraffic == null) {
            out.readKeys(Protection.HANDSHAKE, traffic.client(), negotiation.suite(), aligned);
            limitReceiving(out);
        } else {
            out.readKeys(Protection.EARLY, earlyTraffic.secret(), negotiation.suite(), aligned);
            out.acceptEarlyData(earlyTraffic.input());
        }
        Choices choices = new Choices(
                wishes,
                negotiation,
                serverType(identity, decision),
                clientType,
                beforeRetry != null,
                decision,
                early.outcome(),
                earlyTraffic);
        return new ServerFlight(config, choices, transcript, traffic, secret.toMain()).send(identity, out);
    }

    /** RFC 9846 7.1: without (EC)DHE, zeros take the place of its secret. */
    private static HandshakeSecret handshakeSecret(EarlySecret early, @Nullable Response response, Output out) {
        if (response == null) {
            return early.toHandshakeWithoutKeyExchange();
        }
        out.fed(KeyInput.SHARED_SECRET, response.secret()::clone);
        return early.toHandshake(response.secret());
    }

    private static CertificateType serverType(@Nullable OwnIdentity identity, Resumption.Decision decision) {
        if (identity != null) {
            return identity.identity().type();
        }
        Resumption.Resumed resumed = decision.resumed();
        return resumed == null ? CertificateType.X509 : resumed.ticket().ownType();
    }

    private void limitReceiving(Output out) throws TlsException {
        if (wishes.recordSizeLimit() != null) {
            out.limitReceiving(config.records().sizeLimit());
        }
    }

    private Response respond(Output out) throws TlsException {
        NamedGroup group = negotiation.group();
        KeyExchange exchange = group == null ? null : config.crypto().group(group);
        Bytes clientShare = group == null ? null : wishes.share(group);
        if (group == null || exchange == null || clientShare == null) {
            throw new IllegalStateException("negotiated a group without implementation or share: " + group);
        }
        try {
            ServerShare share = exchange.respond(clientShare, config.crypto().random());
            out.event(() -> new TraceEvent.SharedSecretComputed(group, share.secret().length));
            return new Response(new KeyShareEntry(group, share.share()), share.secret());
        } catch (BadKeyShareException bad) {
            throw Problem.BAD_KEY_SHARE.causedBy(bad, group, clientShare.length(), bad.reason());
        }
    }

    /**
     * RFC 9846 4.3.8 and 4.3.9: a share with psk_dhe_ke, and none with psk_ke.
     *
     * @param share to send, or null for none
     * @param psk that was taken, or null
     */
    private ServerHello serverHello(@Nullable KeyShareEntry share, @Nullable SelectedPsk psk) {
        List<Extension> extensions = new ArrayList<>();
        extensions.add(new SelectedVersion(ProtocolVersion.TLS_1_3));
        if (share != null) {
            extensions.add(new KeyShareServerHello(share));
        }
        if (psk != null) {
            extensions.add(psk);
        }
        byte[] random = new byte[32];
        config.crypto().random().nextBytes(random);
        return new ServerHello(
                ProtocolVersion.TLS_1_2.code(),
                Bytes.wrap(random),
                wishes.hello().legacySessionId(),
                negotiation.suite().suite(),
                0,
                Extensions.of(extensions));
    }

    private EarlySecret earlySecret(Resumption.Decision decision, Output out) {
        EarlySecret byPsk = decision.earlySecret();
        EarlySecret secret =
                byPsk == null ? EarlySecret.withoutPsk(negotiation.suite().hash()) : byPsk;
        out.derived(SecretName.EARLY_SECRET, secret::copyForObserver);
        return secret;
    }

    /**
     * The server's part of the key exchange.
     *
     * @param share to send
     * @param secret that both ends have, to be wiped
     */
    private record Response(KeyShareEntry share, byte[] secret) {}
}
