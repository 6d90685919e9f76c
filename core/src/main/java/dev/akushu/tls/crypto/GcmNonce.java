package dev.akushu.tls.crypto;

import java.security.spec.AlgorithmParameterSpec;
import java.util.function.Function;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The parameters of AES-GCM, the same object for one nonce after the other, since a cipher reads them when it is initialized and never
 * again. Belongs to one cipher.
 */
final class GcmNonce extends GCMParameterSpec implements Function<byte[], AlgorithmParameterSpec> {
    private byte[] nonce = new byte[0];

    GcmNonce() {
        super(AeadAlgorithm.TAG_LENGTH * Byte.SIZE, new byte[0]);
    }

    @Override
    public AlgorithmParameterSpec apply(byte[] next) {
        nonce = next;
        return this;
    }

    /** A copy, which the cipher keeps to compare the next one with. */
    @Override
    public byte[] getIV() {
        return nonce.clone();
    }
}
