package dev.akushu.tls.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.crypto.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HmacTest {
    private static final HashAlgorithm SHA256 = Hashes.sha256();
    private static final byte[] KEY = {1, 2, 3};

    @Test
    void hashesAKeyThatIsLongerThanABlock() {
        // RFC 4231 section 4.7.
        byte[] key = new byte[131];
        Arrays.fill(key, (byte) 0xaa);
        byte[] data = "Test Using Larger Than Block-Size Key - Hash Key First".getBytes(StandardCharsets.US_ASCII);

        assertThat(Bytes.wrap(hmac(Hashes.sha256(), key, data)).hex())
                .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
        assertThat(Bytes.wrap(hmac(Hashes.sha384(), key, data)).hex())
                .isEqualTo("4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c6"
                        + "0c2ef6ab4030fe8296248df163f44952");
    }

    @Property
    void agreesWithTheJdk(
            @ForAll @Size(min = 1, max = 300) byte[] key, @ForAll byte[] first, @ForAll @Size(max = 300) byte[] second)
            throws GeneralSecurityException {
        for (byte[] message : List.of(first, second)) {
            assertThat(hmac(Hashes.sha256(), key, message)).isEqualTo(jdk("HmacSHA256", key, message));
            assertThat(hmac(Hashes.sha384(), key, message)).isEqualTo(jdk("HmacSHA384", key, message));
        }
    }

    @Test
    void takesMessagesInPartsOneAfterTheOther() {
        byte[] code = new byte[32];
        MessageDigest digest = SHA256.newDigest();
        for (int i = 0; i < 3; i++) {
            Hmac.begin(SHA256, digest, KEY);
            digest.update(new byte[] {7, 8});
            digest.update((byte) 9);
            Hmac.finish(SHA256, digest, KEY, code);

            assertThat(code).isEqualTo(Hmac.of(SHA256, KEY, new byte[] {7, 8, 9}));
        }
        Hmac.begin(SHA256, digest, KEY);
        Hmac.finish(SHA256, digest, KEY, code);
        assertThat(code).isEqualTo(Hmac.of(SHA256, KEY, new byte[0]));
    }

    @Test
    void refusesAnArrayThatIsTooShortForTheCode() {
        MessageDigest digest = SHA256.newDigest();
        Hmac.begin(SHA256, digest, KEY);

        assertThatIllegalArgumentException().isThrownBy(() -> Hmac.finish(SHA256, digest, KEY, new byte[31]));
    }

    @Test
    void refusesAKeyThatIsLongerThanABlock() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hmac.of(SHA256, new byte[65], KEY))
                .withMessageContaining("65 bytes");
    }

    @Test
    void leavesTheKeyAsItWas() {
        byte[] key = KEY.clone();
        MessageDigest digest = SHA256.newDigest();

        Hmac.begin(SHA256, digest, key);
        assertThat(key).isEqualTo(KEY);
        Hmac.finish(SHA256, digest, key, new byte[32]);
        assertThat(key).isEqualTo(KEY);
        assertThat(Hmac.copyOfKey(SHA256, key)).isEqualTo(KEY).isNotSameAs(key);
    }

    @Test
    void givesItsDigestToTheNext() {
        HashAlgorithm hash = Hashes.sha256();
        MessageDigest kept = hash.takeDigest();
        hash.giveBack(kept);
        Hmac.of(hash, KEY, KEY);

        assertThat(hash.takeDigest()).isSameAs(kept);
    }

    @Test
    void givesADigestBackThatKnowsNothing() {
        HashAlgorithm hash = Hashes.sha256();
        assertThatIllegalArgumentException().isThrownBy(() -> Hmac.of(hash, new byte[65], KEY));
        Hmac.of(hash, KEY, KEY);

        assertThat(hash.takeDigest().digest()).isEqualTo(hash.newDigest().digest());
    }

    /** HKDF-Extract is HMAC under a key of any length. */
    private static byte[] hmac(HashAlgorithm hash, byte[] key, byte[] message) {
        return new Hkdf(hash).extract(key, message);
    }

    private static byte[] jdk(String algorithm, byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key, algorithm));
        return mac.doFinal(message);
    }
}
