package dev.akushu.tls.crypto;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;

/** What a provider says of itself. */
final class Services {
    private Services() {}

    /** Refuses a provider that lacks a service. What there is stays unloaded: of all that a {@link Crypto} can, a program that connects once asks for a few. */
    static void require(String type, String algorithm, Provider provider) throws NoSuchAlgorithmException {
        if (provider.getService(type, algorithm) == null) {
            throw new NoSuchAlgorithmException(provider.getName() + " has no " + type + " of " + algorithm);
        }
    }
}
