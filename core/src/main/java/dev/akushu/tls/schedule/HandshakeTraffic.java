package dev.akushu.tls.schedule;

import dev.akushu.tls.Role;

/**
 * The two traffic secrets of the handshake phase. RFC 9846 section 7.1.
 *
 * @param client client_handshake_traffic_secret
 * @param server server_handshake_traffic_secret
 */
public record HandshakeTraffic(TrafficSecret client, TrafficSecret server) {
    /** The secret of what {@code sender} sends. */
    public TrafficSecret of(Role sender) {
        return sender == Role.CLIENT ? client : server;
    }

    /** Wipes both. */
    public void wipe() {
        client.wipe();
        server.wipe();
    }
}
