package dev.akushu.curves;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Random;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;

/** P-256 and P-384 behind one face, for the rules that hold for both, with BouncyCastle's base point beside them. */
enum NistCurve {
    P256("secp256r1", "SHA-256", CurveP256.P, CurveP256.B, CurveP256.N) {
        @Override
        void publicKey(byte[] secret, byte[] out) {
            dev.akushu.curves.P256.publicKey(secret, out, 0);
        }

        @Override
        boolean sign(long[] d, long[] z, byte[] nonce, byte[] out) {
            return dev.akushu.curves.P256.sign(d, z, nonce, out, 0);
        }

        @Override
        void sign(byte[] secret, String hash, byte[] digest, byte[] added, byte[] out) {
            dev.akushu.curves.P256.sign(secret, hash, digest, added, out, 0);
        }

        @Override
        long[] integer(byte[] digest) {
            return dev.akushu.curves.P256.integer(digest);
        }

        @Override
        EcdsaVerifier verifier(byte[] point) {
            return P256Verifier.of(point, 0, point.length).orElseThrow();
        }

        @Override
        Sums sums(byte[] point) {
            return new Sums256(point);
        }
    },
    P384("secp384r1", "SHA-384", CurveP384.P, CurveP384.B, CurveP384.N) {
        @Override
        void publicKey(byte[] secret, byte[] out) {
            dev.akushu.curves.P384.publicKey(secret, out, 0);
        }

        @Override
        boolean sign(long[] d, long[] z, byte[] nonce, byte[] out) {
            return dev.akushu.curves.P384.sign(d, z, nonce, out, 0);
        }

        @Override
        void sign(byte[] secret, String hash, byte[] digest, byte[] added, byte[] out) {
            dev.akushu.curves.P384.sign(secret, hash, digest, added, out, 0);
        }

        @Override
        long[] integer(byte[] digest) {
            return dev.akushu.curves.P384.integer(digest);
        }

        @Override
        EcdsaVerifier verifier(byte[] point) {
            return P384Verifier.of(point, 0, point.length).orElseThrow();
        }

        @Override
        Sums sums(byte[] point) {
            return new Sums384(point);
        }
    };

    final String hash;
    final BigInteger p;
    final BigInteger b;
    final BigInteger n;
    final ECPoint base;
    final EcdsaCurve curve;
    final int length;

    NistCurve(String name, String hash, BigInteger p, BigInteger b, BigInteger n) {
        this.hash = hash;
        this.p = p;
        this.b = b;
        this.n = n;
        this.base = CustomNamedCurves.getByName(name).getG();
        this.curve = EcdsaCurve.of(name).orElseThrow();
        this.length = curve.length();
    }

    abstract void publicKey(byte[] secret, byte[] out);

    /** With the nonce given; false if it makes no signature. */
    abstract boolean sign(long[] d, long[] z, byte[] nonce, byte[] out);

    /** With these octets added to what the nonce is made of. */
    abstract void sign(byte[] secret, String hash, byte[] digest, byte[] added, byte[] out);

    /** A hash modulo the order. */
    abstract long[] integer(byte[] digest);

    abstract EcdsaVerifier verifier(byte[] point);

    abstract Sums sums(byte[] point);

    /** Multiples of one point and their sums with those of the base point: uncompressed points, all zero for infinity. */
    interface Sums {
        byte[] ofFresh(long[] k, long[] l);

        byte[] ofKnown(long[] k, long[] l);

        byte[] fastMultipleOfBase(long[] k);

        byte[] completeMultipleOfBase(long[] k);
    }

    String standardName() {
        return curve.standardName();
    }

    boolean agree(byte[] secret, byte[] point, byte[] out) {
        return curve.agree(secret, point, out);
    }

    void sign(byte[] secret, String hash, byte[] digest, SecureRandom random, byte[] out) {
        curve.sign(secret, hash, digest, random, out);
    }

    int pointLength() {
        return 2 * length + 1;
    }

    int signatureLength() {
        return 2 * length;
    }

    byte[] octets(BigInteger scalar) {
        return EcdsaTest.fixed(scalar, length);
    }

    long[] words(BigInteger scalar) {
        return Words.of(scalar, length / 8);
    }

    /** Half of them near the edges of limbs, digits and the order. */
    BigInteger scalar(Random random) {
        return random.nextBoolean() ? Edgy.number(random, n) : new BigInteger(n.bitLength() + 64, random).mod(n);
    }

    private static final class Sums256 implements Sums {
        private final PointP256 point = new PointP256();
        private final long[] table;

        Sums256(byte[] octets) {
            point.decode(octets, 0, octets.length);
            table = PublicMultiplyP256.tableOf(point);
        }

        @Override
        public byte[] ofFresh(long[] k, long[] l) {
            PointP256 sum = new PointP256();
            PublicMultiplyP256.multiply(sum, k, l, point);
            return encoded(sum);
        }

        @Override
        public byte[] ofKnown(long[] k, long[] l) {
            PointP256 sum = new PointP256();
            PublicMultiplyP256.multiply(sum, k, l, point, table);
            return encoded(sum);
        }

        @Override
        public byte[] fastMultipleOfBase(long[] k) {
            PointP256 multiple = new PointP256();
            SecretMultiplyP256.multiplyBase(multiple, k);
            return encoded(multiple);
        }

        @Override
        public byte[] completeMultipleOfBase(long[] k) {
            PointP256 multiple = new PointP256();
            CompleteP256.multiply(multiple, k, PointP256.base());
            return encoded(multiple);
        }

        private static byte[] encoded(PointP256 sum) {
            byte[] octets = new byte[65];
            if (sum.z.isZero() == 0) {
                sum.encode(octets, 0);
            }
            return octets;
        }
    }

    private static final class Sums384 implements Sums {
        private final PointP384 point = new PointP384();
        private final long[] table;

        Sums384(byte[] octets) {
            point.decode(octets, 0, octets.length);
            table = PublicMultiplyP384.tableOf(point);
        }

        @Override
        public byte[] ofFresh(long[] k, long[] l) {
            PointP384 sum = new PointP384();
            PublicMultiplyP384.multiply(sum, k, l, point);
            return encoded(sum);
        }

        @Override
        public byte[] ofKnown(long[] k, long[] l) {
            PointP384 sum = new PointP384();
            PublicMultiplyP384.multiply(sum, k, l, point, table);
            return encoded(sum);
        }

        @Override
        public byte[] fastMultipleOfBase(long[] k) {
            PointP384 multiple = new PointP384();
            SecretMultiplyP384.multiplyBase(multiple, k);
            return encoded(multiple);
        }

        @Override
        public byte[] completeMultipleOfBase(long[] k) {
            PointP384 multiple = new PointP384();
            CompleteP384.multiply(multiple, k, PointP384.base());
            return encoded(multiple);
        }

        private static byte[] encoded(PointP384 sum) {
            byte[] octets = new byte[97];
            if (sum.z.isZero() == 0) {
                sum.encode(octets, 0);
            }
            return octets;
        }
    }
}
