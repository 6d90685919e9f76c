package dev.akushu.tls.crypto;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NamedGroup;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import javax.crypto.KeyAgreement;
import javax.security.auth.DestroyFailedException;
import org.jspecify.annotations.Nullable;

/** A Diffie-Hellman group of a security provider, over a finite field or an elliptic curve. RFC 9846 section 7.4. */
final class DiffieHellman implements KeyExchange {
    private final NamedGroup group;
    private final ShareFormat format;
    private final String keyAlgorithm;
    private final String agreementAlgorithm;
    private final Provider provider;
    private final boolean wipes;

    /**
     * @param wipes whether the provider can wipe its private keys
     */
    DiffieHellman(
            NamedGroup group,
            ShareFormat format,
            String keyAlgorithm,
            String agreementAlgorithm,
            Provider provider,
            boolean wipes)
            throws GeneralSecurityException {
        this.group = group;
        this.format = format;
        this.keyAlgorithm = keyAlgorithm;
        this.agreementAlgorithm = agreementAlgorithm;
        this.provider = provider;
        this.wipes = wipes;
        Services.require("KeyPairGenerator", keyAlgorithm, provider);
        Services.require("KeyAgreement", agreementAlgorithm, provider);
    }

    @Override
    public NamedGroup group() {
        return group;
    }

    @Override
    public int clientShareLength() {
        return format.length();
    }

    @Override
    public List<Origin> origins() {
        return List.of(Origin.of(provider));
    }

    @Override
    public ClientShare generate(SecureRandom random) {
        return new OwnShare(newKeyPair(random));
    }

    @Override
    public ServerShare respond(Bytes clientShare, SecureRandom random) throws BadKeyShareException {
        // Decoded first: a bad share must not cost a key pair.
        PublicKey peer = format.decode(clientShare);
        KeyPair own = newKeyPair(random);
        PrivateKey key = own.getPrivate();
        try {
            return new ServerShare(format.encode(own.getPublic()), agree(key, peer));
        } finally {
            wipe(key);
        }
    }

    /** The common secret of {@code own} and the key that {@code share} stands for. */
    byte[] agree(PrivateKey own, Bytes share) throws BadKeyShareException {
        return agree(own, format.decode(share));
    }

    /**
     * The JDK pads the secret of a finite field to the length of the prime (RFC 9846 section 7.4.1) and an x-coordinate
     * to that of the field (section 7.4.2), and refuses an all-zero result of X25519 and X448.
     */
    private byte[] agree(PrivateKey own, PublicKey peer) throws BadKeyShareException {
        KeyAgreement agreement = newAgreement(own);
        try {
            agreement.doPhase(peer, true);
        } catch (InvalidKeyException e) {
            throw new BadKeyShareException("no secret comes of the share: " + e.getMessage(), e);
        }
        byte[] secret = agreement.generateSecret();
        // RFC 9846 7.4.2: an all-zero result MUST be refused, whatever the provider thinks of it.
        if (keyAlgorithm.equals("XDH") && isAllZero(secret)) {
            throw new BadKeyShareException("no secret comes of the share: the point has a small order");
        }
        return secret;
    }

    private static boolean isAllZero(byte[] secret) {
        int bits = 0;
        for (byte octet : secret) {
            bits |= octet;
        }
        return bits == 0;
    }

    private KeyAgreement newAgreement(PrivateKey own) {
        try {
            KeyAgreement agreement = newAgreement();
            agreement.init(own);
            return agreement;
        } catch (GeneralSecurityException e) {
            throw new ProviderException(group + " cannot be agreed on with a key of its own", e);
        }
    }

    private KeyPair newKeyPair(SecureRandom random) {
        try {
            KeyPairGenerator generator = newGenerator();
            AlgorithmParameterSpec parameters = format.parameters();
            if (parameters != null) {
                generator.initialize(parameters, random);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new ProviderException(group + " was there when its provider was looked up", e);
        }
    }

    /** Where the provider can: the JDK's private keys of these groups are left to the garbage collector. */
    private void wipe(PrivateKey key) {
        if (!wipes) {
            return;
        }
        try {
            key.destroy();
        } catch (DestroyFailedException e) {
            throw new ProviderException(provider.getName() + " can wipe keys of " + group, e);
        }
    }

    @Override
    public String toString() {
        return group + " by " + provider.getName();
    }

    private KeyPairGenerator newGenerator() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(keyAlgorithm, provider);
    }

    private KeyAgreement newAgreement() throws GeneralSecurityException {
        return KeyAgreement.getInstance(agreementAlgorithm, provider);
    }

    private final class OwnShare implements ClientShare {
        private final Bytes share;
        private @Nullable PrivateKey privateKey;

        OwnShare(KeyPair pair) {
            this.share = format.encode(pair.getPublic());
            this.privateKey = pair.getPrivate();
        }

        @Override
        public NamedGroup group() {
            return group;
        }

        @Override
        public Bytes share() {
            return share;
        }

        @Override
        public byte[] agree(Bytes serverShare) throws BadKeyShareException {
            PrivateKey own = privateKey;
            if (own == null) {
                throw new IllegalStateException("The share is destroyed");
            }
            return DiffieHellman.this.agree(own, serverShare);
        }

        @Override
        public void destroy() {
            PrivateKey own = privateKey;
            privateKey = null;
            if (own != null) {
                wipe(own);
            }
        }
    }
}
