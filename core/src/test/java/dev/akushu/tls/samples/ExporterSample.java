package dev.akushu.tls.samples;

import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;

/** A secret that both ends of one connection have, and nobody else. */
final class ExporterSample {
    private ExporterSample() {}

    // sample: exporter
    static byte[] keyOfThisConnection(TlsConnection connection) throws TlsException {
        return connection.exportKeyingMaterial("EXPERIMENTAL shop login", new byte[0], 32);
    }
    // end
}
