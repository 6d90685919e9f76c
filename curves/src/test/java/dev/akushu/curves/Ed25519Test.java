package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class Ed25519Test {
    private static byte[] hex(String s) {
        return HexFormat.of().parseHex(s);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "rfc8032.csv", maxCharsPerColumn = 5_000)
    void signsAndVerifiesTheVectorsOfRfc8032Section71(
            String secret, String publicKey, String message, String signature) {
        byte[] key = new byte[32];
        Ed25519.publicKey(hex(secret), key, 0);
        assertThat(HexFormat.of().formatHex(key)).isEqualTo(publicKey);
        byte[] out = new byte[64];
        Ed25519.sign(hex(secret), hex(message), out, 0);
        assertThat(HexFormat.of().formatHex(out)).isEqualTo(signature);
        assertThat(Ed25519.verify(key, hex(message), out, 0)).isTrue();
        out[40] ^= 1;
        assertThat(Ed25519.verify(key, hex(message), out, 0)).isFalse();
    }

    @Test
    void verifiesWhatWycheproofHas() throws Exception {
        Wycheproof.vectors("ed25519").each(151, vector -> {
            byte[] key = hex((String) ((Map<?, ?>) vector.group().get("publicKey")).get("pk"));
            byte[] signature = vector.octets("sig");
            boolean verified = signature.length == 64 && Ed25519.verify(key, vector.octets("msg"), signature, 0);
            assertThat(verified).as(vector.toString()).isEqualTo(vector.isValid());
        });
    }

    @Test
    void refusesKeysThatAreNotCanonical() {
        for (int i = 0; i < 19; i++) {
            byte[] key = new byte[32];
            byte[] big = PlainEdwards.P.add(BigInteger.valueOf(i)).toByteArray();
            for (int j = 0; j < 32; j++) {
                key[j] = big[big.length - 1 - j];
            }
            assertThat(Ed25519.isPublicKey(key)).as("y = p + %d", i).isFalse();
        }
        byte[] minusZero = new byte[32];
        minusZero[0] = 1;
        assertThat(Ed25519.isPublicKey(minusZero)).isTrue();
        minusZero[31] = (byte) 0x80;
        assertThat(Ed25519.isPublicKey(minusZero)).isFalse();
    }

    /** Half of all y have no x; by Euler's criterion one knows which. */
    @Test
    void takesNoKeyBesideTheCurve() {
        BigInteger half = PlainEdwards.P.shiftRight(1);
        int beside = 0;
        for (int y = 2; y < 66; y++) {
            BigInteger square = BigInteger.valueOf((long) y * y);
            BigInteger u = square.subtract(BigInteger.ONE);
            BigInteger v = PlainEdwards.D.multiply(square).add(BigInteger.ONE);
            boolean isOn = u.multiply(v.modInverse(PlainEdwards.P))
                    .modPow(half, PlainEdwards.P)
                    .equals(BigInteger.ONE);
            byte[] key = new byte[32];
            key[0] = (byte) y;
            assertThat(Ed25519.isPublicKey(key)).as("y = %d", y).isEqualTo(isOn);
            beside += isOn ? 0 : 1;
        }
        assertThat(beside).isPositive();
    }

    @Test
    void refusesASignatureWhoseScalarIsTheOrderOrMore() {
        byte[] secret = new byte[32];
        byte[] key = new byte[32];
        Ed25519.publicKey(secret, key, 0);
        byte[] signature = new byte[64];
        Ed25519.sign(secret, new byte[3], signature, 0);
        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        BigInteger s = BigInteger.ZERO;
        for (int i = 31; i >= 0; i--) {
            s = s.shiftLeft(8).or(BigInteger.valueOf(signature[32 + i] & 0xff));
        }
        assertThat(Ed25519.verify(key, new byte[3], signature, 0)).isTrue();
        BigInteger forged = s.add(order);
        for (int i = 0; i < 32; i++) {
            signature[32 + i] = forged.shiftRight(8 * i).byteValue();
        }
        assertThat(Ed25519.verify(key, new byte[3], signature, 0)).isFalse();
    }
}
