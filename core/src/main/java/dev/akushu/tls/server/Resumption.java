package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.engine.BinderVerified;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.resume.ClientOffer;
import dev.akushu.tls.resume.OpenedTicket;
import dev.akushu.tls.resume.PskImporter;
import dev.akushu.tls.resume.TicketPolicy;
import dev.akushu.tls.resume.TicketState;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.PskKind;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.trace.KeyInput;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.OfferedPsks;
import dev.akushu.tls.wire.PskIdentity;
import dev.akushu.tls.wire.SelectedPsk;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of pre-shared keys: it opens the tickets that the client offers and looks at the external keys that it knows, and takes the first that fits. RFC 9846 section 4.3.11.
 */
final class Resumption {
    /** How many tickets of a client are tried; each costs an AEAD. */
    private static final int TICKETS_TRIED = 4;

    private final TlsServer config;
    private final ClientWishes wishes;
    private final Negotiation negotiation;
    private final List<FoundPsk> externals;

    Resumption(TlsServer config, ClientWishes wishes, Negotiation negotiation, List<FoundPsk> externals) {
        this.config = config;
        this.wishes = wishes;
        this.negotiation = negotiation;
        this.externals = externals;
    }

    /**
     * Before a retry by a server that has nothing but external keys: a client that cannot prove one is refused now. The retry names the suite, which depends on the keys that were found; so it
     * would tell which identities exist.
     *
     * @throws TlsException as {@link #choose}, or if no key is taken
     */
    void requireExternal(Received received, Transcript transcript, Output out) throws TlsException {
        External external = choose(received, transcript, out).external();
        if (external == null) {
            throw PskRefusal.of(config, wishes, negotiation, received, transcript);
        }
        // The second ClientHello proves it again.
        external.earlySecret().wipe();
    }

    /**
     * Decides; {@link Decision#tell} tells.
     *
     * @param received the ClientHello, whose binders are verified
     * @param transcript before the ClientHello
     * @throws TlsException {@link Problem#BAD_BINDER} if a key is good but its binder is not
     */
    Decision choose(Received received, Transcript transcript, Output out) throws TlsException {
        OfferedPsks psks = wishes.psks();
        if (psks == null) {
            return Decision.full(NotResumed.NO_TICKET);
        }
        Instant now = config.clock().instant();
        NotResumed reason = resumes() ? NotResumed.NO_TICKET : NotResumed.RESUMPTION_OFF;
        int ticketsTried = 0;
        for (int index = 0; index < psks.identities().size(); index++) {
            FoundPsk external = external(index);
            if (external != null) {
                return accept(external, reason, now, psks, received, transcript, out);
            }
            if (!resumes() || ticketsTried++ >= TICKETS_TRIED) {
                continue;
            }
            PskIdentity identity = psks.identities().get(index);
            switch (TicketBinding.open(config, identity.identity(), now)) {
                case OpenedTicket.Unopened unopened -> reason = unopened.reason();
                case OpenedTicket.Opened opened -> {
                    tellOpened(opened, identity, now, out);
                    NotResumed refused = refuse(opened.state(), offer(now, identity));
                    if (refused == null) {
                        return accept(index, opened.state(), now, psks, received, transcript, out);
                    }
                    opened.state().wipe();
                    reason = refused;
                }
            }
        }
        return Decision.full(reason);
    }

    /** Whether tickets are taken: not by a server for those alone who have an external key, since whoever got a ticket elsewhere under the same Ticket Keys may have none. */
    private boolean resumes() {
        return config.ticketsPerHandshake() > 0 && !config.pskOnly();
    }

    /** Why the ticket is not taken, or null; the application is asked about those alone that are good otherwise. */
    private @Nullable NotResumed refuse(TicketState state, ClientOffer offer) {
        if (!wishes.serverTypes().contains(state.ownType())) {
            return NotResumed.OTHER_POLICY;
        }
        NotResumed refused = policy().refuse(state, offer);
        if (refused != null) {
            return refused;
        }
        return config.ticketDataAccepted().test(state.applicationData()) ? null : NotResumed.REFUSED_BY_APPLICATION;
    }

    /** The external key at {@code index}, if the suite can use it; else null. */
    private @Nullable FoundPsk external(int index) {
        for (FoundPsk found : externals) {
            if (found.index() == index
                    && found.kdf().hash().equals(negotiation.suite().hash().name())) {
                return found;
            }
        }
        return null;
    }

    private Decision accept(
            FoundPsk found,
            NotResumed reason,
            Instant now,
            OfferedPsks psks,
            Received received,
            Transcript transcript,
            Output out)
            throws TlsException {
        EarlySecret secret = PskImporter.earlySecret(config.crypto(), found.psk(), found.kdf());
        if (secret == null) {
            throw Problem.INTERNAL.with("pre_shared_key", "no hash for " + found.psk());
        }
        out.fed(KeyInput.PSK, () -> PskImporter.key(config.crypto(), found.psk(), found.kdf()));
        byte[] hash =
                transcript.hashWithTruncated(received.bytes(), wishes.hello().bindersLength());
        BinderVerified binder =
                BinderVerified.check(found.index(), psks.binders().get(found.index()), secret, found.kind(), hash);
        External external = new External(found, secret, binder, now);
        return new Decision(null, reason, external, EarlyTerms.of(external));
    }

    /** RFC 9846 4.3.11: only the binder of the key that is selected is verified, and a wrong one ends the handshake. */
    private Decision accept(
            int index,
            TicketState state,
            Instant now,
            OfferedPsks psks,
            Received received,
            Transcript transcript,
            Output out)
            throws TlsException {
        byte[] psk = state.copyPsk();
        out.fed(KeyInput.PSK, psk::clone);
        EarlySecret secret = EarlySecret.of(negotiation.suite().hash(), psk);
        Arrays.fill(psk, (byte) 0);
        state.wipe();
        byte[] hash =
                transcript.hashWithTruncated(received.bytes(), wishes.hello().bindersLength());
        BinderVerified binder =
                BinderVerified.check(index, psks.binders().get(index), secret, PskKind.RESUMPTION, hash);
        Duration statedAge = state.statedAge(psks.identities().get(index).obfuscatedTicketAge());
        // RFC 9846 8.3: the time that the ticket took to the client is left out; the window allows for it.
        Instant expectedArrival = state.issuedAt().plus(statedAge);
        Resumed resumed = new Resumed(index, secret, binder, state, expectedArrival, now);
        return new Decision(resumed, null, null, EarlyTerms.of(resumed, config));
    }

    private TicketPolicy policy() {
        boolean required = config.clientAuthentication() == ClientAuthentication.REQUIRED;
        return new TicketPolicy(config.crypto(), required, config.authenticationLifetime());
    }

    private ClientOffer offer(Instant now, PskIdentity identity) {
        return new ClientOffer(
                now,
                negotiation.suite().suite(),
                wishes.serverName(),
                commonProtocols(),
                wishes.takesPsk(config.policy()),
                identity.obfuscatedTicketAge());
    }

    /** Those that this handshake may end with; who chooses without a list may choose any. */
    private List<String> commonProtocols() {
        if (wishes.applicationProtocols().isEmpty()) {
            return List.of();
        }
        List<String> supported = config.applicationProtocols();
        boolean listed =
                !supported.isEmpty() || config.applicationProtocolChoice().isEmpty();
        return wishes.applicationProtocols().stream()
                .filter(protocol -> !listed || supported.contains(protocol))
                .toList();
    }

    private static void tellOpened(OpenedTicket.Opened opened, PskIdentity identity, Instant now, Output out) {
        TicketState state = opened.state();
        out.event(() -> new TraceEvent.TicketOpened(
                opened.keyName(),
                state.age(now),
                state.statedAge(identity.obfuscatedTicketAge()),
                state.suite(),
                state.pskLength(),
                state.contents()));
    }

    /**
     * Whether the session resumes, or by which external key it is made if not by a certificate.
     *
     * @param resumed from what, or null
     * @param reason why not, or null
     * @param external the external key, or null
     * @param earlyTerms what the key that was taken says about early data; null if it allows none
     */
    record Decision(
            @Nullable Resumed resumed,
            @Nullable NotResumed reason,
            @Nullable External external,
            @Nullable EarlyTerms earlyTerms) {
        static Decision full(NotResumed reason) {
            return new Decision(null, reason, null, null);
        }

        /** Tells the observer. */
        void tell(Output out) {
            out.event(() -> external == null
                    ? new TraceEvent.ResumptionDecided(reason)
                    : TraceEvent.ExternalPskChosen.of(
                            external.found().psk(), external.found().kdf()));
        }

        /** Whether a pre-shared key was taken, so that no certificate is shown. */
        boolean byPsk() {
            return resumed != null || external != null;
        }

        /** The head of the key schedule from the pre-shared key that was taken, or null. */
        @Nullable EarlySecret earlySecret() {
            return resumed != null ? resumed.earlySecret() : external != null ? external.earlySecret() : null;
        }

        /** Which of those offered was taken, for the ServerHello; null if none was. */
        @Nullable SelectedPsk selected() {
            return byPsk() ? new SelectedPsk(index()) : null;
        }

        /** Which of those offered was taken; -1 if none was. */
        int index() {
            return resumed != null
                    ? resumed.index()
                    : external != null ? external.found().index() : -1;
        }

        /** Overwrites the secret from the pre-shared key that was taken, because the connection has failed. */
        void forget() {
            EarlySecret secret = earlySecret();
            if (secret != null) {
                secret.wipe();
            }
        }

        /** What the application had put into the ticket; empty if none was taken. */
        Bytes ticketData() {
            return resumed == null ? Bytes.empty() : resumed.ticket().applicationData();
        }
    }

    /**
     * The ticket that was taken.
     *
     * @param index among those offered
     * @param earlySecret from its pre-shared key
     * @param binder proof that the client has that key too
     * @param ticket what was in it; the pre-shared key is wiped
     * @param expectedArrival when the ClientHello should come, by the age that the client states
     * @param arrivedAt when it came
     */
    record Resumed(
            int index,
            EarlySecret earlySecret,
            BinderVerified binder,
            TicketState ticket,
            Instant expectedArrival,
            Instant arrivedAt) {}

    /**
     * The external key that was taken.
     *
     * @param found the key, and where it stands
     * @param earlySecret from it
     * @param binder proof that the client has the key
     * @param arrivedAt when the ClientHello came
     */
    record External(FoundPsk found, EarlySecret earlySecret, BinderVerified binder, Instant arrivedAt) {}
}
