package dev.akushu.tls.client;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.engine.KeyUpdates;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.schedule.ResumptionSecret;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.CertificateRequest;
import dev.akushu.tls.wire.KeyUpdate;
import dev.akushu.tls.wire.MaxEarlyDataSize;
import dev.akushu.tls.wire.NewSessionTicket;
import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The handshake is done. What may still come are tickets, new keys, and the wish for a certificate. RFC 9846 section 4.7. */
final class ClientConnected implements ClientState {
    private static final Logger LOG = System.getLogger("dev.akushu.tls");

    /**
     * The longest ticket that is kept, in bytes. A longer one may be sent (RFC 9846 section 4.7.1) but could not be
     * offered: the extensions of a ClientHello have one length of 16 bits for all of them.
     */
    private static final int LONGEST_TICKET = 1 << 15;

    /** A store keeps fewer for one server; those that came before are gone from it. */
    private static final int MOST_KEPT = 16;

    private final TlsClient config;
    private final TicketStore.@Nullable Key ticketKey;
    private final TlsSession session;
    private final @Nullable Instant serverExpiry;
    private final int recordSizeLimit;
    private final ResumptionSecret resumption;
    private final CertificateType clientType;
    private final @Nullable Transcript handshake;
    // Most servers send one or two.
    private final Deque<Bytes> idsKept = new ArrayDeque<>(2);

    /**
     * After the handshake.
     *
     * @param ticketKey under which tickets are kept, or null if they are not
     * @param serverExpiry when the server's certificate expires, or null if it has none
     * @param recordSizeLimit what the server takes in a record
     * @param clientType what the client shows if it is asked
     * @param handshake up to the client's Finished; null if the server may not ask for a certificate any more
     */
    ClientConnected(
            TlsClient config,
            TicketStore.@Nullable Key ticketKey,
            TlsSession session,
            @Nullable Instant serverExpiry,
            int recordSizeLimit,
            ResumptionSecret resumption,
            CertificateType clientType,
            @Nullable Transcript handshake) {
        this.serverExpiry = serverExpiry;
        this.recordSizeLimit = recordSizeLimit;
        this.config = config;
        this.ticketKey = ticketKey;
        this.session = session;
        this.resumption = resumption;
        this.clientType = clientType;
        this.handshake = handshake;
    }

    @Override
    public ClientStep step() {
        return ClientStep.CONNECTED;
    }

    @Override
    public void forget() {
        resumption.wipe();
    }

    @Override
    public State on(Received received, Output out) throws TlsException {
        if (received.message() instanceof KeyUpdate update) {
            KeyUpdates.received(update, received.aligned(), out);
            return this;
        }
        if (received.message() instanceof CertificateRequest request) {
            return authenticate(received, request, out);
        }
        keep(received.as(NewSessionTicket.class), out);
        return this;
    }

    @Override
    public void requireAwaited(HandshakeType type) throws TlsException {
        if (type == HandshakeType.CERTIFICATE_REQUEST && handshake == null) {
            throw unasked(type);
        }
    }

    private State authenticate(Received received, CertificateRequest request, Output out) throws TlsException {
        if (handshake == null) {
            throw unasked(request.type());
        }
        IdentityRequest asked = IdentityRequest.of(request, session.serverName(), clientType);
        out.event(() -> new TraceEvent.ClientCertificateRequested(asked.wish().schemes()));
        return new LateAuthentication(config, handshake, received, request, asked, this).answer(out);
    }

    private static TlsException unasked(HandshakeType type) {
        return Problem.UNEXPECTED_HANDSHAKE_MESSAGE.with(type.messageName(), List.of("NewSessionTicket", "KeyUpdate"));
    }

    /** Keeps the ticket as it is, sealed, with the pre-shared key that belongs to it. RFC 9846 section 4.7.1. */
    private void keep(NewSessionTicket message, Output out) {
        Instant now = config.clock().instant();
        StoredTicket ticket = stored(message, now);
        TicketStore.Key key = ticketKey;
        boolean useful = key != null && ticket.isUsable(now) && message.ticket().length() <= LONGEST_TICKET;
        out.event(() -> new TraceEvent.TicketReceived(
                ticket.lifetime(), message.ticket().length(), useful));
        if (key == null || !useful) {
            ticket.wipe();
            return;
        }
        // The store may wipe and drop it at once.
        Bytes id = ticket.id();
        try {
            config.tickets().put(key, ticket);
        } catch (TlsException unwritable) {
            // The connection is as good as before; only the next one may have to do without the ticket.
            LOG.log(Logger.Level.WARNING, "a session ticket could not be saved", unwritable);
        }
        idsKept.addLast(id);
        if (idsKept.size() > MOST_KEPT) {
            idsKept.removeFirst();
        }
        out.kept(() -> discard(key));
    }

    /** RFC 9846 6: the tickets of a connection that failed SHOULD be discarded. */
    private void discard(TicketStore.Key key) {
        try {
            config.tickets().remove(key, Set.copyOf(idsKept));
        } catch (TlsException | RuntimeException unwritable) {
            // Why the connection failed is what its caller has to hear of.
            LOG.log(Logger.Level.WARNING, "the tickets of a failed session could not be removed", unwritable);
        }
    }

    private StoredTicket stored(NewSessionTicket message, Instant now) {
        MaxEarlyDataSize earlyData = message.extensions().find(MaxEarlyDataSize.class);
        byte[] psk = resumption.psk(message.ticketNonce());
        try {
            return new StoredTicket(
                    message.ticket(),
                    psk,
                    session.suite(),
                    now,
                    Duration.ofSeconds(message.ticketLifetime()),
                    message.ticketAgeAdd(),
                    earlyData == null ? 0 : earlyData.maxEarlyDataSize(),
                    recordSizeLimit,
                    origin());
        } finally {
            Arrays.fill(psk, (byte) 0);
        }
    }

    private StoredTicket.Origin origin() {
        return new StoredTicket.Origin(
                session.serverName(),
                session.applicationProtocol(),
                session.group(),
                session.signatureScheme(),
                session.peerCertificates(),
                session.rawPublicKey(),
                session.authenticatedAt(),
                serverExpiry);
    }
}
