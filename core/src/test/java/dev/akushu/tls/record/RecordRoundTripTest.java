package dev.akushu.tls.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ContentType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordRoundTripTest {
    private static final int SEED = 7;

    @Provide
    Arbitrary<CipherSuite> suites() {
        return Arbitraries.of(Suites.all());
    }

    @Provide
    Arbitrary<ContentType> protectedTypes() {
        return Arbitraries.of(ContentType.ALERT, ContentType.HANDSHAKE, ContentType.APPLICATION_DATA);
    }

    @Property(tries = 300)
    void whatIsSealedOpensToTheSame(
            @ForAll("suites") CipherSuite suite,
            @ForAll("protectedTypes") ContentType type,
            @ForAll @IntRange(min = 1, max = RecordLimits.PLAINTEXT) int length,
            @ForAll @IntRange(max = RecordLimits.PLAINTEXT) int wantedPadding,
            @ForAll long contentSeed)
            throws TlsException {
        int padding = Math.min(wantedPadding, RecordLimits.PLAINTEXT - length);
        byte[] content = randomBytes(length, contentSeed);
        RecordSealer sealer = protectingSealer(suite);
        RecordOpener opener = protectingOpener(suite);

        for (int i = 0; i < 3; i++) {
            byte[] record = Records.seal(sealer, type, content, padding);
            assertThat(record).hasSize(5 + length + 1 + padding + 16).startsWith(23, 3, 3);
            assertThat(Records.open(opener, record)).isEqualTo(content);
            assertThat(opener.contentType()).isEqualTo(type);
            assertThat(opener.wasProtected()).isTrue();
        }
    }

    @Property(tries = 100)
    void whatIsSentInTheClearOpensToTheSame(
            @ForAll @IntRange(min = 1, max = RecordLimits.PLAINTEXT) int length, @ForAll long contentSeed)
            throws TlsException {
        byte[] content = randomBytes(length, contentSeed);
        RecordOpener opener = new RecordOpener();

        assertThat(Records.open(opener, Records.seal(new RecordSealer(), ContentType.HANDSHAKE, content, 0)))
                .isEqualTo(content);
        assertThat(opener.contentType()).isEqualTo(ContentType.HANDSHAKE);
        assertThat(opener.wasProtected()).isFalse();
    }

    @Property(tries = 100)
    void worksAtAnyPlaceOfItsArrays(
            @ForAll("suites") CipherSuite suite,
            @ForAll @IntRange(max = 50) int sourceOffset,
            @ForAll @IntRange(max = 50) int recordOffset,
            @ForAll @IntRange(max = 50) int targetOffset)
            throws TlsException {
        byte[] source = randomBytes(200, 1);
        byte[] wire = new byte[300];
        byte[] target = new byte[200];

        int length = protectingSealer(suite)
                .seal(ContentType.APPLICATION_DATA, source, sourceOffset, 100, 3, wire, recordOffset);
        RecordOpener opener = protectingOpener(suite);
        assertThat(opener.recordLength(wire, recordOffset, wire.length - recordOffset))
                .isEqualTo(length);
        opener.open(wire, recordOffset, length, target, targetOffset);

        assertThat(Arrays.copyOfRange(target, targetOffset, targetOffset + opener.contentLength()))
                .isEqualTo(Arrays.copyOfRange(source, sourceOffset, sourceOffset + 100));
        assertThat(Arrays.copyOf(wire, recordOffset)).isEqualTo(new byte[recordOffset]);
        assertThat(Arrays.copyOfRange(wire, recordOffset + length, wire.length)).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 3000})
    void sealsIntoTheArrayThatHoldsTheContent(int contentLength) throws TlsException {
        byte[] content = randomBytes(contentLength, 1);
        byte[] inPlace = Arrays.copyOf(content, contentLength + 50);
        byte[] clear = inPlace.clone();

        int length = protectingSealer(Suites.AES_128)
                .seal(ContentType.APPLICATION_DATA, inPlace, 0, contentLength, 0, inPlace, 0);
        int clearLength = new RecordSealer().seal(ContentType.HANDSHAKE, clear, 0, contentLength, 0, clear, 0);

        assertThat(Records.open(protectingOpener(Suites.AES_128), Arrays.copyOf(inPlace, length)))
                .isEqualTo(content);
        assertThat(Records.open(new RecordOpener(), Arrays.copyOf(clear, clearLength)))
                .isEqualTo(content);
    }

    /** Long content is encrypted from where it is, all but its last octets: what is read is what may be read. */
    @ParameterizedTest
    @MethodSource("dev.akushu.tls.record.Suites#all")
    void sealsTheSameFromTheMiddleOfAnArrayAsFromAnArrayOfItsOwn(CipherSuite suite) throws TlsException {
        byte[] around = randomBytes(4000, 1);
        for (int length = 495; length < 545; length++) {
            byte[] content = Arrays.copyOfRange(around, 7, 7 + length);
            byte[] expected = Records.seal(protectingSealer(suite), ContentType.APPLICATION_DATA, content, 9);
            byte[] wire = new byte[600];

            int sealed = protectingSealer(suite).seal(ContentType.APPLICATION_DATA, around, 7, length, 9, wire, 11);

            assertThat(Arrays.copyOfRange(wire, 11, 11 + sealed)).isEqualTo(expected);
            assertThat(Records.open(protectingOpener(suite), expected)).isEqualTo(content);
        }
        assertThat(around).isEqualTo(randomBytes(4000, 1));
    }

    @Test
    void aLargerRecordDoesNotShowInASmallerOneAfterIt() throws TlsException {
        RecordSealer sealer = protectingSealer(Suites.AES_128);
        RecordOpener opener = protectingOpener(Suites.AES_128);
        Records.open(opener, Records.seal(sealer, ContentType.APPLICATION_DATA, randomBytes(1000, 1), 0));

        byte[] small = Records.seal(sealer, ContentType.APPLICATION_DATA, new byte[] {5}, 500);

        assertThat(Records.open(opener, small)).containsExactly(5);
    }

    @ParameterizedTest
    @MethodSource("dev.akushu.tls.record.Suites#all")
    void anyFlippedBitOfAProtectedRecordIsFound(CipherSuite suite) throws TlsException {
        byte[] first = Records.seal(protectingSealer(suite), ContentType.APPLICATION_DATA, new byte[] {1, 2, 3}, 2);

        for (int bit = 8 * RecordLimits.HEADER; bit < 8 * first.length; bit++) {
            assertThat(problemOf(suite, flipped(first, bit))).as("bit %d", bit).isEqualTo(Problem.BAD_RECORD_MAC);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.akushu.tls.record.Suites#all")
    void aFlippedBitOfTheLegacyVersionIsFoundBecauseTheHeaderIsAuthenticated(CipherSuite suite) throws TlsException {
        byte[] record = Records.seal(protectingSealer(suite), ContentType.APPLICATION_DATA, new byte[] {1, 2, 3}, 2);

        for (int bit = 8; bit < 24; bit++) {
            assertThat(problemOf(suite, flipped(record, bit))).as("bit %d", bit).isEqualTo(Problem.BAD_RECORD_MAC);
        }
    }

    @Test
    void aFlippedBitOfTheTypeIsAnUnexpectedOrUnknownRecord() throws TlsException {
        byte[] record = Records.seal(protectingSealer(Suites.AES_128), ContentType.APPLICATION_DATA, new byte[3], 2);

        for (int bit = 0; bit < 8; bit++) {
            byte[] changed = flipped(record, bit);
            Problem expected =
                    ContentType.find(changed[0] & 0xff) == null ? Problem.NOT_TLS : Problem.UNEXPECTED_RECORD;
            assertThat(problemOf(Suites.AES_128, changed))
                    .as("type %d", changed[0])
                    .isEqualTo(expected);
        }
    }

    @Test
    void aShorterLengthIsFoundAndALongerOneWaitsOrIsRefused() throws TlsException {
        byte[] record = Records.seal(protectingSealer(Suites.AES_128), ContentType.APPLICATION_DATA, new byte[3], 2);
        int length = record.length - RecordLimits.HEADER;

        for (int bit = 24; bit < 40; bit++) {
            byte[] changed = flipped(record, bit);
            int announced = RecordHeader.length(changed, 0);
            if (announced > RecordLimits.CIPHERTEXT) {
                assertThat(problemOf(Suites.AES_128, changed)).isEqualTo(Problem.RECORD_TOO_LONG);
            } else if (announced > length) {
                assertThat(protectingOpener(Suites.AES_128).recordLength(changed, 0, changed.length))
                        .isEqualTo(RecordOpener.NEED_MORE);
            } else {
                byte[] cut = Arrays.copyOf(changed, RecordLimits.HEADER + announced);
                assertThat(problemOf(Suites.AES_128, cut)).isEqualTo(Problem.BAD_RECORD_MAC);
            }
        }
    }

    @Test
    void recordsOpenOnlyInTheirOrder() throws TlsException {
        RecordSealer sealer = protectingSealer(Suites.AES_128);
        byte[] first = Records.seal(sealer, ContentType.APPLICATION_DATA, new byte[] {1}, 0);
        byte[] second = Records.seal(sealer, ContentType.APPLICATION_DATA, new byte[] {2}, 0);

        assertThat(problemOf(Suites.AES_128, second)).isEqualTo(Problem.BAD_RECORD_MAC);
        RecordOpener opener = protectingOpener(Suites.AES_128);
        Records.open(opener, first);
        assertThat(Records.diagnosis(() -> Records.open(opener, first)).problem())
                .isEqualTo(Problem.BAD_RECORD_MAC);
    }

    private static Problem problemOf(CipherSuite suite, byte[] record) {
        return Records.diagnosis(() -> Records.open(protectingOpener(suite), record))
                .problem();
    }

    private static RecordSealer protectingSealer(CipherSuite suite) {
        RecordSealer sealer = new RecordSealer();
        sealer.protect(Suites.keys(suite, SEED));
        return sealer;
    }

    private static RecordOpener protectingOpener(CipherSuite suite) {
        RecordOpener opener = new RecordOpener();
        opener.protect(Suites.keys(suite, SEED));
        return opener;
    }

    private static byte[] flipped(byte[] record, int bit) {
        byte[] changed = record.clone();
        changed[bit / 8] ^= (byte) (0x80 >>> bit % 8);
        return changed;
    }

    private static byte[] randomBytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
