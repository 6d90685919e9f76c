package dev.akushu.bench;

import dev.akushu.curves.P256;
import dev.akushu.curves.P384;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * What makes a signature's nonce short, found by trying: a few bits known of the nonces of some hundreds of signatures are enough for the key (Moghimi et al., "TPM-FAIL", 2020; Jancar et al., "Minerva", 2020), so a
 * signature's time must not tell how long its nonce is.
 */
final class ShortNonces {
    /** How many bits fewer than the order has: one nonce of 2^14 is that short. */
    static final int MISSING_BITS = 14;

    /** A key like any other, of 32 octets. */
    static final byte[] KEY = sha("SHA-256", "a key like any other".getBytes(StandardCharsets.UTF_8));

    private static final BigInteger N256 =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final BigInteger N384 = new BigInteger(
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973", 16);
    private static final BigInteger N25519 =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private ShortNonces() {}

    /** Octets that are given to the nonce of ECDSA on P-256, for {@link #KEY} and {@code digest}. */
    static byte[] p256(byte[] digest) {
        Given given = new Given();
        byte[] signature = new byte[P256.SIGNATURE_LENGTH];
        return find(octets -> {
            P256.sign(KEY, "SHA256", digest, given.octets(octets), signature, 0);
            return nonce(signature, KEY, Arrays.copyOf(digest, 32), N256).bitLength() <= 256 - MISSING_BITS;
        });
    }

    /** The same on P-384, whose key is {@code key}. */
    static byte[] p384(byte[] key, byte[] digest) {
        Given given = new Given();
        byte[] signature = new byte[P384.SIGNATURE_LENGTH];
        return find(octets -> {
            P384.sign(key, "SHA384", digest, given.octets(octets), signature, 0);
            return nonce(signature, key, digest, N384).bitLength() <= 384 - MISSING_BITS;
        });
    }

    /** A message to sign by Ed25519 with {@link #KEY}. RFC 8032 section 5.1.6, steps 1 and 2. */
    static byte[] ed25519() {
        byte[] expanded = sha("SHA-512", KEY);
        byte[] input = Arrays.copyOfRange(expanded, 32, 96);
        return find(octets -> {
            System.arraycopy(octets, 0, input, 32, 32);
            byte[] hash = sha("SHA-512", input);
            for (int i = 0; i < 32; i++) {
                byte swapped = hash[i];
                hash[i] = hash[63 - i];
                hash[63 - i] = swapped;
            }
            return new BigInteger(1, hash).mod(N25519).bitLength() <= 253 - MISSING_BITS;
        });
    }

    /** Whether octets are what is looked for. */
    private interface Candidate {
        boolean isShort(byte[] octets);
    }

    private static byte[] find(Candidate candidate) {
        for (int i = 0; i < 64 << MISSING_BITS; i++) {
            byte[] octets = sha("SHA-256", ByteBuffer.allocate(4).putInt(i).array());
            if (candidate.isShort(octets)) {
                return octets;
            }
        }
        throw new IllegalStateException("no short nonce was found");
    }

    /** s = (z + r d) / k modulo n, for k. */
    private static BigInteger nonce(byte[] signature, byte[] key, byte[] digest, BigInteger n) {
        int half = signature.length / 2;
        BigInteger r = new BigInteger(1, signature, 0, half);
        BigInteger s = new BigInteger(1, signature, half, half);
        return s.modInverse(n)
                .multiply(new BigInteger(1, digest).add(r.multiply(new BigInteger(1, key))))
                .mod(n);
    }

    private static byte[] sha(String algorithm, byte[] octets) {
        try {
            return MessageDigest.getInstance(algorithm).digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives the octets that it was told to. */
    static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1;

        private transient byte[] octets = {};

        Given() {
            super(null, null);
        }

        /** From now on these. */
        Given octets(byte[] value) {
            octets = value;
            return this;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(octets, 0, bytes, 0, bytes.length);
        }
    }
}
