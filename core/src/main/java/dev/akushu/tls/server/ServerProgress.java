package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
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
 * @param choices what was chosen
 * @param scheme with which the server proved its key, in the original handshake if it resumes
 * @param localChain the certificates that the server showed
 * @param transcript up to the last message
 * @param handshake the traffic secrets of the handshake, for the client's Finished
 * @param application the secrets of the application phase
 * @param mainSecret for the resumption secret
 */
record ServerProgress(
        TlsServer config,
        Choices choices,
        @Nullable SignatureScheme scheme,
        List<Bytes> localChain,
        Transcript transcript,
        HandshakeTraffic handshake,
        ApplicationTraffic application,
        MainSecret mainSecret) {
    ClientWishes wishes() {
        return choices.wishes();
    }

    Negotiation negotiation() {
        return choices.negotiation();
    }

    TlsSession session(PeerAuthenticated client) {
        return new TlsSession(
                Role.SERVER,
                negotiation().suite().suite(),
                choices.group(),
                scheme,
                choices.retried(),
                choices.resumption().reason(),
                negotiation().applicationProtocol(),
                wishes().serverName(),
                client.chain(),
                localChain,
                client.externalPsk(),
                client.rawKey(),
                client.authenticatedAt(),
                choices.resumption().ticketData(),
                choices.earlyDataReport());
    }

    /** Overwrites the secrets, because the connection has failed. */
    void forget() {
        handshake.wipe();
        application.wipe();
        mainSecret.wipe();
    }
}
