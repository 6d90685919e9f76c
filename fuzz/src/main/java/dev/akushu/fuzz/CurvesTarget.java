package dev.akushu.fuzz;

import dev.akushu.curves.EcdsaVerifier;
import dev.akushu.curves.Ed25519;
import dev.akushu.curves.P256;
import dev.akushu.curves.P256Verifier;
import dev.akushu.curves.P384;
import dev.akushu.curves.P384Verifier;
import dev.akushu.curves.X25519;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;

/** All operations of the curves with numbers at the edges of limbs and digits, beside what BouncyCastle computes. */
public final class CurvesTarget {
    private static final Weierstrass P_256 = new Weierstrass("secp256r1", 32, P256::agree, P256::publicKey, P256::sign);
    private static final Weierstrass P_384 = new Weierstrass("secp384r1", 48, P384::agree, P384::publicKey, P384::sign);
    private static final BigInteger TWO_TO_256 = BigInteger.ONE.shiftLeft(256);

    private CurvesTarget() {}

    /** One run. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        Numbers numbers = new Numbers(Arrays.copyOfRange(input, 1, input.length));
        switch (input[0] & 7) {
            case 0 -> montgomery(numbers);
            case 1 -> P_256.agree(numbers);
            case 2 -> P_384.agree(numbers);
            case 3 -> verify(numbers, P_256);
            case 4 -> edwards(numbers);
            case 5 -> P_256.sign(numbers);
            case 6 -> P_384.sign(numbers);
            default -> verify(numbers, P_384);
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

    /** A signature, and the same with another S, under a key that is no point of small order: there BouncyCastle has other rules. */
    private static void edwards(Numbers numbers) {
        byte[] secret = Numbers.octets(numbers.below(TWO_TO_256), 32);
        byte[] message = numbers.below(TWO_TO_256).toByteArray();
        byte[] ours = new byte[32];
        byte[] theirs = new byte[32];
        Ed25519.publicKey(secret, ours, 0);
        org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(secret, 0, theirs, 0);
        byte[] ourSignature = new byte[64];
        byte[] theirSignature = new byte[64];
        Ed25519.sign(secret, message, ourSignature, 0);
        org.bouncycastle.math.ec.rfc8032.Ed25519.sign(secret, 0, message, 0, message.length, theirSignature, 0);
        if (!Arrays.equals(ours, theirs) || !Arrays.equals(ourSignature, theirSignature)) {
            throw new AssertionError("Ed25519 signs differently");
        }
        requireSameVerdict(ours, message, ourSignature);
        System.arraycopy(Numbers.octets(numbers.below(TWO_TO_256), 32), 0, ourSignature, 32, 32);
        requireSameVerdict(ours, message, ourSignature);
        System.arraycopy(theirSignature, 32, ourSignature, 32, 32);
        System.arraycopy(Numbers.octets(numbers.below(TWO_TO_256), 32), 0, ourSignature, 0, 32);
        requireSameVerdict(ours, message, ourSignature);
    }

    private static void requireSameVerdict(byte[] key, byte[] message, byte[] signature) {
        boolean expected =
                org.bouncycastle.math.ec.rfc8032.Ed25519.verify(signature, 0, key, 0, message, 0, message.length);
        if (Ed25519.verify(key, message, signature, 0) != expected) {
            throw new AssertionError("BouncyCastle says " + expected + " of a signature of Ed25519");
        }
    }

    private static void verify(Numbers numbers, Weierstrass curve) {
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

    /** What the script says in the place of chance, over and over. */
    private static final class Scripted extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final transient byte[] script;

        Scripted(byte[] script) {
            this.script = script;
        }

        @Override
        public void nextBytes(byte[] octets) {
            for (int i = 0; i < octets.length; i++) {
                octets[i] = script[i % script.length];
            }
        }
    }

    private interface Agreement {
        boolean agree(byte[] secret, byte[] peer, int peerOffset, int peerLength, byte[] out, int outOffset);
    }

    private interface BaseMultiplication {
        void publicKey(byte[] secret, byte[] out, int offset);
    }

    private interface Signing {
        void sign(byte[] secret, String hash, byte[] digest, SecureRandom random, byte[] out, int offset);
    }

    private static final class Weierstrass {
        private static final String[] HASHES = {"SHA224", "SHA256", "SHA384", "SHA512"};

        private final X9ECParameters parameters;
        private final int length;
        private final Agreement ours;
        private final BaseMultiplication baseMultiplication;
        private final Signing signing;

        Weierstrass(String name, int length, Agreement ours, BaseMultiplication baseMultiplication, Signing signing) {
            this.parameters = CustomNamedCurves.getByName(name);
            this.length = length;
            this.ours = ours;
            this.baseMultiplication = baseMultiplication;
            this.signing = signing;
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

        /** With a nonce that depends on all of the script. */
        void sign(Numbers numbers) {
            BigInteger most = parameters.getN().subtract(BigInteger.ONE);
            BigInteger secret = numbers.below(most).add(BigInteger.ONE);
            byte[] key = new byte[2 * length + 1];
            baseMultiplication.publicKey(Numbers.octets(secret, length), key, 0);
            ECPoint point = parameters.getG().multiply(secret).normalize();
            if (!Arrays.equals(key, point.getEncoded(false))) {
                throw new AssertionError("the public key differs for " + secret.toString(16));
            }
            byte[] digest = Numbers.octets(numbers.below(TWO_TO_256.shiftLeft(128)), 48);
            byte[] added = numbers.below(TWO_TO_256).toByteArray();
            byte[] rs = new byte[2 * length];
            signing.sign(Numbers.octets(secret, length), HASHES[added[0] & 3], digest, new Scripted(added), rs, 0);
            BigInteger r = new BigInteger(1, Arrays.copyOf(rs, length));
            BigInteger s = new BigInteger(1, Arrays.copyOfRange(rs, length, 2 * length));
            if (!isTakenByBouncyCastle(point, digest, r, s)) {
                throw new AssertionError("BouncyCastle refuses a signature by " + secret.toString(16));
            }
            verify(point, digest, r, s);
        }

        private boolean isTakenByBouncyCastle(ECPoint key, byte[] digest, BigInteger r, BigInteger s) {
            ECDSASigner theirs = new ECDSASigner();
            theirs.init(
                    false,
                    new ECPublicKeyParameters(
                            key, new ECDomainParameters(parameters.getCurve(), parameters.getG(), parameters.getN())));
            return theirs.verifySignature(digest, r, s);
        }

        void verify(ECPoint key, byte[] digest, BigInteger r, BigInteger s) {
            boolean expected = isTakenByBouncyCastle(key, digest, r, s);
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
