package dev.akushu.bench.stack;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** A TLS stack. */
public interface Stack {
    /** A system property: how many tickets a server sends, 1 unless said otherwise. */
    String TICKETS = "akushu.bench.tickets";

    /** For the JVMs of benches: as many tickets as BoringSSL sends, whatever it is told. */
    String TWO_TICKETS = "-D" + TICKETS + "=2";

    /** What {@link #TICKETS} says. */
    static int tickets() {
        return Integer.getInteger(TICKETS, 1);
    }

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
