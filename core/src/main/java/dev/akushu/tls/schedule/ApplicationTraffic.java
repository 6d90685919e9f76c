package dev.akushu.tls.schedule;

import dev.akushu.tls.Role;

/**
 * What the application phase begins with. RFC 9846 section 7.1.
 *
 * @param client client_application_traffic_secret_0
 * @param server server_application_traffic_secret_0
 * @param exporter exporter_secret
 */
public record ApplicationTraffic(TrafficSecret client, TrafficSecret server, ExporterSecret exporter) {
    /** The secret of what {@code sender} sends. */
    public TrafficSecret of(Role sender) {
        return sender == Role.CLIENT ? client : server;
    }

    /** Wipes all three. */
    public void wipe() {
        client.wipe();
        server.wipe();
        exporter.wipe();
    }
}
