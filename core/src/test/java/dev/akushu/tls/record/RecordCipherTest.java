package dev.akushu.tls.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.ContentType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Aead;
import dev.akushu.tls.crypto.AeadAlgorithm;
import dev.akushu.tls.schedule.TrafficKeys;
import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCipherTest {
    /** One octet of application data, as a TLSInnerPlaintext. */
    private static final byte[] A = {'a', 23};

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 0xff, 0x1_0000_0000L, 0x0123_4567_89ab_cdefL, -2})
    void nonceIsTheIvXoredWithTheSequenceNumber(long sequence) {
        // RFC 9846 5.3, computed here by whole numbers.
        AeadAlgorithm aes = Suites.aead(Suites.AES_128);
        TrafficKeys keys = Suites.keys(aes, 1);
        byte[] octets = new byte[AeadAlgorithm.NONCE_LENGTH];
        keys.copyIv(octets);
        BigInteger iv = new BigInteger(1, octets);
        BigInteger nonce = iv.xor(new BigInteger(Long.toUnsignedString(sequence)));
        byte[] expected = new byte[18];
        Aead plain = keys.takeAead();
        plain.seal(bytes(nonce), Records.hex("1703030012"), 5, A, 0, 2, expected, 0);

        byte[] record = new byte[23];
        new RecordCipher(keys, sequence).seal(A, 0, 0, A, 2, record, 0);

        assertThat(Arrays.copyOfRange(record, 5, 23)).isEqualTo(expected);
    }

    @Test
    void everyRecordCountsOneAndAFailedOneDoesNot() {
        RecordCipher sealing = new RecordCipher(Suites.keys(Suites.AES_128, 1), 41);
        RecordCipher opening = new RecordCipher(Suites.keys(Suites.AES_128, 1), 41);
        byte[] record = new byte[23];
        sealing.seal(A, 0, 0, A, 2, record, 0);
        byte[] broken = record.clone();
        broken[10] ^= 1;
        byte[] target = new byte[23];

        assertThat(opening.open(broken, 0, 23, target, 0)).isEqualTo(-1);
        assertThat(opening.sequence()).isEqualTo(41);
        assertThat(opening.open(record, 0, 23, target, 0)).isEqualTo(2);
        assertThat(opening.sequence()).isEqualTo(42);
        assertThat(sealing.sequence()).isEqualTo(42);
    }

    @Test
    void theSequenceNumberDoesNotWrap() throws TlsException {
        RecordCipher sealing = new RecordCipher(Suites.keys(Suites.AES_128, 1), -2);
        RecordOpener opener = new RecordOpener();
        opener.protect(new RecordCipher(Suites.keys(Suites.AES_128, 1), -2));
        byte[] last = new byte[23];
        sealing.seal(A, 0, 0, A, 2, last, 0);

        assertThat(Records.open(opener, last)).containsExactly('a');
        assertThat(Records.diagnosis(() -> Records.open(opener, last)).problem())
                .isEqualTo(Problem.KEY_LIMIT_REACHED);
    }

    @Test
    void aRecordWithoutRoomForATagDoesNotVerify() {
        RecordOpener opener = new RecordOpener();
        opener.protect(Suites.keys(Suites.AES_128, 1));

        for (int length = 0; length < 16; length++) {
            byte[] record = Records.raw(ContentType.APPLICATION_DATA, new byte[length]);
            assertThat(Records.diagnosis(() -> Records.open(opener, record)).problem())
                    .isEqualTo(Problem.BAD_RECORD_MAC);
        }
    }

    private static byte[] bytes(BigInteger nonce) {
        byte[] magnitude = nonce.toByteArray();
        byte[] padded = new byte[12];
        int length = Math.min(magnitude.length, 12);
        System.arraycopy(magnitude, magnitude.length - length, padded, 12 - length, length);
        return padded;
    }
}
