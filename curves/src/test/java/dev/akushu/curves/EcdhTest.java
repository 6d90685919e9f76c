package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class EcdhTest {
    private static boolean isCompressed(byte[] point) {
        return point.length > 0 && (point[0] == 2 || point[0] == 3);
    }

    @Test
    void agreesOnP256AsWycheproofExpectsAndRefusesCompressedPoints() throws Exception {
        Wycheproof.vectors("ecdh_secp256r1_ecpoint").each(355, vector -> {
            byte[] point = vector.octets("public");
            byte[] out = new byte[32];
            byte[] secret = EcdsaTest.fixed(new BigInteger(vector.text("private"), 16), 32);
            boolean agreed = P256.agree(secret, point, 0, point.length, out, 0);
            boolean expected = vector.isValid() && !isCompressed(point);
            assertThat(agreed).as(vector.toString()).isEqualTo(expected);
            if (expected) {
                assertThat(out).as(vector.toString()).isEqualTo(vector.octets("shared"));
            }
        });
    }

    @Test
    void agreesOnP384AsWycheproofExpectsAndRefusesCompressedPoints() throws Exception {
        Wycheproof.vectors("ecdh_secp384r1_ecpoint").each(790, vector -> {
            byte[] point = vector.octets("public");
            byte[] out = new byte[48];
            byte[] secret = EcdsaTest.fixed(new BigInteger(vector.text("private"), 16), 48);
            boolean agreed = P384.agree(secret, point, 0, point.length, out, 0);
            boolean expected = vector.isValid() && !isCompressed(point);
            assertThat(agreed).as(vector.toString()).isEqualTo(expected);
            if (expected) {
                assertThat(out).as(vector.toString()).isEqualTo(vector.octets("shared"));
            }
        });
    }
}
