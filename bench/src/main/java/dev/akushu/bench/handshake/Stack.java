package dev.akushu.bench.handshake;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

/** A TLS stack. */
interface Stack {
    /** As it is called in tables. */
    String name();

    /** What it can do of {@code scenario}; throws {@link UnsupportedOperationException} with the reason if that is nothing. */
    Shaker open(Scenario scenario, Servers servers, X509Certificate trusted)
            throws GeneralSecurityException, IOException;

    /** Two ends that shake hands. */
    interface Shaker {
        /** One handshake with the next server, 16 octets of data each way, and the end; checked to be what it should be. */
        void run() throws IOException;
    }
}
