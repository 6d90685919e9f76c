package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Ed25519Test {
    private static byte[] hex(String s) {
        return HexFormat.of().parseHex(s);
    }

    private static void assertVector(String secret, String publicKey, String message, String signature) {
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
    void signsAndVerifiesTheVectorsOfRfc8032Section71() {
        assertVector(
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                        + "d25bf5f0595bbe24655141438e7a100b");
        assertVector(
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                        + "387b2eaeb4302aeeb00d291612bb0c00");
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
