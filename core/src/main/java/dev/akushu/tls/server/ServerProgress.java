package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.engine.PeerAuthenticated;
import dev.akushu.tls.schedule.ApplicationTraffic;
import dev.akushu.tls.schedule.HandshakeTraffic;
import dev.akushu.tls.schedule.MainSecret;
import dev.akushu.tls.schedule.Transcript;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server knows once it has sent its Finished; the states that wait for the client's flight hand it on.
 *
 * @param config the server's configuration
 * @param wishes of the client
 * @param negotiation what was chosen
 * @param retried whether it took a second ClientHello
 * @param notResumed why this is a full handshake, or null if it resumes
 * @param scheme with which the server proved its key, in the original handshake if it resumes
 * @param localChain the certificates that the server showed
 * @param transcript up to the last message
 * @param handshake the traffic secrets of the handshake, for the client's Finished
 * @param application the secrets of the application phase
 * @param mainSecret for the resumption secret
 * @param ticketData of the application, out of the ticket; empty in a full handshake
 */
record ServerProgress(
        TlsServer config,
        ClientWishes wishes,
        Negotiation negotiation,
        boolean retried,
        @Nullable NotResumed notResumed,
        @Nullable SignatureScheme scheme,
        List<Bytes> localChain,
        Transcript transcript,
        HandshakeTraffic handshake,
        ApplicationTraffic application,
        MainSecret mainSecret,
        Bytes ticketData) {
    TlsSession session(PeerAuthenticated client) {
        return new TlsSession(
                Role.SERVER,
                negotiation.suite().suite(),
                negotiation.group(),
                scheme,
                retried,
                notResumed,
                negotiation.applicationProtocol(),
                wishes.serverName(),
                client.chain(),
                localChain,
                client.authenticatedAt(),
                ticketData);
    }

    /** Overwrites the secrets, because the connection has failed. */
    void forget() {
        handshake.wipe();
        application.client().wipe();
        application.server().wipe();
        application.exporter().wipe();
        mainSecret.wipe();
    }
}
