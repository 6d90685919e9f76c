package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.akushu.tls.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Random;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DerReaderTest {
    private static String read(byte[] der) throws DerException {
        return DerReader.of(der).objectIdentifier("it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0",
                "0.39",
                "1.0",
                "1.39.127.128",
                "2.0",
                "2.39",
                "2.40",
                "2.47",
                "2.48",
                "2.999.3",
                "1.2.840.113549.1.1.11",
                // The greatest arc of nine octets, and the least of ten.
                "1.3.9223372036854775807",
                "1.3.9223372036854775808",
                "2.9223372036854775727",
                "2.9223372036854775728",
                "2.25.329800735698586629295641978511506172918"
            })
    void readsObjectIdentifiersOfAnySize(String dotted) throws IOException, DerException {
        assertThat(read(new ASN1ObjectIdentifier(dotted).getEncoded())).isEqualTo(dotted);
    }

    @Test
    void readsWhatBouncyCastleWrites() throws IOException, DerException {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            String dotted = "2." + new BigInteger(random.nextInt(80), random) + "."
                    + new BigInteger(random.nextInt(80), random);

            assertThat(read(new ASN1ObjectIdentifier(dotted).getEncoded())).isEqualTo(dotted);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0600", "0603550480", "060355801d", "06028001"})
    void refusesWhatIsNotMinimalOrNotWhole(String hex) {
        assertThatExceptionOfType(DerException.class)
                .isThrownBy(() -> read(Bytes.fromHex(hex).toArray()));
    }
}
