package dev.akushu.tls.client;

import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsHandshake;
import dev.akushu.tls.crypto.BadKeyShareException;
import dev.akushu.tls.crypto.KeyExchange.ClientShare;
import dev.akushu.tls.engine.Aligned;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.record.RecordLimits;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.HandshakeSecret;
import dev.akushu.tls.schedule.HandshakeTraffic;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.trace.KeyInput;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.KeyShareEntry;
import org.jspecify.annotations.Nullable;

/** The end of STEP 1 for the client: both shares are known, so the shared secret is, and all that follows is encrypted. RFC 9846 section 7.1. */
final class KeyAgreement {
    private final Offer offer;
    private final ServerChoice choice;
    private final Transcript transcript;
    private final @Nullable Offer beforeRetry;

    /**
     * An agreement to be computed.
     *
     * @param transcript up to the ClientHello that the server answered
     * @param beforeRetry the offer of the first ClientHello if this is about the second, else null
     */
    KeyAgreement(Offer offer, ServerChoice choice, Transcript transcript, @Nullable Offer beforeRetry) {
        this.offer = offer;
        this.choice = choice;
        this.transcript = transcript;
        this.beforeRetry = beforeRetry;
    }

    State agree(Received received, Output out) throws TlsException {
        Aligned aligned = received.aligned();
        byte[] sharedSecret = sharedSecret(out);
        out.learned(TlsHandshake.begun(choice.suite().suite(), offer.serverName()));
        transcript.add(received.bytes());
        EarlySecret earlySecret = earlySecret();
        tellResumption(earlySecret, out);
        HandshakeSecret secret = handshakeSecret(earlySecret, sharedSecret, out);
        HandshakeTraffic traffic = secret.traffic(transcript.hash());
        out.derived(SecretName.HANDSHAKE_SECRET, secret::copyForObserver);
        out.derived(SecretName.CLIENT_HANDSHAKE_TRAFFIC_SECRET, traffic.client()::copyForKeyLog);
        out.derived(SecretName.SERVER_HANDSHAKE_TRAFFIC_SECRET, traffic.server()::copyForKeyLog);
        // RFC 9846 appendix E.4: before the client's second flight, unless a retry brought it already.
        if (offer.setting().config().compatibilityMode()) {
            out.sendChangeCipherSpec();
        }
        EarlyAttempt early = earlyData(out);
        // RFC 9846 appendix A.1: the early keys stay in use until the server has said what becomes of early data.
        if (!early.isPending()) {
            out.writeKeys(Protection.HANDSHAKE, traffic.client(), choice.suite());
        }
        out.readKeys(Protection.HANDSHAKE, traffic.server(), choice.suite(), aligned);
        ClientProgress progress = new ClientProgress(
                offer,
                choice.suite(),
                choice.group(),
                beforeRetry != null,
                notResumed(),
                transcript,
                traffic,
                secret.toMain(),
                early,
                RecordLimits.INNER_PLAINTEXT,
                CertificateTypes.X509);
        return new ExpectEncryptedExtensions(progress, choice.psk());
    }

    private EarlyAttempt earlyData(Output out) {
        EarlyAttempt early = offer.early();
        if (!early.isPending() || early.isUnder(choice.psk())) {
            return early;
        }
        out.earlyData(EarlyDataOutcome.SESSION_NOT_RESUMED);
        return early.with(EarlyDataOutcome.SESSION_NOT_RESUMED);
    }

    /** The secret of the key exchange; null if the server has left that out. */
    private byte @Nullable [] sharedSecret(Output out) throws TlsException {
        KeyShareEntry share = choice.share();
        if (share == null) {
            offer.wipeShares();
            out.event(TraceEvent.KeyExchangeOmitted::new);
            return null;
        }
        ClientShare own = offer.share(share.group());
        if (own == null) {
            throw Problem.WRONG_GROUP_CHOSEN.with(share.group(), offer.sharedGroups());
        }
        out.event(() -> new TraceEvent.GroupChosen(own.group(), offer.groups(), offer.sharedGroups(), offer.groups()));
        try {
            byte[] secret = own.agree(share.keyExchange());
            int length = secret.length;
            out.event(() -> new TraceEvent.SharedSecretComputed(own.group(), length));
            return secret;
        } catch (BadKeyShareException bad) {
            throw Problem.BAD_KEY_SHARE.causedBy(
                    bad, own.group(), share.keyExchange().length(), bad.reason());
        } finally {
            offer.wipeShares();
        }
    }

    /** RFC 9846 7.1: without (EC)DHE, zeros take the place of its secret. */
    private static HandshakeSecret handshakeSecret(EarlySecret early, byte @Nullable [] sharedSecret, Output out) {
        if (sharedSecret == null) {
            return early.toHandshakeWithoutKeyExchange();
        }
        out.fed(KeyInput.SHARED_SECRET, sharedSecret::clone);
        return early.toHandshake(sharedSecret);
    }

    private EarlySecret earlySecret() {
        OfferedPsk psk = choice.psk();
        offer.wipeAllBut(psk);
        return psk == null ? EarlySecret.withoutPsk(choice.suite().hash()) : psk.earlySecret();
    }

    private void tellResumption(EarlySecret earlySecret, Output out) {
        @Nullable NotResumed reason = notResumed();
        if (choice.psk() instanceof OfferedExternal external) {
            out.event(() -> TraceEvent.ExternalPskChosen.of(external.psk(), external.kdf()));
            out.fed(
                    KeyInput.PSK,
                    () -> external.copyKey(offer.setting().config().crypto()));
            out.revised(SecretName.EARLY_SECRET, earlySecret::copyForObserver);
            out.revised(SecretName.BINDER_KEY, () -> earlySecret.binderKeyForObserver(external.kind()));
            return;
        }
        out.event(() -> new TraceEvent.ResumptionDecided(reason));
        if (reason != null) {
            out.derived(SecretName.EARLY_SECRET, earlySecret::copyForObserver);
        }
    }

    /** Why the session does not resume, as far as a client can know; null if it does. */
    private @Nullable NotResumed notResumed() {
        if (choice.resumes()) {
            return null;
        }
        if (offer.ticket() != null) {
            return NotResumed.REFUSED_BY_SERVER;
        }
        NotResumed withheld = offer.setting().withheld();
        if (withheld != null) {
            return withheld;
        }
        // A retry chose a suite that the ticket is not for, so it was not offered again.
        boolean dropped = beforeRetry != null && beforeRetry.ticket() != null;
        return dropped ? NotResumed.OTHER_HASH : NotResumed.NO_TICKET;
    }
}
