package dev.akushu.tls.crypto;

import dev.akushu.tls.SignatureScheme;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;

/**
 * RSASSA-PSS as RFC 9846 section 4.3.3 fixes it: MGF1 with the hash that is signed, a salt as long as that hash. The
 * type of the key, rsaEncryption or RSASSA-PSS, belongs to the scheme.
 */
final class RsaPssSignature extends JdkSignature {
    private static final String ALGORITHM = "RSASSA-PSS";

    private final String keyAlgorithm;
    private final PSSParameterSpec parameters;

    private RsaPssSignature(SignatureScheme scheme, String keyAlgorithm, String hash, int hashLength, Provider provider)
            throws GeneralSecurityException {
        super(scheme, ALGORITHM, provider);
        this.keyAlgorithm = keyAlgorithm;
        this.parameters = new PSSParameterSpec(
                hash, "MGF1", new MGF1ParameterSpec(hash), hashLength, PSSParameterSpec.TRAILER_FIELD_BC);
    }

    /** For keys of type rsaEncryption. */
    static RsaPssSignature rsae(SignatureScheme scheme, String hash, int hashLength, Provider provider)
            throws GeneralSecurityException {
        return new RsaPssSignature(scheme, "RSA", hash, hashLength, provider);
    }

    /** For keys of type RSASSA-PSS. */
    static RsaPssSignature pss(SignatureScheme scheme, String hash, int hashLength, Provider provider)
            throws GeneralSecurityException {
        return new RsaPssSignature(scheme, "RSASSA-PSS", hash, hashLength, provider);
    }

    @Override
    void checkKey(Key key) throws InvalidKeyException {
        if (!key.getAlgorithm().equals(keyAlgorithm)) {
            throw new InvalidKeyException(
                    scheme() + " needs a key of type " + keyAlgorithm + ", not " + key.getAlgorithm());
        }
        // RFC 9846 section 4.3.3: parameters of the key, if present, MUST be identical to those of the signature.
        if (key instanceof RSAKey rsa && rsa.getParams() != null && !isSame(rsa.getParams())) {
            throw new InvalidKeyException("The parameters in the key do not allow " + scheme());
        }
    }

    @Override
    void configure(Signature signature) throws InvalidAlgorithmParameterException {
        signature.setParameter(parameters);
    }

    private boolean isSame(AlgorithmParameterSpec ofKey) {
        return ofKey instanceof PSSParameterSpec pss
                && isSameHash(pss.getDigestAlgorithm())
                && pss.getMGFAlgorithm().equals("MGF1")
                && pss.getMGFParameters() instanceof MGF1ParameterSpec mgf1
                && isSameHash(mgf1.getDigestAlgorithm())
                && pss.getSaltLength() == parameters.getSaltLength()
                && pss.getTrailerField() == parameters.getTrailerField();
    }

    /** Providers write SHA-256 with and without its hyphen. */
    private boolean isSameHash(String name) {
        return withoutHyphen(name).equals(withoutHyphen(parameters.getDigestAlgorithm()));
    }

    private static String withoutHyphen(String hash) {
        return hash.replace("-", "").toUpperCase(Locale.ROOT);
    }
}
