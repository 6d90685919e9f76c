package dev.akushu.fuzz;

import dev.akushu.curves.EcdsaVerifier;
import dev.akushu.curves.P256;
import dev.akushu.curves.P256Verifier;
import dev.akushu.curves.P384;
import dev.akushu.curves.P384Verifier;
import dev.akushu.curves.X25519;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;

/** Agreement and verification with numbers at the edges of limbs and digits, beside what BouncyCastle computes. */
public final class CurvesTarget {
    private static final Weierstrass P_256 = new Weierstrass("secp256r1", 32, P256::agree);
    private static final Weierstrass P_384 = new Weierstrass("secp384r1", 48, P384::agree);
    private static final BigInteger TWO_TO_256 = BigInteger.ONE.shiftLeft(256);

    private CurvesTarget() {}

    /** One run. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        Numbers numbers = new Numbers(Arrays.copyOfRange(input, 1, input.length));
        switch (input[0] & 3) {
            case 0 -> montgomery(numbers);
            case 1 -> P_256.agree(numbers);
            case 2 -> P_384.agree(numbers);
            default -> verify(numbers, (input[0] & 4) == 0);
        }
    }

    private static void montgomery(Numbers numbers) {
        byte[] secret = Numbers.octets(numbers.below(TWO_TO_256), 32);
        byte[] peer = Numbers.octets(numbers.below(TWO_TO_256), 32);
        byte[] ours = new byte[32];
        byte[] theirs = new byte[32];
        boolean weAgree = X25519.agree(secret, peer, 0, ours, 0);
        boolean theyAgree = org.bouncycastle.math.ec.rfc7748.X25519.calculateAgreement(secret, 0, peer, 0, theirs, 0);
        if (weAgree != theyAgree || weAgree && !Arrays.equals(ours, theirs)) {
            throw new AssertionError("X25519 differs");
        }
    }

    private static void verify(Numbers numbers, boolean small) {
        Weierstrass curve = small ? P_256 : P_384;
        BigInteger order = curve.parameters.getN();
        BigInteger key = numbers.below(order.subtract(BigInteger.ONE)).add(BigInteger.ONE);
        ECPoint point = curve.parameters.getG().multiply(key).normalize();
        byte[] digest = Numbers.octets(numbers.below(order), curve.length);
        BigInteger r = numbers.below(order);
        // From the nonce follows the one s that is right; half of the time it is taken.
        BigInteger nonce = r.signum() == 0 ? BigInteger.ONE : r;
        BigInteger x = curve.parameters
                .getG()
                .multiply(nonce)
                .normalize()
                .getAffineXCoord()
                .toBigInteger()
                .mod(order);
        BigInteger right = nonce.modInverse(order)
                .multiply(new BigInteger(1, digest).add(x.multiply(key)))
                .mod(order);
        BigInteger s = numbers.below(order);
        boolean forged = s.testBit(0);
        curve.verify(point, digest, forged ? r : x, forged ? s : right);
    }

    private interface Agreement {
        boolean agree(byte[] secret, byte[] peer, int peerOffset, int peerLength, byte[] out, int outOffset);
    }

    private static final class Weierstrass {
        private final X9ECParameters parameters;
        private final int length;
        private final Agreement ours;

        Weierstrass(String name, int length, Agreement ours) {
            this.parameters = CustomNamedCurves.getByName(name);
            this.length = length;
            this.ours = ours;
        }

        void agree(Numbers numbers) {
            BigInteger most = parameters.getN().subtract(BigInteger.ONE);
            BigInteger secret = numbers.below(most).add(BigInteger.ONE);
            ECPoint peer = parameters
                    .getG()
                    .multiply(numbers.below(most).add(BigInteger.ONE))
                    .normalize();
            byte[] theirs = peer.multiply(secret).normalize().getAffineXCoord().getEncoded();
            byte[] encoded = peer.getEncoded(false);
            byte[] out = new byte[length];
            if (!ours.agree(Numbers.octets(secret, length), encoded, 0, encoded.length, out, 0)
                    || !Arrays.equals(out, theirs)) {
                throw new AssertionError("the agreement differs for " + secret.toString(16));
            }
        }

        void verify(ECPoint key, byte[] digest, BigInteger r, BigInteger s) {
            ECDSASigner theirs = new ECDSASigner();
            theirs.init(
                    false,
                    new ECPublicKeyParameters(
                            key, new ECDomainParameters(parameters.getCurve(), parameters.getG(), parameters.getN())));
            boolean expected = theirs.verifySignature(digest, r, s);
            byte[] rs = Arrays.copyOf(Numbers.octets(r, length), 2 * length);
            System.arraycopy(Numbers.octets(s, length), 0, rs, length, length);
            byte[] encoded = key.getEncoded(false);
            if (length == 32) {
                P256Verifier fresh = P256Verifier.of(encoded, 0, encoded.length).orElseThrow();
                require(expected, fresh, fresh.withTable(), digest, rs);
            } else {
                P384Verifier fresh = P384Verifier.of(encoded, 0, encoded.length).orElseThrow();
                require(expected, fresh, fresh.withTable(), digest, rs);
            }
        }

        private static void require(
                boolean expected, EcdsaVerifier fresh, EcdsaVerifier known, byte[] digest, byte[] rs) {
            if (fresh.verify(digest, rs, 0) != expected || known.verify(digest, rs, 0) != expected) {
                throw new AssertionError("BouncyCastle says " + expected + " of a signature");
            }
        }
    }
}
