package dev.akushu.tls.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.testing.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HkdfTest {
    private static final Pattern CASE = Pattern.compile(
            "\\{\\s*\"tcId\": (?<id>\\d+),.*?"
                    + "\"ikm\": \"(?<ikm>\\w*)\",\\s*\"salt\": \"(?<salt>\\w*)\",\\s*\"info\": \"(?<info>\\w*)\",\\s*"
                    + "\"size\": (?<size>\\d+),\\s*\"okm\": \"(?<okm>\\w*)\",\\s*\"result\": \"(?<result>\\w+)\"",
            Pattern.DOTALL);

    private final Hkdf hkdf = new Hkdf(Hashes.sha256());

    @Test
    void agreesWithWycheproofOnSha256() throws IOException {
        assertThat(wrongCases("hkdf_sha256_test.json", Hashes.sha256(), 86)).isEmpty();
    }

    @Test
    void agreesWithWycheproofOnSha384() throws IOException {
        assertThat(wrongCases("hkdf_sha384_test.json", Hashes.sha384(), 83)).isEmpty();
    }

    @Test
    void encodesALabelAsTheStructureOfTheRfc() {
        // RFC 9846 7.1: uint16 length, "tls13 " + label with its length in front, context with its length in front.
        byte[] secret = new byte[32];
        byte[] info = Bytes.fromHex("0102" + "09" + "746c73313320616263" + "02" + "beef")
                .toArray();

        assertThat(hkdf.expandLabel(secret, "abc", Bytes.fromHex("beef").toArray(), 0x0102))
                .isEqualTo(hkdf.expand(secret, info, 0x0102));
    }

    @Test
    void refusesALabelThatItsLengthByteCannotHold() {
        byte[] secret = new byte[32];

        assertThat(hkdf.expandLabel(secret, "x".repeat(249), secret, 32)).hasSize(32);
        assertThatIllegalArgumentException().isThrownBy(() -> hkdf.expandLabel(secret, "x".repeat(250), secret, 32));
        assertThatIllegalArgumentException().isThrownBy(() -> hkdf.expandLabel(secret, "", secret, 32));
    }

    @Test
    void refusesALabelThatIsNotAscii() {
        byte[] secret = new byte[32];
        assertThatIllegalArgumentException().isThrownBy(() -> hkdf.expandLabel(secret, "\ud800", secret, 32));

        assertThatIllegalArgumentException().isThrownBy(() -> hkdf.expandLabel(secret, "clé", secret, 32));
    }

    @Test
    void refusesAContextThatItsLengthByteCannotHold() {
        byte[] secret = new byte[32];

        assertThat(hkdf.expandLabel(secret, "label", new byte[255], 32)).hasSize(32);
        assertThatIllegalArgumentException().isThrownBy(() -> hkdf.expandLabel(secret, "label", new byte[256], 32));
    }

    @Test
    void refusesToExpandBeyond255Blocks() {
        assertThat(hkdf.expand(new byte[32], new byte[0], 255 * 32)).hasSize(255 * 32);
        assertThatIllegalArgumentException().isThrownBy(() -> hkdf.expand(new byte[32], new byte[0], 255 * 32 + 1));
    }

    private static List<String> wrongCases(String file, HashAlgorithm hash, int count) throws IOException {
        Matcher cases = CASE.matcher(Files.readString(Vectors.find("wycheproof/" + file)));
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        while (cases.find()) {
            seen++;
            if (!isAsExpected(cases, new Hkdf(hash))) {
                wrong.add(cases.group("id"));
            }
        }
        assertThat(seen).isEqualTo(count);
        return wrong;
    }

    private static boolean isAsExpected(Matcher vector, Hkdf hkdf) {
        byte[] key = hkdf.extract(hex(vector.group("salt")), hex(vector.group("ikm")));
        int size = Integer.parseInt(vector.group("size"));
        boolean valid = vector.group("result").equals("valid");
        try {
            Bytes expanded = Bytes.wrap(hkdf.expand(key, hex(vector.group("info")), size));
            return valid && expanded.hex().equals(vector.group("okm"));
        } catch (IllegalArgumentException refused) {
            return !valid;
        }
    }

    private static byte[] hex(String digits) {
        return Bytes.fromHex(digits).toArray();
    }
}
