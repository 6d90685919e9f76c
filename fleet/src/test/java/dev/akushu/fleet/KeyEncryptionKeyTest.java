package dev.akushu.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyEncryptionKeyTest {
    private static final byte[] SECRET = "a ticket key of thirty-two bytes".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTEXT = {1, 2, 3};
    private static final byte[] ONE = filled(1);
    private static final byte[] TWO = filled(2);

    @TempDir
    private Path folder;

    @Test
    void whatOneServerWrapsAnotherWithTheSameKeyUnwraps() throws Exception {
        byte[] wrapped = key(ONE).wrap(SECRET, CONTEXT);

        assertThat(key(ONE).unwrap(wrapped, CONTEXT)).isEqualTo(SECRET);
        assertThat(new String(wrapped, StandardCharsets.ISO_8859_1)).doesNotContain("ticket");
        assertThat(key(ONE).wrap(SECRET, CONTEXT)).as("never the same nonce").isNotEqualTo(wrapped);
    }

    @Test
    void nothingUnwrapsAfterAnyBitChanged() throws Exception {
        byte[] wrapped = key(ONE).wrap(SECRET, CONTEXT);
        for (int bit = 0; bit < wrapped.length * 8; bit++) {
            byte[] changed = wrapped.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> key(ONE).unwrap(changed, CONTEXT)).isInstanceOf(GeneralSecurityException.class);
        }
        assertThatThrownBy(() -> key(ONE).unwrap(wrapped, new byte[] {1, 2}))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> key(ONE).unwrap(Arrays.copyOf(wrapped, 20), CONTEXT))
                .isInstanceOf(KeyEncryptionKey.NotAuthenticException.class);
    }

    @Test
    void keyIsReplacedByGivingItAsASecondFirst() throws Exception {
        byte[] old = key(ONE).wrap(SECRET, CONTEXT);

        assertThat(key(ONE, TWO).unwrap(key(TWO, ONE).wrap(SECRET, CONTEXT), CONTEXT))
                .isEqualTo(SECRET);
        assertThat(key(TWO, ONE).unwrap(old, CONTEXT)).isEqualTo(SECRET);
        assertThatThrownBy(() -> key(TWO).unwrap(old, CONTEXT)).hasMessageContaining("not known here");
    }

    @Test
    void fileHoldsKeysInBase64ALineEach() throws Exception {
        Path file = file(base64(TWO) + "\n" + base64(ONE) + "\n");

        assertThat(KeyEncryptionKey.file(file).unwrap(key(ONE).wrap(SECRET, CONTEXT), CONTEXT))
                .isEqualTo(SECRET);
    }

    @Test
    void fileThatOthersMayReadIsRefused() throws Exception {
        Path file = file(base64(ONE));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertRefused(file, Problem.SECRET_FILE_UNUSABLE, "rw-r--r--");
    }

    @Test
    void filesWithoutAKeyAreRefusedWithTheReasonAndNothingOfTheirContent() throws Exception {
        assertRefused(file(""), Problem.KEY_ENCRYPTION_KEY_MALFORMED, "base64");
        assertRefused(file("no-base64!"), Problem.KEY_ENCRYPTION_KEY_MALFORMED, "base64");
        String half = Base64.getEncoder().encodeToString(new byte[16]);
        assertRefused(file(half), Problem.KEY_ENCRYPTION_KEY_LENGTH, "16 bytes");
        assertRefused(folder.resolve("absent"), Problem.SECRET_FILE_UNUSABLE, "does not exist");
    }

    @Test
    void variableThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> KeyEncryptionKey.environment("AKUSHU_NO_SUCH_VARIABLE"))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.SECRET_VARIABLE_ABSENT))
                .hasMessageContaining("AKUSHU_NO_SUCH_VARIABLE");
    }

    private void assertRefused(Path file, Problem problem, String reason) {
        assertThatThrownBy(() -> KeyEncryptionKey.file(file))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(problem))
                .hasMessageContaining(reason)
                .hasMessageNotContaining("no-base64!");
    }

    private Path file(String content) throws Exception {
        Path file = Files.createTempFile(folder, "key", "");
        return Files.writeString(file, content);
    }

    private static String base64(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }

    private static KeyEncryptionKey key(byte[]... secrets) {
        return KeyEncryptionKey.of(List.of(secrets));
    }

    private static byte[] filled(int value) {
        byte[] key = new byte[KeyEncryptionKey.LENGTH];
        Arrays.fill(key, (byte) value);
        return key;
    }
}
