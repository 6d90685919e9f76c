package dev.akushu.tls.crypto;

import dev.akushu.curves.AkushuCurves;
import dev.akushu.curves.KnownKeys;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.SignatureScheme;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;

/**
 * Akushu's own curves in the place of the JDK's. All of a JVM have one memory of public keys met before, which verify faster: the keys of certification authorities, which every client
 * meets anew.
 *
 * <p>Sharing it gives a peer no power over a verdict. It holds public keys alone, {@link KnownKeys#KEYS} at most, some 3 MB; a key is compared in full, so none is taken for another; where one lies depends
 * on random numbers, so nobody can aim at the place of another. Whoever presents many keys can drive others out, and whoever measures how long a verification takes can guess whether this JVM
 * has met that key before, as a client or as a server: the key of a site that it talks to, for instance. Who must not tell that uses {@code Crypto.jdk()} for the one or the other.
 */
final class OwnCurves {
    /** Shared by all in this JVM. */
    static final KnownKeys KNOWN_KEYS = new KnownKeys();

    private static final Provider CURVES = new AkushuCurves(KNOWN_KEYS);

    private OwnCurves() {}

    static Crypto over(Crypto jdk) {
        Origin origin = Origin.of(CURVES);
        KeyExchange x25519 = CurveExchange.x25519(origin);
        KeyExchange secp256r1 = CurveExchange.secp256r1(origin);
        KeyExchange secp384r1 = CurveExchange.secp384r1(origin);
        try {
            Provider sunEc = Security.getProvider("SunEC");
            Provider sunJce = Security.getProvider("SunJCE");
            MlKem mlKem768 = MlKem.mlKem768(sunJce);
            MlKem mlKem1024 = MlKem.mlKem1024(sunJce);
            return jdk.with(Hybrid.kemFirst(NamedGroup.X25519_MLKEM768, mlKem768, x25519))
                    .with(Hybrid.classicalFirst(NamedGroup.SECP256R1_MLKEM768, secp256r1, mlKem768))
                    .with(Hybrid.classicalFirst(NamedGroup.SECP384R1_MLKEM1024, secp384r1, mlKem1024))
                    .with(x25519)
                    .with(secp256r1)
                    .with(secp384r1)
                    .with(new EcdsaSignature(
                            SignatureScheme.ECDSA_SECP256R1_SHA256,
                            "SHA256withECDSA",
                            EcCurve.named("secp256r1", sunEc),
                            CURVES))
                    .with(new EcdsaSignature(
                            SignatureScheme.ECDSA_SECP384R1_SHA384,
                            "SHA384withECDSA",
                            EcCurve.named("secp384r1", sunEc),
                            CURVES))
                    .with(new NamedKeySignature(SignatureScheme.ED25519, "EdDSA", "Ed25519", CURVES));
        } catch (GeneralSecurityException e) {
            throw new ProviderException("This Java runtime lacks an algorithm that every JDK 25 has", e);
        }
    }
}
