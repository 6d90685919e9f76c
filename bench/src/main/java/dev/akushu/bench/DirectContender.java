package dev.akushu.bench;

import dev.akushu.curves.EcdsaDer;
import dev.akushu.curves.EcdsaVerifier;
import dev.akushu.curves.Ed25519;
import dev.akushu.curves.P256;
import dev.akushu.curves.P256Verifier;
import dev.akushu.curves.P384;
import dev.akushu.curves.P384Verifier;
import dev.akushu.curves.X25519;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Our curves through their own API, octets in and out: what core uses. Keys in turn are each decoded anew. */
final class DirectContender implements Contender {
    private final SecureRandom random = new SecureRandom();

    @Override
    public String name() {
        return "Akushu, direct";
    }

    @Override
    public Task task(Operation operation) throws GeneralSecurityException {
        return switch (operation) {
            case X25519_GENERATE -> this::generateX25519;
            case X25519_AGREE -> agreeX25519();
            case P256_ECDH -> agreeP256();
            case P384_ECDH -> agreeP384();
            case P256_SIGN -> signP256();
            case P384_SIGN -> signP384();
            case ED25519_SIGN -> signEd25519();
            case P256_VERIFY_KNOWN -> verify(Keys.p256());
            case P384_VERIFY_KNOWN -> verifyP384();
            case ED25519_VERIFY -> verifyEd25519();
            case P256_VERIFY_MANY -> verifyMany("SHA256withECDSA", "secp256r1");
            case P384_VERIFY_MANY -> verifyMany("SHA384withECDSA", "secp384r1");
            case PATH -> CertificatePaths.byAkushu();
        };
    }

    @Override
    public Task verify(Keys.Signed signed) throws GeneralSecurityException {
        return verify(signed, "SHA256withECDSA");
    }

    private Object generateX25519() {
        byte[] secret = new byte[X25519.LENGTH];
        byte[] share = new byte[X25519.LENGTH];
        X25519.generate(random, secret, share, 0);
        return share;
    }

    private Task agreeX25519() {
        byte[] secret = new byte[X25519.LENGTH];
        byte[] peer = new byte[X25519.LENGTH];
        X25519.generate(random, new byte[X25519.LENGTH], peer, 0);
        random.nextBytes(secret);
        byte[] common = new byte[X25519.LENGTH];
        return () -> X25519.agree(secret, peer, 0, common, 0) ? common : secret;
    }

    private Task agreeP256() {
        byte[] secret = new byte[P256.LENGTH];
        byte[] peer = new byte[P256.POINT_LENGTH];
        P256.generate(random, new byte[P256.LENGTH], peer, 0);
        P256.generate(random, secret, new byte[P256.POINT_LENGTH], 0);
        byte[] common = new byte[P256.LENGTH];
        return () -> P256.agree(secret, peer, 0, peer.length, common, 0) ? common : secret;
    }

    private Task agreeP384() {
        byte[] secret = new byte[P384.LENGTH];
        byte[] peer = new byte[P384.POINT_LENGTH];
        P384.generate(random, new byte[P384.LENGTH], peer, 0);
        P384.generate(random, secret, new byte[P384.POINT_LENGTH], 0);
        byte[] common = new byte[P384.LENGTH];
        return () -> P384.agree(secret, peer, 0, peer.length, common, 0) ? common : secret;
    }

    private Task signP256() throws GeneralSecurityException {
        byte[] secret = new byte[P256.LENGTH];
        P256.generate(random, secret, new byte[P256.POINT_LENGTH], 0);
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        byte[] signature = new byte[P256.SIGNATURE_LENGTH];
        return () -> {
            P256.sign(secret, "SHA256", sha.digest(Keys.MESSAGE), random, signature, 0);
            return signature;
        };
    }

    private Task signP384() throws GeneralSecurityException {
        byte[] secret = new byte[P384.LENGTH];
        P384.generate(random, secret, new byte[P384.POINT_LENGTH], 0);
        MessageDigest sha = MessageDigest.getInstance("SHA-384");
        byte[] signature = new byte[P384.SIGNATURE_LENGTH];
        return () -> {
            P384.sign(secret, "SHA384", sha.digest(Keys.MESSAGE), random, signature, 0);
            return signature;
        };
    }

    private Task signEd25519() {
        byte[] secret = new byte[Ed25519.LENGTH];
        byte[] publicKey = new byte[Ed25519.LENGTH];
        Ed25519.generate(random, secret, publicKey, 0);
        byte[] signature = new byte[Ed25519.SIGNATURE_LENGTH];
        return () -> {
            Ed25519.sign(secret, Keys.MESSAGE, signature, 0);
            return signature;
        };
    }

    private Task verifyEd25519() {
        byte[] secret = new byte[Ed25519.LENGTH];
        byte[] publicKey = new byte[Ed25519.LENGTH];
        Ed25519.generate(random, secret, publicKey, 0);
        byte[] signature = new byte[Ed25519.SIGNATURE_LENGTH];
        Ed25519.sign(secret, Keys.MESSAGE, signature, 0);
        return () -> checked(Ed25519.verify(publicKey, Keys.MESSAGE, signature, 0));
    }

    private static Task verifyP384() throws GeneralSecurityException {
        KeyPair pair = Keys.ec("secp384r1");
        return verify(new Keys.Signed(pair.getPublic(), Keys.signature("SHA384withECDSA", pair)), "SHA384withECDSA");
    }

    private static Task verify(Keys.Signed bySunEc, String algorithm) throws GeneralSecurityException {
        Signed signed = new Signed(bySunEc);
        MessageDigest sha = digest(algorithm);
        EcdsaVerifier verifier = withTable(signed.verifier());
        return () -> checked(verifier.verify(sha.digest(Keys.MESSAGE), signed.rs, 0));
    }

    private static Task verifyMany(String algorithm, String curve) throws GeneralSecurityException {
        List<Signed> all = Keys.many(algorithm, curve).stream().map(Signed::new).toList();
        MessageDigest sha = digest(algorithm);
        AtomicInteger next = new AtomicInteger();
        return () -> {
            Signed signed = all.get(next.getAndIncrement() & Keys.MANY - 1);
            return checked(signed.verifier().verify(sha.digest(Keys.MESSAGE), signed.rs, 0));
        };
    }

    private static EcdsaVerifier withTable(EcdsaVerifier verifier) {
        return switch (verifier) {
            case P256Verifier p256 -> p256.withTable();
            case P384Verifier p384 -> p384.withTable();
        };
    }

    private static MessageDigest digest(String algorithm) throws GeneralSecurityException {
        return MessageDigest.getInstance(algorithm.startsWith("SHA256") ? "SHA-256" : "SHA-384");
    }

    private static Object checked(boolean valid) throws SignatureException {
        if (!valid) {
            throw new SignatureException("our own curves do not accept a good signature");
        }
        return Keys.MESSAGE;
    }

    /** A key and its signature in the curves' own encodings. */
    private static final class Signed {
        private final byte[] point;
        private final byte[] rs;

        Signed(Keys.Signed signed) {
            ECPublicKey key = (ECPublicKey) signed.key();
            int length = (key.getParams().getOrder().bitLength() + 7) / 8;
            point = new byte[2 * length + 1];
            point[0] = 4;
            put(key.getW().getAffineX(), point, 1 + length);
            put(key.getW().getAffineY(), point, 1 + 2 * length);
            rs = new byte[2 * length];
            if (!EcdsaDer.decode(signed.signature(), 0, signed.signature().length, rs)) {
                throw new IllegalStateException("SunEC made a signature that is no DER");
            }
        }

        EcdsaVerifier verifier() {
            Optional<? extends EcdsaVerifier> verifier = point.length == P256.POINT_LENGTH
                    ? P256Verifier.of(point, 0, point.length)
                    : P384Verifier.of(point, 0, point.length);
            return verifier.orElseThrow();
        }

        /** Writes {@code value} so that it ends before {@code end}. */
        private static void put(BigInteger value, byte[] out, int end) {
            byte[] octets = value.toByteArray();
            byte[] magnitude = octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets;
            System.arraycopy(magnitude, 0, out, end - magnitude.length, magnitude.length);
        }
    }
}
