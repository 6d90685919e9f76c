package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class X25519Test {
    private static byte[] hex(String s) {
        return HexFormat.of().parseHex(s);
    }

    private static byte[] agree(byte[] secret, byte[] peer) {
        byte[] out = new byte[32];
        X25519.agree(secret, peer, 0, out, 0);
        return out;
    }

    private static byte[] publicKey(byte[] secret) {
        byte[] out = new byte[32];
        X25519.publicKey(secret, out, 0);
        return out;
    }

    @Test
    void agreesOnTheVectorsOfRfc7748Section52() {
        assertThat(agree(
                        hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
                        hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")))
                .isEqualTo(hex("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"));
        assertThat(agree(
                        hex("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d"),
                        hex("e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493")))
                .isEqualTo(hex("95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"));
    }

    @Test
    void agreesAfterAThousandIterationsOfRfc7748Section52() {
        byte[] k = new byte[32];
        k[0] = 9;
        byte[] u = k;
        for (int i = 0; i < 1000; i++) {
            byte[] next = agree(k, u);
            if (i == 0) {
                assertThat(next).isEqualTo(hex("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"));
            }
            u = k;
            k = next;
        }
        assertThat(k).isEqualTo(hex("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51"));
    }

    /** The last of its section 5.2 takes a minute. */
    @Test
    @EnabledIfSystemProperty(named = "akushu.curves.thorough", matches = "true")
    void agreesAfterAMillionIterationsOfRfc7748Section52() {
        byte[] k = new byte[32];
        k[0] = 9;
        byte[] u = k;
        for (int i = 0; i < 1_000_000; i++) {
            byte[] next = agree(k, u);
            u = k;
            k = next;
        }
        assertThat(k).isEqualTo(hex("7c3911e0ab2586fd864497297e575e6f3bc601c0883c30df5f4dd2d24f665424"));
    }

    @Test
    void aliceAndBobOfRfc7748Section61Agree() {
        byte[] alice = hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        byte[] bob = hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
        byte[] ofAlice = hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
        byte[] ofBob = hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
        byte[] common = hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
        assertThat(publicKey(alice)).isEqualTo(ofAlice);
        assertThat(publicKey(bob)).isEqualTo(ofBob);
        assertThat(agree(alice, ofBob)).isEqualTo(common);
        assertThat(agree(bob, ofAlice)).isEqualTo(common);
    }

    @Test
    void givesWhatWycheproofExpects() throws Exception {
        Wycheproof.vectors("x25519").each(518, vector -> {
            byte[] out = new byte[32];
            boolean usable = X25519.agree(vector.octets("private"), vector.octets("public"), 0, out, 0);
            byte[] expected = vector.octets("shared");
            assertThat(out).as(vector.toString()).isEqualTo(expected);
            assertThat(usable).as(vector.toString()).isEqualTo(!Arrays.equals(expected, new byte[32]));
        });
    }

    @Test
    void refusesASecretOfAnotherLength() {
        assertThatThrownBy(() -> X25519.publicKey(new byte[31], new byte[32], 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> X25519.agree(new byte[33], new byte[32], 0, new byte[32], 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsAndWritesWhereTheCallerSays() {
        byte[] secret = new byte[32];
        secret[7] = 77;
        byte[] frame = new byte[48];
        X25519.publicKey(secret, frame, 9);
        assertThat(Arrays.copyOfRange(frame, 9, 41)).isEqualTo(publicKey(secret));
        assertThat(Arrays.copyOfRange(frame, 0, 9)).containsOnly(0);
        assertThat(Arrays.copyOfRange(frame, 41, 48)).containsOnly(0);
        byte[] out = new byte[40];
        X25519.agree(secret, frame, 9, out, 5);
        assertThat(Arrays.copyOfRange(out, 5, 37)).isEqualTo(agree(secret, publicKey(secret)));
    }
}
