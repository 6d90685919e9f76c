package dev.akushu.tls.identity;

import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.SignatureAlgorithm;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SignatureException;
import java.util.List;

/** A scheme that notes what it verifies. */
record NotedSignatures(SignatureAlgorithm algorithm, List<SignatureScheme> verified) implements SignatureAlgorithm {
    /** {@code crypto} with all its schemes noting. */
    static Crypto in(Crypto crypto, List<SignatureScheme> verified) {
        Crypto all = crypto;
        for (SignatureAlgorithm algorithm : crypto.signatures()) {
            all = all.with(new NotedSignatures(algorithm, verified));
        }
        return all;
    }

    @Override
    public SignatureScheme scheme() {
        return algorithm.scheme();
    }

    @Override
    public byte[] sign(PrivateKey key, byte[] content) throws InvalidKeyException, SignatureException {
        return algorithm.sign(key, content);
    }

    @Override
    public boolean verify(PublicKey key, byte[] content, byte[] signature) throws InvalidKeyException {
        boolean isGenuine = algorithm.verify(key, content, signature);
        verified.add(scheme());
        return isGenuine;
    }

    @Override
    public boolean verify(PublicKey key, String hash, byte[] content, byte[] signature) throws InvalidKeyException {
        boolean isGenuine = algorithm.verify(key, hash, content, signature);
        verified.add(scheme());
        return isGenuine;
    }
}
