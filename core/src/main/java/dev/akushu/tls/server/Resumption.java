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
import dev.akushu.tls.resume.TicketPolicy;
import dev.akushu.tls.resume.TicketState;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.PskKind;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.OfferedPsks;
import dev.akushu.tls.wire.PskIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server's side of resumption: it opens the tickets that the client offers, and takes the first that fits. RFC 9846 section 4.3.11. */
final class Resumption {
    /** How many tickets of a client are tried; each costs an AEAD. */
    private static final int TICKETS_TRIED = 4;

    private final TlsServer config;
    private final ClientWishes wishes;
    private final Negotiation negotiation;

    Resumption(TlsServer config, ClientWishes wishes, Negotiation negotiation) {
        this.config = config;
        this.wishes = wishes;
        this.negotiation = negotiation;
    }

    /**
     * Decides.
     *
     * @param received the ClientHello, whose binders are verified
     * @param transcript before the ClientHello
     * @throws TlsException {@link Problem#BAD_BINDER} if a ticket is good but its binder is not
     */
    Decision decide(Received received, Transcript transcript, Output out) throws TlsException {
        Decision decision = tryTickets(received, transcript, out);
        out.event(() -> new TraceEvent.ResumptionDecided(decision.reason()));
        return decision;
    }

    private Decision tryTickets(Received received, Transcript transcript, Output out) throws TlsException {
        OfferedPsks psks = wishes.psks();
        if (psks == null) {
            return Decision.full(NotResumed.NO_TICKET);
        }
        if (config.ticketsPerHandshake() == 0) {
            return Decision.full(NotResumed.RESUMPTION_OFF);
        }
        Instant now = config.clock().instant();
        NotResumed reason = NotResumed.NO_TICKET;
        for (int index = 0; index < Math.min(TICKETS_TRIED, psks.identities().size()); index++) {
            PskIdentity identity = psks.identities().get(index);
            switch (TicketBinding.open(config, identity.identity(), now)) {
                case OpenedTicket.Unopened unopened -> reason = unopened.reason();
                case OpenedTicket.Opened opened -> {
                    tellOpened(opened, now, out);
                    NotResumed refused = refuse(opened.state(), offer(now, identity));
                    if (refused == null) {
                        return accept(index, opened.state(), now, psks, received, transcript);
                    }
                    opened.state().wipe();
                    reason = refused;
                }
            }
        }
        return Decision.full(reason);
    }

    /** Why the ticket is not taken, or null; the application is asked about those alone that are good otherwise. */
    private @Nullable NotResumed refuse(TicketState state, ClientOffer offer) {
        NotResumed refused = policy().refuse(state, offer);
        if (refused != null) {
            return refused;
        }
        return config.ticketDataAccepted().test(state.applicationData()) ? null : NotResumed.REFUSED_BY_APPLICATION;
    }

    /** RFC 9846 4.3.11: only the binder of the key that is selected is verified, and a wrong one ends the handshake. */
    private Decision accept(
            int index, TicketState state, Instant now, OfferedPsks psks, Received received, Transcript transcript)
            throws TlsException {
        byte[] psk = state.copyPsk();
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
        return new Decision(new Resumed(index, secret, binder, state, expectedArrival, now), null);
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
                wishes.pskDheKe(),
                identity.obfuscatedTicketAge());
    }

    /** Those that this handshake may end with; who chooses without a list may choose any. */
    private List<String> commonProtocols() {
        List<String> supported = config.applicationProtocols();
        boolean listed =
                !supported.isEmpty() || config.applicationProtocolChoice().isEmpty();
        return wishes.applicationProtocols().stream()
                .filter(protocol -> !listed || supported.contains(protocol))
                .toList();
    }

    private static void tellOpened(OpenedTicket.Opened opened, Instant now, Output out) {
        TicketState state = opened.state();
        out.event(() -> new TraceEvent.TicketOpened(
                opened.keyName(), state.age(now), state.suite(), state.pskLength(), state.contents()));
    }

    /**
     * Whether the session resumes.
     *
     * @param resumed from what, or null
     * @param reason why not, or null
     */
    record Decision(@Nullable Resumed resumed, @Nullable NotResumed reason) {
        static Decision full(NotResumed reason) {
            return new Decision(null, reason);
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
}
