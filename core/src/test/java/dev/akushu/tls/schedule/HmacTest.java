package dev.akushu.tls.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

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
    private static final byte[] KEY = {1, 2, 3};

    @Test
    void hashesAKeyThatIsLongerThanABlock() {
        // RFC 4231 section 4.7.
        byte[] key = new byte[131];
        Arrays.fill(key, (byte) 0xaa);
        byte[] data = "Test Using Larger Than Block-Size Key - Hash Key First".getBytes(StandardCharsets.US_ASCII);

        assertThat(Bytes.wrap(Hmac.of(Hashes.sha256(), key, data)).hex())
                .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
        assertThat(Bytes.wrap(Hmac.of(Hashes.sha384(), key, data)).hex())
                .isEqualTo("4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c6"
                        + "0c2ef6ab4030fe8296248df163f44952");
    }

    @Property
    void agreesWithTheJdk(
            @ForAll @Size(min = 1, max = 300) byte[] key, @ForAll byte[] first, @ForAll @Size(max = 300) byte[] second)
            throws GeneralSecurityException {
        for (byte[] message : List.of(first, second)) {
            assertThat(Hmac.of(Hashes.sha256(), key, message)).isEqualTo(jdk("HmacSHA256", key, message));
            assertThat(Hmac.of(Hashes.sha384(), key, message)).isEqualTo(jdk("HmacSHA384", key, message));
        }
    }

    @Test
    void takesMessagesInPartsOneAfterTheOther() {
        byte[] code = new byte[32];
        try (Hmac hmac = new Hmac(Hashes.sha256(), KEY)) {
            for (int i = 0; i < 3; i++) {
                hmac.update(new byte[] {7, 8});
                hmac.update(new byte[] {9});
                hmac.finish(code);

                assertThat(code).isEqualTo(Hmac.of(Hashes.sha256(), KEY, new byte[] {7, 8, 9}));
            }
            hmac.finish(code);
            assertThat(code).isEqualTo(Hmac.of(Hashes.sha256(), KEY, new byte[0]));
        }
    }

    @Test
    void refusesAnArrayThatIsTooShortForTheCode() {
        try (Hmac hmac = new Hmac(Hashes.sha256(), KEY)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> hmac.finish(new byte[31]))
                    .withMessageContaining("32 bytes");
        }
    }

    @Test
    void leavesTheKeyToItsOwner() {
        byte[] key = KEY.clone();

        new Hmac(Hashes.sha256(), key).close();

        assertThat(key).isEqualTo(KEY);
    }

    @Test
    void refusesToWorkOnceItIsClosed() {
        Hmac fresh = new Hmac(Hashes.sha256(), KEY);
        fresh.close();
        fresh.close();
        Hmac midway = new Hmac(Hashes.sha256(), KEY);
        midway.update(KEY);
        midway.close();

        assertThatIllegalStateException().isThrownBy(() -> fresh.update(KEY));
        assertThatIllegalStateException().isThrownBy(() -> midway.update(KEY));
        assertThatIllegalStateException().isThrownBy(() -> midway.finish(new byte[32]));
    }

    @Test
    void givesADigestBackThatKnowsNothing() {
        HashAlgorithm hash = Hashes.sha256();
        Hmac midway = new Hmac(hash, KEY);
        midway.update(KEY);
        midway.close();

        assertThat(hash.takeDigest().digest()).isEqualTo(hash.newDigest().digest());
    }

    @Test
    void givesItsDigestToTheNext() {
        HashAlgorithm hash = Hashes.sha256();
        MessageDigest kept = hash.takeDigest();
        hash.giveBack(kept);
        Hmac.of(hash, KEY, KEY);

        assertThat(hash.takeDigest()).isSameAs(kept);
    }

    /** Closing twice must not hand one digest to two. */
    @Test
    void givesADigestBackOnce() {
        HashAlgorithm hash = Hashes.sha256();
        Hmac twice = new Hmac(hash, KEY);
        twice.close();
        MessageDigest one = hash.takeDigest();
        twice.close();

        assertThat(hash.takeDigest()).isNotSameAs(one);
    }

    private static byte[] jdk(String algorithm, byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key, algorithm));
        return mac.doFinal(message);
    }
}
