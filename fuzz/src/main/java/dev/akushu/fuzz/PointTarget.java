package dev.akushu.fuzz;

import dev.akushu.curves.EcdsaDer;
import dev.akushu.curves.Ed25519;
import dev.akushu.curves.P256Verifier;
import dev.akushu.curves.P384Verifier;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECCurve;

/** Points and signatures as they come over the wire, beside what others make of them. */
public final class PointTarget {
    private static final ECCurve P256 = CustomNamedCurves.getByName("secp256r1").getCurve();
    private static final ECCurve P384 = CustomNamedCurves.getByName("secp384r1").getCurve();

    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P);

    private PointTarget() {}

    /** One run. */
    public static void fuzzerTestOneInput(byte[] input) {
        requireEqual(P256Verifier.of(input, 0, input.length).isPresent(), isPoint(P256, 32, input), "P-256");
        requireEqual(P384Verifier.of(input, 0, input.length).isPresent(), isPoint(P384, 48, input), "P-384");
        if (input.length == Ed25519.LENGTH) {
            requireEqual(Ed25519.isPublicKey(input), isEdwards(input), "Ed25519");
        }
        for (int half : new int[] {32, 48}) {
            byte[] rs = new byte[2 * half];
            if (EcdsaDer.decode(input, 0, input.length, rs) && !Arrays.equals(EcdsaDer.encode(rs), input)) {
                throw new AssertionError("a signature that is not DER is read");
            }
        }
    }

    private static boolean isPoint(ECCurve curve, int length, byte[] input) {
        if (input.length != 2 * length + 1 || input[0] != 4) {
            return false;
        }
        try {
            return curve.decodePoint(input).isValid();
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    /** RFC 8032 section 5.1.3. BouncyCastle also refuses the points of small order, which the RFC does not. */
    private static boolean isEdwards(byte[] input) {
        byte[] big = new byte[input.length];
        for (int i = 0; i < input.length; i++) {
            big[i] = input[input.length - 1 - i];
        }
        boolean odd = big[0] < 0;
        big[0] &= 0x7f;
        BigInteger y = new BigInteger(1, big);
        BigInteger square = y.multiply(y);
        BigInteger x2 = square.subtract(BigInteger.ONE)
                .multiply(D.multiply(square).add(BigInteger.ONE).modInverse(P))
                .mod(P);
        boolean isSquare = x2.signum() == 0 || x2.modPow(P.shiftRight(1), P).equals(BigInteger.ONE);
        return y.compareTo(P) < 0 && isSquare && !(x2.signum() == 0 && odd);
    }

    private static void requireEqual(boolean ours, boolean theirs, String curve) {
        if (ours != theirs) {
            throw new AssertionError(curve + ": we say " + ours + ", and others " + theirs);
        }
    }
}
