package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;

/** P-256 and P-384 against SunEC, which is slow: a hundredth of the cases that others take. */
class SunEcDifferentialTest {
    private static byte[] octets(Random random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    @Test
    void p256AsSunEc() {
        Cases.inBatches(Cases.COUNT / 100, SunEcDifferentialTest::p256);
    }

    private static void p256(Random random) throws Exception {
        ECParameterSpec parameters = parameters("secp256r1");
        KeyFactory keys = KeyFactory.getInstance("EC", "SunEC");
        SecureRandom secure = new SecureRandom();
        for (int i = 0; i < Cases.BATCH; i++) {
            byte[] secret = EcdsaTest.fixed(Edgy.number(random, CurveP256.N).max(BigInteger.ONE), 32);
            byte[] peerSecret = new byte[32];
            byte[] peer = new byte[65];
            P256.generate(secure, peerSecret, peer, 0);
            byte[] point = new byte[65];
            P256.publicKey(secret, point, 0);
            PublicKey publicKey = publicKey(keys, point, parameters);
            PrivateKey privateKey = keys.generatePrivate(new ECPrivateKeySpec(new BigInteger(1, secret), parameters));

            byte[] shared = new byte[32];
            assertThat(P256.agree(secret, peer, 0, 65, shared, 0)).isTrue();
            assertThat(shared).isEqualTo(agree(privateKey, publicKey(keys, peer, parameters)));

            byte[] message = octets(random, random.nextInt(80));
            byte[] digest = EcdsaTest.hash("SHA-256", message);
            byte[] signature = new byte[64];
            P256.sign(secret, "SHA256", digest, secure, signature, 0);
            Signature sun = Signature.getInstance("SHA256withECDSAinP1363Format", "SunEC");
            sun.initVerify(publicKey);
            sun.update(message);
            assertThat(sun.verify(signature)).isTrue();
            sun.initSign(privateKey);
            sun.update(message);
            byte[] theirs = sun.sign();
            P256Verifier fresh = P256Verifier.of(point, 0, 65).orElseThrow();
            P256Verifier known = fresh.withTable();
            for (byte[] good : new byte[][] {signature, theirs}) {
                assertThat(fresh.verify(digest, good, 0)).isTrue();
                assertThat(known.verify(digest, good, 0)).isTrue();
            }
            theirs[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
            assertThat(fresh.verify(digest, theirs, 0)).isFalse();
            assertThat(known.verify(digest, theirs, 0)).isFalse();
        }
    }

    @Test
    void p384AsSunEc() {
        Cases.inBatches(Cases.COUNT / 100, SunEcDifferentialTest::p384);
    }

    private static void p384(Random random) throws Exception {
        ECParameterSpec parameters = parameters("secp384r1");
        KeyFactory keys = KeyFactory.getInstance("EC", "SunEC");
        SecureRandom secure = new SecureRandom();
        for (int i = 0; i < Cases.BATCH; i++) {
            byte[] secret = EcdsaTest.fixed(Edgy.number(random, CurveP384.N).max(BigInteger.ONE), 48);
            byte[] peerSecret = new byte[48];
            byte[] peer = new byte[97];
            P384.generate(secure, peerSecret, peer, 0);
            byte[] point = new byte[97];
            P384.publicKey(secret, point, 0);
            PublicKey publicKey = publicKey(keys, point, parameters);
            PrivateKey privateKey = keys.generatePrivate(new ECPrivateKeySpec(new BigInteger(1, secret), parameters));

            byte[] shared = new byte[48];
            assertThat(P384.agree(secret, peer, 0, 97, shared, 0)).isTrue();
            assertThat(shared).isEqualTo(agree(privateKey, publicKey(keys, peer, parameters)));

            byte[] message = octets(random, random.nextInt(80));
            byte[] digest = EcdsaTest.hash("SHA-384", message);
            byte[] signature = new byte[96];
            P384.sign(secret, "SHA384", digest, secure, signature, 0);
            Signature sun = Signature.getInstance("SHA384withECDSAinP1363Format", "SunEC");
            sun.initVerify(publicKey);
            sun.update(message);
            assertThat(sun.verify(signature)).isTrue();
            sun.initSign(privateKey);
            sun.update(message);
            byte[] theirs = sun.sign();
            P384Verifier fresh = P384Verifier.of(point, 0, 97).orElseThrow();
            P384Verifier known = fresh.withTable();
            for (byte[] good : new byte[][] {signature, theirs}) {
                assertThat(fresh.verify(digest, good, 0)).isTrue();
                assertThat(known.verify(digest, good, 0)).isTrue();
            }
            theirs[random.nextInt(96)] ^= (byte) (1 << random.nextInt(8));
            assertThat(fresh.verify(digest, theirs, 0)).isFalse();
            assertThat(known.verify(digest, theirs, 0)).isFalse();
        }
    }

    private static byte[] agree(PrivateKey own, PublicKey peer) throws Exception {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", "SunEC");
        agreement.init(own);
        agreement.doPhase(peer, true);
        return agreement.generateSecret();
    }

    private static PublicKey publicKey(KeyFactory keys, byte[] point, ECParameterSpec parameters) throws Exception {
        int middle = 1 + point.length / 2;
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, middle));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, middle, point.length));
        return keys.generatePublic(new ECPublicKeySpec(new ECPoint(x, y), parameters));
    }

    private static ECParameterSpec parameters(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
        generator.initialize(new ECGenParameterSpec(curve));
        return ((ECPublicKey) generator.generateKeyPair().getPublic()).getParams();
    }
}
