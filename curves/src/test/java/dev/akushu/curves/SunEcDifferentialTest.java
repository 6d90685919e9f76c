package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All four curves against SunEC: as many cases as against others, but of P-384 a tenth, for which SunEC takes five milliseconds a case. Half of the secrets are near the edges
 * of limbs, digits and orders.
 */
class SunEcDifferentialTest {
    private static final String SUN = "SunEC";

    private static byte[] octets(Random random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    @ParameterizedTest
    @EnumSource
    void nistCurveAsSunEc(NistCurve curve) {
        int cases = curve == NistCurve.P384 ? Cases.COUNT / 10 : Cases.COUNT;
        Cases.inBatches(cases, random -> {
            Weierstrass both = new Weierstrass(curve);
            for (int i = 0; i < Cases.BATCH; i++) {
                both.compare(random);
            }
        });
    }

    /** One of P-256 and P-384, ours and SunEC's. */
    private static final class Weierstrass {
        private final NistCurve curve;
        private final ECParameterSpec parameters;
        private final KeyFactory keys = KeyFactory.getInstance("EC", SUN);
        private final SecureRandom secure = new SecureRandom();
        private final KeyAgreement agreement = KeyAgreement.getInstance("ECDH", SUN);
        private final Signature signature;

        Weierstrass(NistCurve curve) throws Exception {
            this.curve = curve;
            AlgorithmParameters named = AlgorithmParameters.getInstance("EC", SUN);
            named.init(new ECGenParameterSpec(curve.standardName()));
            this.parameters = named.getParameterSpec(ECParameterSpec.class);
            this.signature = Signature.getInstance(curve.hash.replace("-", "") + "withECDSAinP1363Format", SUN);
        }

        void compare(Random random) throws Exception {
            byte[] secret = curve.octets(curve.scalar(random).max(BigInteger.ONE));
            byte[] point = new byte[curve.pointLength()];
            curve.publicKey(secret, point);
            PrivateKey privateKey = keys.generatePrivate(new ECPrivateKeySpec(new BigInteger(1, secret), parameters));
            agrees(random, secret, privateKey);
            signsAndVerifies(random, secret, point, privateKey);
        }

        private void agrees(Random random, byte[] secret, PrivateKey privateKey) throws Exception {
            byte[] peer = new byte[curve.pointLength()];
            curve.publicKey(curve.octets(curve.scalar(random).max(BigInteger.ONE)), peer);
            byte[] shared = new byte[curve.length];
            assertThat(curve.agree(secret, peer, shared)).isTrue();
            agreement.init(privateKey);
            agreement.doPhase(publicKey(peer), true);
            assertThat(shared).isEqualTo(agreement.generateSecret());
        }

        /** That SunEC verifies what is signed by the secret under its public key shows that the key belongs to it. */
        private void signsAndVerifies(Random random, byte[] secret, byte[] point, PrivateKey privateKey)
                throws Exception {
            byte[] message = octets(random, random.nextInt(80));
            byte[] digest = EcdsaTest.hash(curve.hash, message);
            byte[] ours = new byte[curve.signatureLength()];
            curve.sign(secret, curve.hash.replace("-", ""), digest, secure, ours);
            signature.initVerify(publicKey(point));
            signature.update(message);
            assertThat(signature.verify(ours)).isTrue();
            signature.initSign(privateKey);
            signature.update(message);
            byte[] theirs = signature.sign();
            EcdsaVerifier fresh = curve.verifier(point);
            EcdsaVerifier known = fresh.withTable();
            for (byte[] genuine : new byte[][] {ours, theirs}) {
                assertThat(fresh.verify(digest, genuine, 0)).isTrue();
                assertThat(known.verify(digest, genuine, 0)).isTrue();
            }
            theirs[random.nextInt(theirs.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(fresh.verify(digest, theirs, 0)).isFalse();
            assertThat(known.verify(digest, theirs, 0)).isFalse();
        }

        private PublicKey publicKey(byte[] point) throws Exception {
            int middle = 1 + curve.length;
            BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, middle));
            BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, middle, point.length));
            return keys.generatePublic(new ECPublicKeySpec(new ECPoint(x, y), parameters));
        }
    }

    @Test
    void x25519AsSunEc() {
        Cases.inBatches(Cases.COUNT, SunEcDifferentialTest::x25519);
    }

    private static void x25519(Random random) throws Exception {
        KeyFactory keys = KeyFactory.getInstance("X25519", SUN);
        KeyAgreement agreement = KeyAgreement.getInstance("X25519", SUN);
        PublicKey base = JdkKeys.x25519(new byte[32], PlainEdwards.little(BigInteger.valueOf(9)))
                .getPublic();
        for (int i = 0; i < Cases.BATCH; i++) {
            byte[] secret = Edgy.octets(random, 32);
            byte[] peer = Edgy.octets(random, 32);
            agreement.init(keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, secret)));
            // RFC 7748 section 6.1: a public key is the agreement with the base point, 9.
            agreement.doPhase(base, true);
            byte[] key = new byte[32];
            X25519.publicKey(secret, key, 0);
            assertThat(key).isEqualTo(agreement.generateSecret());
            PublicKey theirPeer = JdkKeys.x25519(secret, peer).getPublic();
            byte[] shared = new byte[32];
            if (X25519.agree(secret, peer, 0, shared, 0)) {
                agreement.doPhase(theirPeer, true);
                assertThat(shared).isEqualTo(agreement.generateSecret());
            } else {
                // 0 and 1, which are at an edge, have small orders.
                assertThatThrownBy(() -> agreement.doPhase(theirPeer, true)).isInstanceOf(InvalidKeyException.class);
            }
        }
    }

    @Test
    void ed25519AsSunEc() {
        Cases.inBatches(Cases.COUNT, SunEcDifferentialTest::ed25519);
    }

    /** Every second signature is forged: to verify takes SunEC longest. */
    private static void ed25519(Random random) throws Exception {
        KeyFactory keys = KeyFactory.getInstance("Ed25519", SUN);
        Signature theirs = Signature.getInstance("Ed25519", SUN);
        for (int i = 0; i < Cases.BATCH; i++) {
            byte[] secret = Edgy.octets(random, 32);
            byte[] message = octets(random, random.nextInt(200));
            KeySpec privateSpec = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret);
            theirs.initSign(keys.generatePrivate(privateSpec));
            theirs.update(message);
            byte[] signature = new byte[64];
            Ed25519.sign(secret, message, signature, 0);
            // The public key is hashed into it.
            assertThat(signature).isEqualTo(theirs.sign());
            byte[] key = new byte[32];
            Ed25519.publicKey(secret, key, 0);
            boolean isForged = i % 2 != 0;
            if (isForged) {
                signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
            }
            theirs.initVerify(JdkKeys.ed25519(secret, key).getPublic());
            theirs.update(message);
            assertThat(isTakenBy(theirs, signature)).isEqualTo(!isForged);
            assertThat(Ed25519.verify(key, message, signature, 0)).isEqualTo(!isForged);
        }
    }

    private static boolean isTakenBy(Signature verifier, byte[] signature) {
        try {
            return verifier.verify(signature);
        } catch (SignatureException noPointOrNoScalar) {
            return false;
        }
    }
}
