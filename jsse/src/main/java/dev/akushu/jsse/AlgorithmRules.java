package dev.akushu.jsse;

import java.io.IOException;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which algorithms may stand in a chain: what the program has set as SSLParameters' constraints, what this end accepts
 * inside certificates, and what the JVM has disabled by {@code jdk.tls.disabledAlgorithms} and {@code
 * jdk.certpath.disabledAlgorithms}. The JDK's trust managers judge by all of it; a plain {@code X509TrustManager} is not
 * even told of it, so the provider does it in its place, as the JDK's does.
 *
 * @param chosen by the program, or null
 * @param signatures that this end accepts inside certificates, by the names of JCA
 */
record AlgorithmRules(@Nullable AlgorithmConstraints chosen, List<String> signatures) {
    private static final String PSS = "RSASSA-PSS";
    private static final Set<CryptoPrimitive> SIGNATURE = Set.of(CryptoPrimitive.SIGNATURE);
    private static final Set<CryptoPrimitive> ANY_USE = Set.of(
            CryptoPrimitive.SIGNATURE,
            CryptoPrimitive.KEY_ENCAPSULATION,
            CryptoPrimitive.PUBLIC_KEY_ENCRYPTION,
            CryptoPrimitive.KEY_AGREEMENT);

    // The bits of KeyUsage, RFC 5280 section 4.2.1.3, in their order.
    private static final List<CryptoPrimitive> USES = List.of(
            CryptoPrimitive.SIGNATURE,
            CryptoPrimitive.SIGNATURE,
            CryptoPrimitive.KEY_ENCAPSULATION,
            CryptoPrimitive.PUBLIC_KEY_ENCRYPTION,
            CryptoPrimitive.KEY_AGREEMENT,
            CryptoPrimitive.SIGNATURE,
            CryptoPrimitive.SIGNATURE);

    /** The one algorithm whose name does not tell its hash; looked up once. */
    private static final class OfPss {
        static final Provider PROVIDER = provider();

        private OfPss() {}

        private static Provider provider() {
            try {
                return AlgorithmParameters.getInstance(PSS).getProvider();
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("every JDK has " + PSS, impossible);
            }
        }
    }

    /**
     * What in {@code chain} is not permitted, or null if all of it is. An anchor at its end is trusted as it is.
     *
     * @param anchors that the trust manager accepts
     */
    @Nullable Breach find(X509Certificate[] chain, X509Certificate[] anchors) {
        int last = chain.length - 1;
        if (Arrays.asList(anchors).contains(chain[last])) {
            last--;
        }
        PublicKey issuerKey = null;
        for (int i = last; i >= 0; i--) {
            X509Certificate certificate = chain[i];
            if (!permitsSignature(certificate, issuerKey)) {
                return new Breach(certificate, certificate.getSigAlgName());
            }
            issuerKey = certificate.getPublicKey();
            Set<CryptoPrimitive> uses = uses(certificate);
            PublicKey key = issuerKey;
            if (!rules().allMatch(rule -> rule.permits(uses, key))) {
                return new Breach(certificate, key.getAlgorithm());
            }
        }
        return null;
    }

    private boolean permitsSignature(X509Certificate certificate, @Nullable PublicKey issuerKey) {
        String name = certificate.getSigAlgName();
        AlgorithmParameters parameters = parameters(certificate);
        return signatures.stream().anyMatch(accepted -> accepted.equalsIgnoreCase(withoutMask(name)))
                && rules().allMatch(rule -> issuerKey == null
                        ? rule.permits(SIGNATURE, name, parameters)
                        : rule.permits(SIGNATURE, name, issuerKey, parameters));
    }

    private Stream<AlgorithmConstraints> rules() {
        return Stream.of(chosen, DisabledAlgorithms.rules()).flatMap(Stream::ofNullable);
    }

    /** The name without the function that makes RSASSA-PSS's mask: SHA256withRSAandMGF1. */
    private static String withoutMask(String name) {
        int and = name.indexOf("and");
        return and > 0 ? name.substring(0, and) : name;
    }

    private static @Nullable AlgorithmParameters parameters(X509Certificate certificate) {
        byte[] encoded = certificate.getSigAlgParams();
        if (encoded == null || !certificate.getSigAlgName().equals(PSS)) {
            return null;
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance(PSS, OfPss.PROVIDER);
            parameters.init(encoded);
            return parameters;
        } catch (GeneralSecurityException | IOException unreadable) {
            throw new IllegalArgumentException("the parameters of " + PSS + " cannot be read", unreadable);
        }
    }

    private static Set<CryptoPrimitive> uses(X509Certificate certificate) {
        boolean[] keyUsage = certificate.getKeyUsage();
        EnumSet<CryptoPrimitive> uses = EnumSet.noneOf(CryptoPrimitive.class);
        for (int bit = 0; keyUsage != null && bit < USES.size(); bit++) {
            if (keyUsage[bit]) {
                uses.add(USES.get(bit));
            }
        }
        return uses.isEmpty() ? ANY_USE : uses;
    }

    /**
     * A breach of the rules.
     *
     * @param certificate that has it
     * @param algorithm of its signature or of its key
     */
    record Breach(X509Certificate certificate, String algorithm) {}
}
