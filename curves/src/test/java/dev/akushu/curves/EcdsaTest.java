package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EcdsaTest {
    private static final byte[] NOTHING_ADDED = {};

    static byte[] hex(String s) {
        return HexFormat.of().parseHex(s);
    }

    static byte[] hash(String algorithm, byte[] message) throws Exception {
        return MessageDigest.getInstance(algorithm).digest(message);
    }

    static byte[] fixed(BigInteger value, int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[length - 1 - i] = value.shiftRight(8 * i).byteValue();
        }
        return octets;
    }

    @Test
    void signsAsRfc6979AppendixA25WhenNothingRandomIsAdded() throws Exception {
        byte[] key = hex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
        byte[] signature = new byte[64];
        P256.sign(
                key, "SHA256", hash("SHA-256", "sample".getBytes(StandardCharsets.UTF_8)), NOTHING_ADDED, signature, 0);
        assertThat(HexFormat.of().formatHex(signature))
                .isEqualTo("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                        + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
        P256.sign(key, "SHA512", hash("SHA-512", "test".getBytes(StandardCharsets.UTF_8)), NOTHING_ADDED, signature, 0);
        assertThat(HexFormat.of().formatHex(signature))
                .isEqualTo("461d93f31b6540894788fd206c07cfa0cc35f46fa3c91816fff1040ad1581a04"
                        + "39af9f15de0db8d97e72719c74820d304ce5226e32dedae67519e840d1194e55");
    }

    @Test
    void signsAsRfc6979AppendixA26WhenNothingRandomIsAdded() throws Exception {
        byte[] key = hex("6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d8"
                + "96d5724e4c70a825f872c9ea60d2edf5");
        byte[] signature = new byte[96];
        P384.sign(
                key, "SHA384", hash("SHA-384", "sample".getBytes(StandardCharsets.UTF_8)), NOTHING_ADDED, signature, 0);
        assertThat(HexFormat.of().formatHex(signature))
                .isEqualTo("94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c"
                        + "81a648152e44acf96e36dd1e80fabe46"
                        + "99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94f"
                        + "a329c145786e679e7b82c71a38628ac8");
    }

    @Test
    void verifiesWhatWycheproofHasForP256WithFreshAndWithKnownKeys() throws Exception {
        Wycheproof.vectors("ecdsa_secp256r1_sha256").each(484, vector -> {
            byte[] point = point(vector);
            P256Verifier fresh = P256Verifier.of(point, 0, point.length).orElseThrow();
            byte[] digest = hash("SHA-256", vector.octets("msg"));
            byte[] der = vector.octets("sig");
            byte[] rs = new byte[64];
            boolean decoded = EcdsaDer.decode(der, 0, der.length, rs);
            assertThat(decoded && fresh.verify(digest, rs, 0))
                    .as(vector.toString())
                    .isEqualTo(vector.isValid());
            assertThat(decoded && fresh.withTable().verify(digest, rs, 0))
                    .as(vector.toString())
                    .isEqualTo(vector.isValid());
        });
    }

    @Test
    void verifiesWhatWycheproofHasForP384WithFreshAndWithKnownKeys() throws Exception {
        Wycheproof.vectors("ecdsa_secp384r1_sha384").each(504, vector -> {
            byte[] point = point(vector);
            P384Verifier fresh = P384Verifier.of(point, 0, point.length).orElseThrow();
            byte[] digest = hash("SHA-384", vector.octets("msg"));
            byte[] der = vector.octets("sig");
            byte[] rs = new byte[96];
            boolean decoded = EcdsaDer.decode(der, 0, der.length, rs);
            assertThat(decoded && fresh.verify(digest, rs, 0))
                    .as(vector.toString())
                    .isEqualTo(vector.isValid());
            assertThat(decoded && fresh.withTable().verify(digest, rs, 0))
                    .as(vector.toString())
                    .isEqualTo(vector.isValid());
        });
    }

    private static byte[] point(Wycheproof.Vector vector) {
        return hex((String) ((java.util.Map<?, ?>) vector.group().get("publicKey")).get("uncompressed"));
    }
}
