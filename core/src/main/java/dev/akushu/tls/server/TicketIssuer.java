package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.engine.Grease;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.resume.TicketProtector;
import dev.akushu.tls.resume.TicketState;
import dev.akushu.tls.schedule.ResumptionSecret;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.Extension;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.MaxEarlyDataSize;
import dev.akushu.tls.wire.NewSessionTicket;
import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Seals what a resumption needs into tickets, sends them, and forgets it. RFC 9846 section 4.7.1. */
final class TicketIssuer {
    private static final Logger LOG = System.getLogger("dev.akushu.tls");

    private final ServerProgress progress;
    private final TlsServer config;
    private final TlsSession session;
    private final @Nullable Instant clientExpiry;
    private final ResumptionSecret resumption;

    /**
     * Issues tickets for {@code session}.
     *
     * @param clientExpiry when the client's certificate expires, or null if it has none
     * @param resumption wiped at the end
     */
    TicketIssuer(
            ServerProgress progress, TlsSession session, @Nullable Instant clientExpiry, ResumptionSecret resumption) {
        this.progress = progress;
        this.config = progress.config();
        this.session = session;
        this.clientExpiry = clientExpiry;
        this.resumption = resumption;
    }

    /** Sends the tickets that the configuration grants; none to a client that could not use them, or while there is no Ticket Key. */
    void issue(Output out) throws TlsException {
        try {
            issueUnlessBroken(out);
        } catch (RuntimeException broken) {
            // A key source or the application's own part is at fault. The connection is as good without tickets.
            LOG.log(Logger.Level.WARNING, "no session ticket could be issued", broken);
        } finally {
            resumption.wipe();
        }
    }

    private void issueUnlessBroken(Output out) throws TlsException {
        // A session by an external key is not resumed: that would save nothing, and outlive the key.
        if (session.externalPsk() != null) {
            return;
        }
        Instant now = config.clock().instant();
        List<Bytes> clientChain = TicketState.chainToSeal(session.peerCertificates());
        TicketProtector protector = TicketBinding.sealing(config, session);
        TicketKey key = protector.sealingKey(now);
        if (key == null || clientChain == null) {
            return;
        }
        Duration lifetime = shorter(config.ticketLifetime(), key.remaining(now));
        int count = TicketCount.of(config, progress.wishes(), session.resumed());
        for (int index = 0; index < count && lifetime.toSeconds() > 0; index++) {
            send(index, protector, key, clientChain, lifetime, now, out);
        }
    }

    private void send(
            int index,
            TicketProtector protector,
            TicketKey key,
            List<Bytes> clientChain,
            Duration lifetime,
            Instant now,
            Output out)
            throws TlsException {
        // RFC 9846 4.7.1: the nonce is unique on this connection, ticket_age_add fresh for each ticket.
        Bytes nonce = Bytes.wrap(new byte[] {(byte) index});
        long ageAdd = config.crypto().random().nextInt() & 0xffff_ffffL;
        Bytes data = config.ticketData(session);
        Bytes ticket = sealed(nonce, ageAdd, protector, key, origin(clientChain), lifetime, now, data);
        if (ticket == null) {
            return;
        }
        out.event(() -> new TraceEvent.TicketSealed(key.name(), lifetime, ticket.length()));
        out.send(new NewSessionTicket(lifetime.toSeconds(), ageAdd, nonce, ticket, extensions()));
    }

    private Extensions extensions() {
        int limit = config.maxEarlyDataBytes();
        List<Extension> extensions = new ArrayList<>();
        if (limit > 0) {
            extensions.add(new MaxEarlyDataSize(limit));
        }
        // RFC 8701 4.1: a client ignores it.
        if (config.grease()) {
            extensions.add(Grease.extension(config.crypto().random()));
        }
        return Extensions.of(extensions);
    }

    private @Nullable Bytes sealed(
            Bytes nonce,
            long ageAdd,
            TicketProtector protector,
            TicketKey key,
            StoredTicket.Origin origin,
            Duration lifetime,
            Instant now,
            Bytes data) {
        byte[] psk = resumption.psk(nonce);
        try {
            TicketState state = new TicketState(
                    psk,
                    session.suite(),
                    now,
                    lifetime,
                    ageAdd,
                    config.maxEarlyDataBytes(),
                    origin,
                    progress.choices().serverType(),
                    data);
            Bytes ticket = protector.seal(key, state);
            state.wipe();
            return ticket;
        } finally {
            Arrays.fill(psk, (byte) 0);
        }
    }

    private StoredTicket.Origin origin(List<Bytes> clientChain) {
        return new StoredTicket.Origin(
                session.serverName(),
                session.applicationProtocol(),
                session.group(),
                session.signatureScheme(),
                clientChain,
                session.rawPublicKey(),
                session.authenticatedAt(),
                clientExpiry);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
