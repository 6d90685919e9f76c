package dev.akushu.tls.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.akushu.tls.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
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

        assertThat(Bytes.wrap(new Hmac(Hashes.sha256(), key).mac(data)).hex())
                .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
        assertThat(Bytes.wrap(new Hmac(Hashes.sha384(), key).mac(data)).hex())
                .isEqualTo("4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c6"
                        + "0c2ef6ab4030fe8296248df163f44952");
    }

    @Property
    void agreesWithTheJdk(
            @ForAll @Size(min = 1, max = 300) byte[] key, @ForAll byte[] first, @ForAll @Size(max = 300) byte[] second)
            throws GeneralSecurityException {
        Hmac sha256 = new Hmac(Hashes.sha256(), key);
        Hmac sha384 = new Hmac(Hashes.sha384(), key);

        assertThat(sha256.mac(first)).isEqualTo(jdk("HmacSHA256", key, first));
        assertThat(sha256.mac(second)).isEqualTo(jdk("HmacSHA256", key, second));
        assertThat(sha384.mac(first)).isEqualTo(jdk("HmacSHA384", key, first));
        assertThat(sha384.mac(second)).isEqualTo(jdk("HmacSHA384", key, second));
    }

    @Test
    void takesAMessageInParts() {
        Hmac hmac = new Hmac(Hashes.sha256(), KEY);

        hmac.update(new byte[] {7, 8});
        hmac.update((byte) 9);

        assertThat(hmac.finish()).isEqualTo(new Hmac(Hashes.sha256(), KEY).mac(new byte[] {7, 8, 9}));
    }

    @Test
    void leavesTheKeyToItsOwner() {
        byte[] key = KEY.clone();

        new Hmac(Hashes.sha256(), key).wipe();

        assertThat(key).isEqualTo(KEY);
    }

    @Test
    void refusesToWorkOnceItsKeyIsWiped() {
        Hmac fresh = new Hmac(Hashes.sha256(), KEY);
        fresh.wipe();
        fresh.wipe();
        Hmac midway = new Hmac(Hashes.sha256(), KEY);
        midway.update(KEY);
        midway.wipe();

        assertThatIllegalStateException().isThrownBy(() -> fresh.mac(KEY));
        assertThatIllegalStateException().isThrownBy(() -> midway.update(KEY));
        assertThatIllegalStateException().isThrownBy(midway::finish);
    }

    private static byte[] jdk(String algorithm, byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key, algorithm));
        return mac.doFinal(message);
    }
}
