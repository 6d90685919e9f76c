package dev.akushu.bench.handshake;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** A TLS stack. */
interface Stack {
    /** As it is called in tables. */
    String name();

    /** Why it cannot do {@code scenario}; empty if it can. */
    default Optional<String> lack(Scenario scenario) {
        return Optional.empty();
    }

    /** Makes two ends; only for what it can do. */
    Shaker open(Scenario scenario, Servers servers, X509Certificate trusted)
            throws GeneralSecurityException, IOException;

    /** Two ends that shake hands. */
    interface Shaker {
        /** One handshake with the next server, 16 octets of data each way, and the end; checked to be what it should be. */
        void run() throws IOException;
    }
}
