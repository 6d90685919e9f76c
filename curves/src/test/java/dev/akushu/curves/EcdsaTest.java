package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

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

    private static final Map<NistCurve, String> KEYS_OF_RFC6979 = Map.of(
            NistCurve.P256,
            "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721",
            NistCurve.P384,
            "6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d8" + "96d5724e4c70a825f872c9ea60d2edf5");

    /** Appendices A.2.5 and A.2.6, with all of SHA-2. */
    @ParameterizedTest
    @CsvFileSource(resources = "rfc6979.csv")
    void signsAsRfc6979WhenNothingRandomIsAdded(
            NistCurve curve, String hash, String message, String k, String r, String s) throws Exception {
        byte[] key = hex(KEYS_OF_RFC6979.get(curve));
        byte[] digest = hash(hash.replace("SHA", "SHA-"), message.getBytes(StandardCharsets.US_ASCII));
        byte[] signature = new byte[curve.signatureLength()];
        curve.sign(key, hash, digest, NOTHING_ADDED, signature);
        assertThat(HexFormat.of().formatHex(signature)).isEqualTo(r + s);

        // That the nonce is theirs, too, tells where to look should it not be so.
        byte[] nonce = new byte[curve.length];
        byte[] reduced = new byte[curve.length];
        Words.writeBig(curve.integer(digest), reduced, 0);
        try (HedgedNonces nonces = new HedgedNonces(hash, key, reduced, NOTHING_ADDED)) {
            nonces.next(nonce);
        }
        assertThat(HexFormat.of().formatHex(nonce)).isEqualTo(k);

        byte[] point = new byte[curve.pointLength()];
        curve.publicKey(key, point);
        assertThat(curve.verifier(point).verify(digest, hex(r + s), 0)).isTrue();
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
        return hex((String) ((Map<?, ?>) vector.group().get("publicKey")).get("uncompressed"));
    }
}
