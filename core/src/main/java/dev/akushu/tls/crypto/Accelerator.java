package dev.akushu.tls.crypto;

import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A native library of cryptography, through its security provider: Amazon Corretto Crypto Provider or Conscrypt. Akushu brings neither: the jar is the application's. The provider need not
 * be installed, and is not. Key pairs are drawn from the library's own generator, not from {@link Crypto#random}. Immutable and safe for use by many threads.
 */
public final class Accelerator {
    /** Which libraries there are. */
    enum Library {
        ACCP("Amazon Corretto Crypto Provider", "software.amazon.cryptools:AmazonCorrettoCryptoProvider"),
        CONSCRYPT("Conscrypt", "org.conscrypt:conscrypt-openjdk-uber");

        private final String title;
        private final String artifact;

        Library(String title, String artifact) {
            this.title = title;
            this.artifact = artifact;
        }
    }

    /** Those that passed their test; a library that did not is tried again when it is asked for again. */
    private static final Map<Library, Accelerator> PASSED = new ConcurrentHashMap<>();

    private final Library library;
    private final Origin origin;
    private final List<KeyExchange> groups;
    private final List<SignatureAlgorithm> signatures;

    private Accelerator(
            Library library, Provider provider, List<KeyExchange> groups, List<SignatureAlgorithm> signatures) {
        this.library = library;
        this.origin = Origin.of(provider);
        this.groups = groups;
        this.signatures = signatures;
    }

    /**
     * Amazon Corretto Crypto Provider, {@code software.amazon.cryptools:AmazonCorrettoCryptoProvider}: P-256, P-384, P-521, Ed25519 and RSA. Loads and tests it if that has not been done
     * yet.
     *
     * @throws TlsException {@link Problem#ACCELERATOR_ABSENT}, {@link Problem#ACCELERATOR_UNUSABLE} or {@link Problem#ACCELERATOR_WRONG}
     */
    public static Accelerator accp() throws TlsException {
        return load(Library.ACCP, () -> accp(AccpLoader.load()));
    }

    /**
     * Conscrypt, {@code org.conscrypt:conscrypt-openjdk-uber}: X25519, P-256, P-384, P-521 and Ed25519. Loads and tests it if that has not been done yet.
     *
     * @throws TlsException {@link Problem#ACCELERATOR_ABSENT}, {@link Problem#ACCELERATOR_UNUSABLE} or {@link Problem#ACCELERATOR_WRONG}
     */
    public static Accelerator conscrypt() throws TlsException {
        return load(Library.CONSCRYPT, () -> conscrypt(ConscryptLoader.load()));
    }

    /** Its provider's name, and its version. */
    public Origin origin() {
        return origin;
    }

    /** The key exchanges that it has, also those at which it is not the fastest. */
    public List<KeyExchange> groups() {
        return groups;
    }

    /** The signature schemes that it has, also those at which it is not the fastest. */
    public List<SignatureAlgorithm> signatures() {
        return signatures;
    }

    Library library() {
        return library;
    }

    @Override
    public String toString() {
        return origin.toString();
    }

    private interface Loading {
        Accelerator load() throws TlsException, GeneralSecurityException;
    }

    private static Accelerator load(Library library, Loading loading) throws TlsException {
        Accelerator passed = PASSED.get(library);
        if (passed != null) {
            return passed;
        }
        try {
            // Two threads may both test it at first: that costs time, and no lock.
            passed = SelfTest.passed(loading.load());
            PASSED.put(library, passed);
            return passed;
        } catch (NoClassDefFoundError missing) {
            throw missing.getCause() instanceof ClassNotFoundException
                    ? Problem.ACCELERATOR_ABSENT.causedBy(missing, library.title, library.artifact)
                    : unusable(library, missing);
        } catch (LinkageError | RuntimeException | GeneralSecurityException unusable) {
            throw unusable(library, unusable);
        }
    }

    private static TlsException unusable(Library library, Throwable thrown) {
        String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        String reason = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
        return Problem.ACCELERATOR_UNUSABLE.causedBy(thrown, library.title, machine, reason);
    }

    /** All that Amazon Corretto Crypto Provider has of what TLS 1.3 needs; untested. */
    static Accelerator accp(Provider accp) throws GeneralSecurityException {
        return new Accelerator(
                Library.ACCP,
                accp,
                // Its destroy() leaves the native key of a generated pair alone, until both halves are collected.
                curves(accp, false),
                List.of(
                        ecdsa(SignatureScheme.ECDSA_SECP256R1_SHA256, "SHA256withECDSA", "secp256r1", accp),
                        ecdsa(SignatureScheme.ECDSA_SECP384R1_SHA384, "SHA384withECDSA", "secp384r1", accp),
                        ecdsa(SignatureScheme.ECDSA_SECP521R1_SHA512, "SHA512withECDSA", "secp521r1", accp),
                        new NamedKeySignature(SignatureScheme.ED25519, "EdDSA", "Ed25519", accp),
                        RsaPssSignature.rsae(SignatureScheme.RSA_PSS_RSAE_SHA256, "SHA-256", 32, accp),
                        RsaPssSignature.rsae(SignatureScheme.RSA_PSS_RSAE_SHA384, "SHA-384", 48, accp),
                        RsaPssSignature.rsae(SignatureScheme.RSA_PSS_RSAE_SHA512, "SHA-512", 64, accp),
                        new RsaPkcs1Signature(SignatureScheme.RSA_PKCS1_SHA256, "SHA256withRSA", accp),
                        new RsaPkcs1Signature(SignatureScheme.RSA_PKCS1_SHA384, "SHA384withRSA", accp),
                        new RsaPkcs1Signature(SignatureScheme.RSA_PKCS1_SHA512, "SHA512withRSA", accp)));
    }

    /** All that Conscrypt has of what TLS 1.3 needs and that may be worth having; untested. */
    static Accelerator conscrypt(Provider conscrypt) throws GeneralSecurityException {
        KeyExchange x25519 =
                new DiffieHellman(NamedGroup.X25519, SpkiFormat.x25519(conscrypt), "XDH", "XDH", conscrypt, true);
        return new Accelerator(
                Library.CONSCRYPT,
                conscrypt,
                Stream.concat(Stream.of(x25519), curves(conscrypt, false).stream())
                        .toList(),
                List.of(
                        ecdsa(SignatureScheme.ECDSA_SECP256R1_SHA256, "SHA256withECDSA", "secp256r1", conscrypt),
                        ecdsa(SignatureScheme.ECDSA_SECP384R1_SHA384, "SHA384withECDSA", "secp384r1", conscrypt),
                        ecdsa(SignatureScheme.ECDSA_SECP521R1_SHA512, "SHA512withECDSA", "secp521r1", conscrypt),
                        new NamedKeySignature(SignatureScheme.ED25519, "EdDSA", "Ed25519", conscrypt)));
    }

    /** NIST's curves; {@code wipes} is whether the provider can wipe their private keys. */
    private static List<KeyExchange> curves(Provider provider, boolean wipes) throws GeneralSecurityException {
        return List.of(
                ecdh(NamedGroup.SECP256R1, SpkiFormat.secp256r1(provider), provider, wipes),
                ecdh(NamedGroup.SECP384R1, SpkiFormat.secp384r1(provider), provider, wipes),
                ecdh(NamedGroup.SECP521R1, SpkiFormat.secp521r1(provider), provider, wipes));
    }

    private static KeyExchange ecdh(NamedGroup group, ShareFormat format, Provider provider, boolean wipes)
            throws GeneralSecurityException {
        return new DiffieHellman(group, format, "EC", "ECDH", provider, wipes);
    }

    private static SignatureAlgorithm ecdsa(SignatureScheme scheme, String algorithm, String curve, Provider provider)
            throws GeneralSecurityException {
        Provider sunEc = Security.getProvider("SunEC");
        if (sunEc == null) {
            throw new NoSuchAlgorithmException("the security provider SunEC is not installed");
        }
        return new EcdsaSignature(scheme, algorithm, EcCurve.named(curve, sunEc), provider);
    }
}
