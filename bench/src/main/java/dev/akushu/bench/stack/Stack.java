package dev.akushu.bench.stack;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** A TLS stack. */
public interface Stack {
    /** Why it cannot do {@code scenario}; empty if it can. */
    default Optional<String> lack(Scenario scenario) {
        return Optional.empty();
    }

    /**
     * Sets up a client and servers; only for what it can do.
     *
     * @param trusted the client's trust anchor
     */
    Ends open(Scenario scenario, Servers servers, X509Certificate trusted) throws GeneralSecurityException, IOException;
}
