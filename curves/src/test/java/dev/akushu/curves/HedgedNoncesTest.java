package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nonces are those of RFC 6979 with additional data, from the first candidate to the last. */
class HedgedNoncesTest {

    /** Section 3.2 step by step, over the JDK's HMAC. */
    private static final class StepByStep {
        private final Mac mac;
        private byte[] k;
        private byte[] v;

        StepByStep(String hash, byte[] secret, byte[] digest, byte[] additional) throws Exception {
            mac = Mac.getInstance("Hmac" + hash);
            v = new byte[mac.getMacLength()];
            Arrays.fill(v, (byte) 1); // b
            k = new byte[mac.getMacLength()]; // c
            for (byte octet = 0; octet < 2; octet++) { // d, e, then f, g
                k = hmac(v, new byte[] {octet}, secret, digest, additional);
                v = hmac(v);
            }
        }

        /** h, for the candidate that follows one that was refused if {@code isNext}. */
        byte[] candidate(int length, boolean isNext) throws Exception {
            if (isNext) {
                k = hmac(v, new byte[] {0});
                v = hmac(v);
            }
            ByteArrayOutputStream t = new ByteArrayOutputStream();
            while (t.size() < length) {
                v = hmac(v);
                t.write(v);
            }
            return Arrays.copyOf(t.toByteArray(), length);
        }

        private byte[] hmac(byte[]... parts) throws Exception {
            mac.init(new SecretKeySpec(k, "HMAC"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SHA224, 32, 32",
        "SHA224, 48, 0",
        "SHA256, 32, 0",
        "SHA256, 32, 32",
        "SHA256, 48, 48",
        "SHA384, 32, 32",
        "SHA384, 48, 0",
        "SHA384, 48, 48",
        "SHA512, 32, 32",
        "SHA512, 48, 48"
    })
    void candidatesAreThoseOfRfc6979(String hash, int length, int added) throws Exception {
        SecureRandom random = new SecureRandom();
        byte[] secret = octets(random, length);
        byte[] digest = octets(random, length);
        byte[] additional = octets(random, added);
        StepByStep expected = new StepByStep(hash, secret, digest, additional);
        try (HedgedNonces nonces = new HedgedNonces(hash, secret, digest, additional)) {
            byte[] nonce = new byte[length];
            for (int i = 0; i < 4; i++) {
                nonces.next(nonce);
                assertThat(nonce).as("candidate %d", i).isEqualTo(expected.candidate(length, i > 0));
            }
        }
    }

    @Test
    void signaturesOfOneMessageDiffer() {
        byte[] secret = new byte[32];
        secret[31] = 7;
        byte[] digest = new byte[32];
        byte[] first = new byte[64];
        byte[] second = new byte[64];
        P256.sign(secret, "SHA256", digest, new SecureRandom(), first, 0);
        P256.sign(secret, "SHA256", digest, new SecureRandom(), second, 0);
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void otherHashesAreRefused() {
        byte[] number = new byte[32];
        assertThatThrownBy(() -> new HedgedNonces("SHA1", number, number, number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SHA1");
    }

    private static byte[] octets(SecureRandom random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }
}
