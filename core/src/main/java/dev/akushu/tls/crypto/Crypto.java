package dev.akushu.tls.crypto;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.Kdf;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.SignatureScheme;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What cryptography a configuration has: always passed explicitly, overridable primitive by primitive. What of it is used, and in which order, is the
 * policy's to say. Immutable and safe for use by many threads; {@code random} must be too.
 *
 * @param suites the cipher suites
 * @param groups the key exchanges
 * @param signatures the signature schemes
 * @param random the source of randomness; key pairs of an {@link Accelerator}, and nonces and salts of signatures that it or the JDK makes, come from theirs
 * @param foregone the accelerators that {@link #fastest} has to do without, and why
 */
public record Crypto(
        List<SuiteCrypto> suites,
        List<KeyExchange> groups,
        List<SignatureAlgorithm> signatures,
        SecureRandom random,
        List<Diagnosis> foregone) {
    /** Copies the lists. */
    public Crypto {
        suites = List.copyOf(suites);
        groups = List.copyOf(groups);
        signatures = List.copyOf(signatures);
        foregone = List.copyOf(foregone);
    }

    /** Cryptography that does without nothing. */
    public Crypto(
            List<SuiteCrypto> suites,
            List<KeyExchange> groups,
            List<SignatureAlgorithm> signatures,
            SecureRandom random) {
        this(suites, groups, signatures, random, List.of());
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

    /**
     * As {@link #ownCurves}, with each primitive from the accelerators given that one of them is faster at: {@code Crypto.accelerated(Accelerator.accp(), Accelerator.conscrypt())}. Which that
     * is, stands in {@code docs/crypto.md}, with the measurements. Private keys that do not leave their device stay with their provider.
     */
    public static Crypto accelerated(Accelerator... accelerators) {
        return Fastest.of(ownCurves(), List.of(accelerators));
    }

    /**
     * As {@link #accelerated} with all accelerators that are there and work; with none of them, {@link #ownCurves}. {@link #foregone} and {@link #toString} say what is not used, and why.
     * Loads native code, and tests it, which takes some tenths of a second at first.
     */
    public static Crypto fastest() {
        return Fastest.present();
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
        return new Crypto(suites, replace(groups, replacement, KeyExchange::group), signatures, random, foregone);
    }

    /** The same with {@code replacement} in the place of its suite, or added at the end. */
    public Crypto with(SuiteCrypto replacement) {
        return new Crypto(replace(suites, replacement, SuiteCrypto::suite), groups, signatures, random, foregone);
    }

    /** The same with {@code replacement} in the place of the algorithm for its scheme, or added at the end. */
    public Crypto with(SignatureAlgorithm replacement) {
        return new Crypto(
                suites, groups, replace(signatures, replacement, SignatureAlgorithm::scheme), random, foregone);
    }

    /**
     * The same, but another thread makes key pairs ahead, {@code most} of each group in use: a handshake then finds one, and answers some 20 microseconds
     * sooner with X25519 of our own. What is made ahead costs as much as what is made at need, on another core if there is one, and where none is left, a handshake makes its own. To be called last: a key exchange that {@link #with(KeyExchange)} brings afterwards makes none ahead, and another randomness is for pairs that are not made yet.
     *
     * <p>Private keys lie in memory for longer by that, until a handshake comes: whoever reads the memory of the process can read as many handshakes to come. Not for
     * a process whose memory is copied to start others (a snapshot of a virtual machine, CRaC): they would use the same keys.
     *
     * @param most from 1; as many as handshakes come at once
     */
    public Crypto withKeysAhead(int most) {
        return KeysAhead.in(this, most);
    }

    /** The same with another source of randomness. */
    public Crypto withRandom(SecureRandom source) {
        return new Crypto(suites, groups, signatures, source, foregone);
    }

    /** Which primitive is whose, and what is not used and why: in English, for logs. */
    @Override
    public String toString() {
        Stream<String> records = suites.stream().map(suite -> suite.suite() + " by " + join(suite.origins()));
        Stream<String> keys = groups.stream().map(group -> group.group() + " by " + join(group.origins()));
        Stream<String> signing = signatures.stream()
                .map(scheme -> scheme.scheme() + " by " + join(List.of(scheme.signs(), scheme.verifies())));
        Stream<String> without = foregone.stream().map(reason -> "without: " + reason.cause(Locale.ENGLISH));
        return Stream.of(records, keys, signing, without)
                .flatMap(Function.identity())
                .collect(Collectors.joining(", ", "Crypto[", "]"));
    }

    private static String join(List<Origin> origins) {
        return origins.stream().distinct().map(Origin::toString).collect(Collectors.joining(" and "));
    }

    private static <T, C> @Nullable T find(List<T> all, C code, Function<T, C> codeOf) {
        // By index: an iterator is an object, and each handshake asks several times.
        for (int i = 0; i < all.size(); i++) {
            if (codeOf.apply(all.get(i)).equals(code)) {
                return all.get(i);
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
