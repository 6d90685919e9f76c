package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.aayushatharva.brotli4j.encoder.Encoder;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.CertificateEntry;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.HandshakeCodec;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What unpacks Certificate messages gives out what was packed or nothing, whatever a peer sends. RFC 8879 section 4. */
class UnpackingTest {
    /** The longest message that may be announced. */
    private static final int LONGEST = 128 << 10;

    private static final byte[] MESSAGE = message();

    enum Way {
        ZLIB(1, CertificateCompression.zlib()),
        BROTLI(2, CertificateCompression.brotli()),
        ZSTD(3, CertificateCompression.zstd());

        private final int code;
        private final CertificateCompression compression;

        Way(int code, CertificateCompression compression) {
            this.code = code;
            this.compression = compression;
        }

        byte[] pack(byte[] message) {
            return compression.compress(message);
        }

        byte[] unpack(byte[] packed, int length) throws IOException {
            return compression.decompress(packed, length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRegistryHasItsCode(Way way) {
        assertThat(way.compression.code()).isEqualTo(way.code);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasPackedComesOutAgain(Way way) throws IOException {
        assertThat(way.pack(MESSAGE)).hasSizeLessThan(MESSAGE.length);
        assertThat(way.unpack(way.pack(MESSAGE), MESSAGE.length)).isEqualTo(MESSAGE);
        for (int length : List.of(0, 1, 2, 1000, LONGEST)) {
            byte[] random = random(length);
            assertThat(way.unpack(way.pack(random), length)).as("%s", length).isEqualTo(random);
            assertThat(way.unpack(way.pack(new byte[length]), length)).isEqualTo(new byte[length]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherLengthThanWasAnnouncedIsRefused(Way way) {
        byte[] packed = way.pack(MESSAGE);
        for (int wrong : List.of(0, 1, MESSAGE.length - 1, MESSAGE.length + 1, LONGEST)) {
            assertThatIOException().as("%s", wrong).isThrownBy(() -> way.unpack(packed, wrong));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBombIsCutOff(Way way) {
        byte[] bomb = way.pack(new byte[64 << 20]);
        assertThat(bomb).hasSizeLessThan(100_000);
        for (int announced : List.of(0, 1, 1000, LONGEST)) {
            assertThatIOException().isThrownBy(() -> way.unpack(bomb, announced));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCutShortIsRefused(Way way) {
        byte[] packed = way.pack(MESSAGE);
        for (int length = 0; length < packed.length; length++) {
            byte[] part = Arrays.copyOf(packed, length);
            assertThatIOException().as("%s", length).isThrownBy(() -> way.unpack(part, MESSAGE.length));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatHasSomethingBehindItIsRefused(Way way) {
        byte[] packed = way.pack(MESSAGE);
        byte[] longer = Arrays.copyOf(packed, packed.length + 1);
        assertThatIOException().isThrownBy(() -> way.unpack(longer, MESSAGE.length));
        byte[] twice = Arrays.copyOf(packed, 2 * packed.length);
        System.arraycopy(packed, 0, twice, packed.length, packed.length);
        assertThatIOException().isThrownBy(() -> way.unpack(twice, 2 * MESSAGE.length));
        assertThatIOException().isThrownBy(() -> way.unpack(twice, MESSAGE.length));
    }

    /** RFC 8878 3.1.2: a skippable frame holds nothing of the message. */
    @Test
    void aSkippableFrameOfZstdIsRefused() {
        byte[] packed = Way.ZSTD.pack(MESSAGE);
        byte[] skippable = Bytes.fromHex("502a4d1800000000").toArray();
        byte[] behind = Arrays.copyOf(packed, packed.length + skippable.length);
        System.arraycopy(skippable, 0, behind, packed.length, skippable.length);
        byte[] before = Arrays.copyOf(skippable, behind.length);
        System.arraycopy(packed, 0, before, skippable.length, packed.length);

        assertThatIOException().isThrownBy(() -> Way.ZSTD.unpack(behind, MESSAGE.length));
        assertThatIOException().isThrownBy(() -> Way.ZSTD.unpack(before, MESSAGE.length));
    }

    /** Old libraries unpack what begins like that, and some data behind it. */
    @ParameterizedTest
    @ValueSource(
            strings = {"1eb52ffd", "22b52ffd", "23b52ffd", "24b52ffd", "25b52ffd", "26b52ffd", "27b52ffd", "28b52f", ""
            })
    void onlyFramesOfTheRfcReachTheLibrary(String beginning) {
        byte[] packed = Way.ZSTD.pack(MESSAGE);
        byte[] other = Bytes.fromHex(beginning).toArray();
        byte[] old = other.length < 4 ? other : packed;
        System.arraycopy(other, 0, old, 0, other.length);

        assertThatIOException()
                .isThrownBy(() -> Way.ZSTD.unpack(old, MESSAGE.length))
                .withMessageContaining("does not begin");
    }

    /** Whatever comes, there is a message of the length that was announced, or an IOException. */
    @ParameterizedTest
    @EnumSource
    void whatIsCorruptCannotDoMoreThanFail(Way way) {
        byte[] packed = way.pack(MESSAGE);
        for (int bit = 0; bit < 8 * packed.length; bit++) {
            byte[] corrupt = packed.clone();
            corrupt[bit / 8] ^= (byte) (1 << bit % 8);
            assertFailsOrFits(way, corrupt);
        }
        for (int length = 0; length < 2000; length++) {
            assertFailsOrFits(way, random(length));
        }
    }

    private static void assertFailsOrFits(Way way, byte[] packed) {
        try {
            assertThat(way.unpack(packed, MESSAGE.length)).hasSize(MESSAGE.length);
        } catch (IOException refused) {
            assertThat(refused).hasMessageMatching(".+");
        }
    }

    /** The decoder takes as much memory as the window is long before it gives anything out. */
    @ParameterizedTest
    @ValueSource(ints = {10, 11, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
    void noWindowOfBrotliIsLongerThanAMessage(int bits) throws IOException {
        byte[] packed = Encoder.compress(MESSAGE, Encoder.Parameters.create(5, bits));
        byte[] narrowed = BrotliCompression.withoutLongerWindow(packed);

        assertThat(windowBits(narrowed)).isEqualTo(Math.min(windowBits(packed), 18));
        assertThat(Arrays.copyOfRange(narrowed, 1, narrowed.length))
                .isEqualTo(Arrays.copyOfRange(packed, 1, packed.length));
        assertThat(Way.BROTLI.unpack(packed, MESSAGE.length)).isEqualTo(MESSAGE);
    }

    /** RFC 7932 9.1. */
    private static int windowBits(byte[] stream) {
        if ((stream[0] & 1) == 0) {
            return 16;
        }
        int first = stream[0] >> 1 & 7;
        int second = stream[0] >> 4 & 7;
        return first != 0 ? 17 + first : second != 0 ? 8 + second : 17;
    }

    @Test
    void whoDoesNotBringTheLibraryIsTold() throws Exception {
        List<URL> core = List.of(CertificateCompression.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation());
        // Under no other loader but the first: those of the JDK know the modules of this test.
        try (URLClassLoader alone = new URLClassLoader(core.toArray(URL[]::new), null)) {
            Class<?> ways = alone.loadClass(CertificateCompression.class.getName());
            for (String name : List.of("brotli", "zstd")) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> {
                            try {
                                ways.getMethod(name).invoke(null);
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        })
                        .withMessageStartingWith("there is no");
            }
        }
    }

    private static byte[] message() {
        Identity identity = TestPki.create().leaf(TestKey.P256, "localhost").identity();
        return HandshakeCodec.encodeBody(new Certificate(
                Bytes.empty(),
                identity.chain().stream()
                        .map(certificate -> new CertificateEntry(certificate, Extensions.none()))
                        .toList()));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
