package dev.akushu.tls.client;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.RawKeyTrust;
import dev.akushu.tls.Role;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import dev.akushu.tls.Work;
import dev.akushu.tls.engine.Claimant;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Paused;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.trace.TraceEvent;
import java.lang.System.Logger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The server of a session on offer: a resumption has no proof of its own, and who was accepted in the session may be accepted no longer. RFC 9846 section 4.7.1.
 *
 * @param ticket of the session
 * @param claimant what the server had shown, and who judges it
 */
record FormerServer(OfferedTicket ticket, Claimant claimant) {
    private static final Logger LOG = System.getLogger("dev.akushu.tls");

    /** The server of the session that {@code ticket} resumes; null if it had shown nothing that could be judged. */
    static @Nullable FormerServer of(OfferedTicket ticket, ClientSetting setting) {
        StoredTicket.Origin origin = ticket.ticket().origin();
        String name = setting.expectedName();
        Bytes rawKey = origin.peerRawKey();
        if (rawKey != null) {
            RawKeyTrust trust = setting.config().rawServerKeys().orElseThrow();
            return new FormerServer(ticket, new Claimant.Raw(trust, new RawKeyTrust.RawKey(Role.SERVER, rawKey, name)));
        }
        if (origin.peerCertificates().isEmpty()) {
            return null;
        }
        Trust.PeerChain chain = new Trust.PeerChain(
                Role.SERVER,
                origin.peerCertificates(),
                name,
                null,
                List.of(),
                setting.config().capabilities().certificateSchemes());
        return new FormerServer(ticket, new Claimant.Certified(setting.config().trust(), chain));
    }

    /**
     * Waits for the verdict. A ticket whose server is refused is forgotten.
     *
     * @param next goes on, with whether the server is still accepted
     * @param forgetting overwrites the secrets that {@code next} would use, but for the ticket's
     */
    State judgeAgain(Paused.Continuation<Boolean> next, Runnable forgetting) {
        return Paused.on(
                Work.Kind.VERIFY_PEER,
                ClientStep.EXPECT_SERVER_HELLO,
                () -> CompletableFuture.completedFuture(verdict()),
                (checks, out) -> next.go(take(checks.orElse(null), out), out),
                () -> {
                    ticket.earlySecret().wipe();
                    forgetting.run();
                });
    }

    /** What was checked; nothing if the server is refused, which ends no connection: it may have something better to show by now. */
    private Optional<List<CertificateCheck>> verdict() {
        try {
            return Optional.of(claimant.judge());
        } catch (TlsException refused) {
            LOG.log(Logger.Level.DEBUG, "a session is not resumed: its server is accepted no longer", refused);
            return Optional.empty();
        } catch (RuntimeException failed) {
            LOG.log(Logger.Level.WARNING, "a session is not resumed: its server could not be judged again", failed);
            return Optional.empty();
        }
    }

    private boolean take(@Nullable List<CertificateCheck> checks, Output out) {
        if (checks == null) {
            ticket.earlySecret().wipe();
            return false;
        }
        out.event(() -> new TraceEvent.PeerChainVerified(claimant.chain(), checks));
        return true;
    }
}
