package dev.akushu.tls.crypto;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.SignatureScheme;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.NamedParameterSpec;
import java.util.List;

/**
 * The cryptography of the JDK's own providers. They are asked for by name, so that a provider which an application puts
 * in front of them changes nothing here; whoever wants another one passes it explicitly with {@link Crypto#with}.
 *
 * <p>Everything that can be shared is made here, once. What the JCA keeps state in (Cipher, KeyPairGenerator,
 * KeyAgreement, Signature) has to be a new object for each use; these are made from the provider held here, which is a
 * look-up in that provider's table and no search through all providers. Out of reach are the searches that the JDK's own
 * classes make inside, such as that of its ML-KEM for SHA-3.
 */
final class JdkCrypto {
    private final Provider sun = installed("SUN");
    private final Provider sunEc = installed("SunEC");
    private final Provider sunJce = installed("SunJCE");
    private final Provider sunRsaSign = installed("SunRsaSign");

    private final EcCurve p256;
    private final EcCurve p384;
    private final EcCurve p521;

    private JdkCrypto() throws GeneralSecurityException {
        p256 = EcCurve.named("secp256r1", sunEc);
        p384 = EcCurve.named("secp384r1", sunEc);
        p521 = EcCurve.named("secp521r1", sunEc);
    }

    /** Looks the providers up and makes all algorithms from them. */
    static Crypto create() {
        try {
            JdkCrypto jdk = new JdkCrypto();
            return new Crypto(jdk.suites(), jdk.groups(), jdk.signatures(), new SecureRandom());
        } catch (GeneralSecurityException e) {
            throw new ProviderException("This Java runtime lacks an algorithm that every JDK 25 has", e);
        }
    }

    private static Provider installed(String name) {
        Provider provider = Security.getProvider(name);
        if (provider == null) {
            throw new ProviderException("The security provider " + name + " is not installed in this Java runtime");
        }
        return provider;
    }

    private List<SuiteCrypto> suites() throws GeneralSecurityException {
        HashAlgorithm sha256 = new JdkHash("SHA-256", 32, 64, sun);
        HashAlgorithm sha384 = new JdkHash("SHA-384", 48, 128, sun);
        return List.of(
                new SuiteCrypto(CipherSuite.TLS_AES_128_GCM_SHA256, JdkAeadAlgorithm.aesGcm(16, sunJce), sha256),
                new SuiteCrypto(CipherSuite.TLS_AES_256_GCM_SHA384, JdkAeadAlgorithm.aesGcm(32, sunJce), sha384),
                new SuiteCrypto(
                        CipherSuite.TLS_CHACHA20_POLY1305_SHA256, JdkAeadAlgorithm.chaCha20Poly1305(sunJce), sha256));
    }

    private List<KeyExchange> groups() throws GeneralSecurityException {
        KeyExchange x25519 = xdh(NamedGroup.X25519, NamedParameterSpec.X25519, 32);
        KeyExchange secp256r1 = ecdh(NamedGroup.SECP256R1, p256);
        KeyExchange secp384r1 = ecdh(NamedGroup.SECP384R1, p384);
        MlKem mlKem768 = MlKem.mlKem768(sunJce);
        MlKem mlKem1024 = MlKem.mlKem1024(sunJce);
        return List.of(
                Hybrid.kemFirst(NamedGroup.X25519_MLKEM768, mlKem768, x25519),
                Hybrid.classicalFirst(NamedGroup.SECP256R1_MLKEM768, secp256r1, mlKem768),
                Hybrid.classicalFirst(NamedGroup.SECP384R1_MLKEM1024, secp384r1, mlKem1024),
                x25519,
                secp256r1,
                secp384r1,
                ecdh(NamedGroup.SECP521R1, p521),
                xdh(NamedGroup.X448, NamedParameterSpec.X448, 56),
                ffdhe(NamedGroup.FFDHE2048, FfdheGroup.FFDHE2048),
                ffdhe(NamedGroup.FFDHE3072, FfdheGroup.FFDHE3072),
                ffdhe(NamedGroup.FFDHE4096, FfdheGroup.FFDHE4096),
                mlKem1024);
    }

    private KeyExchange xdh(NamedGroup group, NamedParameterSpec curve, int length) throws GeneralSecurityException {
        return new DiffieHellman(group, new XdhFormat(curve, length, sunEc), "XDH", "XDH", sunEc, false);
    }

    private KeyExchange ecdh(NamedGroup group, EcCurve curve) throws GeneralSecurityException {
        return new DiffieHellman(group, new EcFormat(curve, sunEc), "EC", "ECDH", sunEc, false);
    }

    private KeyExchange ffdhe(NamedGroup group, FfdheGroup field) throws GeneralSecurityException {
        return new DiffieHellman(group, new FfdheFormat(field, sunJce), "DH", "DH", sunJce, false);
    }

    private List<SignatureAlgorithm> signatures() throws GeneralSecurityException {
        return List.of(
                new EcdsaSignature(SignatureScheme.ECDSA_SECP256R1_SHA256, "SHA256withECDSA", p256, sunEc),
                new EcdsaSignature(SignatureScheme.ECDSA_SECP384R1_SHA384, "SHA384withECDSA", p384, sunEc),
                new EcdsaSignature(SignatureScheme.ECDSA_SECP521R1_SHA512, "SHA512withECDSA", p521, sunEc),
                new NamedKeySignature(SignatureScheme.ED25519, "EdDSA", "Ed25519", sunEc),
                new NamedKeySignature(SignatureScheme.ED448, "EdDSA", "Ed448", sunEc),
                RsaPssSignature.rsae(SignatureScheme.RSA_PSS_RSAE_SHA256, "SHA-256", 32, sunRsaSign),
                RsaPssSignature.rsae(SignatureScheme.RSA_PSS_RSAE_SHA384, "SHA-384", 48, sunRsaSign),
                RsaPssSignature.rsae(SignatureScheme.RSA_PSS_RSAE_SHA512, "SHA-512", 64, sunRsaSign),
                RsaPssSignature.pss(SignatureScheme.RSA_PSS_PSS_SHA256, "SHA-256", 32, sunRsaSign),
                RsaPssSignature.pss(SignatureScheme.RSA_PSS_PSS_SHA384, "SHA-384", 48, sunRsaSign),
                RsaPssSignature.pss(SignatureScheme.RSA_PSS_PSS_SHA512, "SHA-512", 64, sunRsaSign),
                new RsaPkcs1Signature(SignatureScheme.RSA_PKCS1_SHA256, "SHA256withRSA", sunRsaSign),
                new RsaPkcs1Signature(SignatureScheme.RSA_PKCS1_SHA384, "SHA384withRSA", sunRsaSign),
                new RsaPkcs1Signature(SignatureScheme.RSA_PKCS1_SHA512, "SHA512withRSA", sunRsaSign),
                new NamedKeySignature(SignatureScheme.MLDSA44, "ML-DSA", "ML-DSA-44", sun),
                new NamedKeySignature(SignatureScheme.MLDSA65, "ML-DSA", "ML-DSA-65", sun),
                new NamedKeySignature(SignatureScheme.MLDSA87, "ML-DSA", "ML-DSA-87", sun));
    }
}
