package dev.akushu.tls.crypto;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.Kdf;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.SignatureScheme;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What cryptography a configuration has: always passed explicitly, overridable primitive by primitive. What of it is used, and in which order, is the
 * policy's to say. Immutable and safe for use by many threads; {@code random} must be too.
 *
 * @param suites the cipher suites
 * @param groups the key exchanges
 * @param signatures the signature schemes
 * @param random the source of all randomness
 */
public record Crypto(
        List<SuiteCrypto> suites, List<KeyExchange> groups, List<SignatureAlgorithm> signatures, SecureRandom random) {
    /** Copies the lists. */
    public Crypto {
        suites = List.copyOf(suites);
        groups = List.copyOf(groups);
        signatures = List.copyOf(signatures);
    }

    /** The JDK's own cryptography and nothing else, for whoever may use no other; its providers are looked up once, here. */
    public static Crypto jdk() {
        return JdkCrypto.create();
    }

    /**
     * What clients and servers have unless told otherwise: Akushu's own X25519, P-256, P-384 and Ed25519, and the JDK's for all else. Several times faster than the
     * JDK's curves; private keys that do not leave their device stay with their provider.
     */
    public static Crypto ownCurves() {
        return OwnCurves.over(jdk());
    }

    /** The parts of {@code suite}, or null if it is not implemented. */
    public @Nullable SuiteCrypto suite(CipherSuite suite) {
        return find(suites, suite, SuiteCrypto::suite);
    }

    /** The hash of {@code kdf}, as one of the suites has it, or null if none does. */
    public @Nullable HashAlgorithm hash(Kdf kdf) {
        for (SuiteCrypto suite : suites) {
            if (suite.hash().name().equals(kdf.hash())) {
                return suite.hash();
            }
        }
        return null;
    }

    /** The key exchange for {@code group}, or null if it is not implemented. */
    public @Nullable KeyExchange group(NamedGroup group) {
        return find(groups, group, KeyExchange::group);
    }

    /** The algorithm for {@code scheme}, or null if it is not implemented. */
    public @Nullable SignatureAlgorithm signature(SignatureScheme scheme) {
        return find(signatures, scheme, SignatureAlgorithm::scheme);
    }

    /** The same with {@code replacement} in the place of the key exchange for its group, or added at the end. */
    public Crypto with(KeyExchange replacement) {
        return new Crypto(suites, replace(groups, replacement, KeyExchange::group), signatures, random);
    }

    /** The same with {@code replacement} in the place of its suite, or added at the end. */
    public Crypto with(SuiteCrypto replacement) {
        return new Crypto(replace(suites, replacement, SuiteCrypto::suite), groups, signatures, random);
    }

    /** The same with {@code replacement} in the place of the algorithm for its scheme, or added at the end. */
    public Crypto with(SignatureAlgorithm replacement) {
        return new Crypto(suites, groups, replace(signatures, replacement, SignatureAlgorithm::scheme), random);
    }

    /** The same with another source of randomness. */
    public Crypto withRandom(SecureRandom source) {
        return new Crypto(suites, groups, signatures, source);
    }

    private static <T, C> @Nullable T find(List<T> all, C code, Function<T, C> codeOf) {
        for (T one : all) {
            if (codeOf.apply(one).equals(code)) {
                return one;
            }
        }
        return null;
    }

    private static <T, C> List<T> replace(List<T> all, T replacement, Function<T, C> codeOf) {
        C code = codeOf.apply(replacement);
        if (find(all, code, codeOf) == null) {
            return Stream.concat(all.stream(), Stream.of(replacement)).toList();
        }
        List<T> replaced = new ArrayList<>(all);
        replaced.replaceAll(one -> codeOf.apply(one).equals(code) ? replacement : one);
        return replaced;
    }
}
