package dev.akushu.curves;

import java.nio.ByteBuffer;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** ECDSA on P-256 and P-384 as a Signature. */
final class EcdsaSignature extends PlainSignature {
    private final String hash;
    private final boolean isDer;
    private final KnownKeys known;
    private final MessageDigest digest;
    private @Nullable EcdsaCurve curve;
    private @Nullable EcdsaVerifier verifier;
    /** Its scalar is taken out for each signature, and wiped after it. */
    private @Nullable PrivateKey privateKey;

    /**
     * @param hash SHA224, SHA256, SHA384 or SHA512
     * @param isDer whether signatures are DER; else r and s in fixed length
     * @param known where public keys that verify again are prepared
     */
    EcdsaSignature(String hash, boolean isDer, KnownKeys known) {
        this.hash = hash;
        this.isDer = isDer;
        this.known = known;
        try {
            this.digest = MessageDigest.getInstance(hash.replace("SHA", "SHA-"));
        } catch (NoSuchAlgorithmException e) {
            throw new ProviderException("The JDK has no " + hash, e);
        }
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
        if (!(key instanceof ECPublicKey ec)) {
            throw new InvalidKeyException("No public EC key");
        }
        forget();
        EcdsaCurve newCurve = EcKeys.curve(ec);
        verifier = known.verifier(EcKeys.point(ec, newCurve))
                .orElseThrow(() -> new InvalidKeyException("The point is not on the curve"));
        curve = newCurve;
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
        forget();
        EcKeys.Secret own = EcKeys.secret(key);
        Arrays.fill(own.scalar(), (byte) 0);
        curve = own.curve();
        privateKey = key;
    }

    private void forget() {
        privateKey = null;
        verifier = null;
        curve = null;
        digest.reset();
    }

    @Override
    protected void engineUpdate(byte octet) {
        digest.update(octet);
    }

    @Override
    protected void engineUpdate(byte[] octets, int offset, int length) {
        digest.update(octets, offset, length);
    }

    @Override
    protected void engineUpdate(ByteBuffer octets) {
        digest.update(octets);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        PrivateKey key = privateKey;
        byte[] hashed = digest.digest();
        if (key == null) {
            throw new SignatureException("There is no private key");
        }
        EcKeys.Secret own = secret(key);
        try {
            byte[] signature = new byte[2 * own.curve().length()];
            own.curve().sign(own.scalar(), hash, hashed, DefaultRandom.unless(appRandom), signature);
            return isDer ? EcdsaDer.encode(signature) : signature;
        } finally {
            Arrays.fill(own.scalar(), (byte) 0);
        }
    }

    private static EcKeys.Secret secret(PrivateKey key) throws SignatureException {
        try {
            return EcKeys.secret(key);
        } catch (InvalidKeyException e) {
            throw new SignatureException("The private key has changed", e);
        }
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
        return engineVerify(signature, 0, signature.length);
    }

    @Override
    protected boolean engineVerify(byte[] signature, int offset, int length) throws SignatureException {
        EcdsaVerifier by = verifier;
        EcdsaCurve ofKey = curve;
        byte[] hashed = digest.digest();
        if (by == null || ofKey == null) {
            throw new SignatureException("There is no public key");
        }
        byte[] rs = new byte[2 * ofKey.length()];
        if (isDer) {
            return EcdsaDer.decode(signature, offset, length, rs) && by.verify(hashed, rs, 0);
        }
        return length == rs.length && by.verify(hashed, signature, offset);
    }

    /** Certificates may name the key's curve once more. */
    @Override
    protected void engineSetParameter(@Nullable AlgorithmParameterSpec parameters)
            throws InvalidAlgorithmParameterException {
        boolean isCurve =
                parameters instanceof ECParameterSpec ec && EcdsaCurve.of(ec).equals(Optional.ofNullable(curve));
        if (!isCurve) {
            super.engineSetParameter(parameters);
        }
    }
}
