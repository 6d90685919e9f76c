package dev.akushu.fuzz;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.crypto.Aead;
import dev.akushu.tls.crypto.AeadAlgorithm;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.crypto.KeyExchange;
import dev.akushu.tls.crypto.SignatureAlgorithm;
import dev.akushu.tls.crypto.SuiteCrypto;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.List;

/**
 * Cryptography that protects nothing and accepts everything, so that a fuzzer gets past authentication: ciphertext is
 * plaintext and sixteen zeros, every hash is zeros and so is every Finished and binder, every tag and every signature
 * verifies. All is the same in every run.
 */
final class AnyCrypto {
    private AnyCrypto() {}

    static Crypto create() {
        Hash sha256 = new Hash("SHA-256", 32, 64);
        Hash sha384 = new Hash("SHA-384", 48, 128);
        return new Crypto(
                List.of(
                        new SuiteCrypto(CipherSuite.TLS_AES_128_GCM_SHA256, new Cipher("AES-128-GCM", 16), sha256),
                        new SuiteCrypto(CipherSuite.TLS_AES_256_GCM_SHA384, new Cipher("AES-256-GCM", 32), sha384),
                        new SuiteCrypto(
                                CipherSuite.TLS_CHACHA20_POLY1305_SHA256, new Cipher("ChaCha20-Poly1305", 32), sha256)),
                List.of(new Exchange(NamedGroup.X25519, 32), new Exchange(NamedGroup.SECP256R1, 65)),
                List.of(
                        new Signature(SignatureScheme.ECDSA_SECP256R1_SHA256),
                        new Signature(SignatureScheme.RSA_PSS_RSAE_SHA256)),
                new SameRandom());
    }

    /** The octets 1, 2, 3 and so on, from each call anew. */
    private static final class SameRandom extends SecureRandom {
        private static final long serialVersionUID = 1;

        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (i + 1);
            }
        }
    }

    private record Hash(String name, int length, int blockLength) implements HashAlgorithm {
        @Override
        public MessageDigest newDigest() {
            return new Zeros(name, length);
        }
    }

    private static final class Zeros extends MessageDigest implements Cloneable {
        private final int length;

        Zeros(String name, int length) {
            super(name);
            this.length = length;
        }

        @Override
        protected void engineUpdate(byte input) {}

        @Override
        protected void engineUpdate(byte[] input, int offset, int count) {}

        @Override
        protected int engineGetDigestLength() {
            return length;
        }

        @Override
        protected byte[] engineDigest() {
            return new byte[length];
        }

        @Override
        protected void engineReset() {}
    }

    private record Cipher(String name, int keyLength) implements AeadAlgorithm {
        @Override
        public long recordLimit() {
            return 1 << 20;
        }

        @Override
        public Aead withKey(byte[] key) {
            return new Clear();
        }
    }

    private static final class Clear implements Aead {
        @Override
        public int seal(
                byte[] nonce,
                byte[] aad,
                int aadLength,
                byte[] first,
                int firstOffset,
                int firstLength,
                byte[] last,
                int lastOffset,
                int lastLength,
                byte[] out,
                int outOffset) {
            int length = firstLength + lastLength;
            System.arraycopy(first, firstOffset, out, outOffset, firstLength);
            System.arraycopy(last, lastOffset, out, outOffset + firstLength, lastLength);
            java.util.Arrays.fill(out, outOffset + length, outOffset + length + AeadAlgorithm.TAG_LENGTH, (byte) 0);
            return length + AeadAlgorithm.TAG_LENGTH;
        }

        @Override
        public int open(
                byte[] nonce, byte[] aad, int aadLength, byte[] in, int offset, int length, byte[] out, int outOffset) {
            int opened = length - AeadAlgorithm.TAG_LENGTH;
            if (opened < 0) {
                return -1;
            }
            System.arraycopy(in, offset, out, outOffset, opened);
            return opened;
        }

        @Override
        public void rekey(byte[] key) {}

        @Override
        public void destroy() {}
    }

    private record Exchange(NamedGroup group, int clientShareLength) implements KeyExchange {
        @Override
        public ClientShare generate(SecureRandom random) {
            return new Share(group, clientShareLength);
        }

        @Override
        public ServerShare respond(Bytes clientShare, SecureRandom random) {
            return new ServerShare(Bytes.wrap(new byte[clientShareLength]), new byte[32]);
        }
    }

    private record Share(NamedGroup group, int length) implements KeyExchange.ClientShare {
        @Override
        public Bytes share() {
            return Bytes.wrap(new byte[length]);
        }

        @Override
        public byte[] agree(Bytes serverShare) {
            return new byte[32];
        }

        @Override
        public void destroy() {}
    }

    private record Signature(SignatureScheme scheme) implements SignatureAlgorithm {
        @Override
        public byte[] sign(PrivateKey key, byte[] content) {
            return new byte[8];
        }

        @Override
        public boolean verify(PublicKey key, byte[] content, byte[] signature) {
            return true;
        }
    }
}
