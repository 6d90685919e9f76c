package dev.akushu.tls.crypto;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;

/** What a provider says of itself. */
final class Services {
    private Services() {}

    /**
     * Refuses a provider that lacks a service, or has one that {@code jdk.crypto.disabledAlgorithms} forbids, which the JDK
     * asks about only when it makes one. Without that property what there is stays unloaded: of all that a {@link Crypto}
     * can, a program that connects once asks for a few.
     */
    static void require(String type, String algorithm, Provider provider) throws NoSuchAlgorithmException {
        if (provider.getService(type, algorithm) == null) {
            throw new NoSuchAlgorithmException(provider.getName() + " has no " + type + " of " + algorithm);
        }
        String disabled = Security.getProperty("jdk.crypto.disabledAlgorithms");
        if (type.equals("Signature") && disabled != null && !disabled.isBlank()) {
            Signature.getInstance(algorithm, provider);
        }
    }
}
