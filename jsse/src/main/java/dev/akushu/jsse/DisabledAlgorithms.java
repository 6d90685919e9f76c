package dev.akushu.jsse;

import dev.akushu.tls.Policy;
import java.security.AlgorithmConstraints;
import java.security.CryptoPrimitive;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM has disabled by {@code jdk.tls.disabledAlgorithms} and {@code jdk.certpath.disabledAlgorithms}: who runs a program says so, and every context that is made by {@code
 * SSLContext.init} obeys. Configurations of the core, which {@link AkushuContext} takes, are used as they are. Read once, when it is first needed.
 */
final class DisabledAlgorithms {
    private static final @Nullable AlgorithmConstraints RULES = read();

    private DisabledAlgorithms() {}

    /** The rules, or null if this JVM has nobody who reads them. */
    static @Nullable AlgorithmConstraints rules() {
        return RULES;
    }

    /** Only the JDK's own provider has read these properties, and its parameters hand out what it made of them. */
    private static @Nullable AlgorithmConstraints read() {
        try {
            SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
            context.init(new KeyManager[0], new TrustManager[0], null);
            return context.getDefaultSSLParameters().getAlgorithmConstraints();
        } catch (GeneralSecurityException without) {
            System.getLogger("dev.akushu.jsse")
                    .log(
                            System.Logger.Level.WARNING,
                            "jdk.tls.disabledAlgorithms is not obeyed, because this JVM does not have the provider SunJSSE",
                            without);
            return null;
        }
    }

    /**
     * The policy without what is disabled.
     *
     * @throws KeyManagementException if nothing is left to shake hands with
     */
    static Policy taken(Policy policy) throws KeyManagementException {
        if (!isPermitted(CryptoPrimitive.KEY_AGREEMENT, Settings.TLS_1_3)) {
            throw disabled("the protocol " + Settings.TLS_1_3);
        }
        return policy.withSuites(permitted("cipher suites", policy.suites(), CryptoPrimitive.KEY_AGREEMENT))
                .withGroups(permitted("named groups", policy.groups(), CryptoPrimitive.KEY_AGREEMENT))
                .withSignatureSchemes(
                        permitted("signature schemes", policy.signatureSchemes(), CryptoPrimitive.SIGNATURE));
    }

    private static <T> List<T> permitted(String kind, List<T> all, CryptoPrimitive primitive)
            throws KeyManagementException {
        List<T> left = all.stream()
                .filter(one -> isPermitted(primitive, one.toString()))
                .toList();
        if (left.isEmpty()) {
            throw disabled("all " + kind + " of TLS 1.3, " + all);
        }
        return left;
    }

    private static boolean isPermitted(CryptoPrimitive primitive, String name) {
        return RULES == null || RULES.permits(Set.of(primitive), name, null);
    }

    private static KeyManagementException disabled(String what) {
        return new KeyManagementException("this JVM has disabled " + what
                + ", without which Akushu cannot connect: look at jdk.tls.disabledAlgorithms in java.security, or use"
                + " another provider for older protocols, SunJSSE for instance");
    }
}
