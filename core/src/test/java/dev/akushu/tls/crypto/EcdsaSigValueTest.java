package dev.akushu.tls.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcdsaSigValueTest {
    private static final String ORDER_OF_P521 =
            "686479766013060971498190079908139321726943530014330540939446345918554318339765539424505774633321719753296399"
                    + "6371363321113864768612440380340372808892707005449";

    @Property
    void whatAnotherEncoderWritesIsDer(
            @ForAll @BigRange(min = "1", max = ORDER_OF_P521) BigInteger r,
            @ForAll @BigRange(min = "1", max = ORDER_OF_P521) BigInteger s)
            throws Exception {
        assertThat(EcdsaSigValue.isDer(encoded(r, s))).isTrue();
    }

    @Property(tries = 3000)
    void anotherReaderAgreesOnASignatureWithAnotherOctetSomewhere(
            @ForAll @BigRange(min = "1", max = ORDER_OF_P521) BigInteger r,
            @ForAll @BigRange(min = "1", max = ORDER_OF_P521) BigInteger s,
            @ForAll @IntRange(max = 7) int place,
            @ForAll byte octet)
            throws Exception {
        byte[] signature = encoded(r, s);
        signature[place] = octet;

        assertThat(EcdsaSigValue.isDer(signature)).isEqualTo(isWhatAnotherEncoderWrites(signature));
    }

    @Property(tries = 200)
    void noPrefixOfASignatureIsOne(
            @ForAll @BigRange(min = "1", max = ORDER_OF_P521) BigInteger r,
            @ForAll @BigRange(min = "1", max = ORDER_OF_P521) BigInteger s)
            throws Exception {
        byte[] signature = encoded(r, s);
        for (int length = 0; length < signature.length; length++) {
            assertThat(EcdsaSigValue.isDer(Arrays.copyOf(signature, length))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3006020101020101", // r = s = 1
                "300802020080020200ff", // leading zeros where the sign needs them
            })
    void smallestFormsAreDer(String hex) {
        assertThat(EcdsaSigValue.isDer(HexFormat.of().parseHex(hex))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "30", // no length
                "3081", // no length behind its length
                "3000", // no integers
                "3003020101", // one integer
                "300602010102010100", // an octet behind the sequence
                "3007020101020101", // the sequence is longer than what there is
                "300702010102010100", // an octet behind the integers
                "3009020101020101020101", // a third integer
                "3106020101020101", // a set
                "3006030101020101", // a bit string for r
                "3006020101030101", // a bit string for s
                "3006020181020101", // r is negative: its leading zero is missing
                "3006020101020181", // s is negative
                "300702020001020101", // r with a zero too many
                "300702010102020001", // s with a zero too many
                "3006020100020101", // r = 0
                "30050200020101", // r is empty
                "308106020101020101", // a long form where the short one is enough
                "30820006020101020101", // a longer form still
                "300702810101020101", // a long form for r
                "30800201010201010000", // indefinite length
                "30060201010201", // s is cut off
                "300602010102", // the length of s is cut off
            })
    void whatIsNotDerIsRefused(String hex) {
        assertThat(EcdsaSigValue.isDer(HexFormat.of().parseHex(hex))).isFalse();
    }

    private static boolean isWhatAnotherEncoderWrites(byte[] signature) {
        try {
            ASN1Sequence sequence = ASN1Sequence.getInstance(signature);
            BigInteger r = ASN1Integer.getInstance(sequence.getObjectAt(0)).getValue();
            BigInteger s = ASN1Integer.getInstance(sequence.getObjectAt(1)).getValue();
            return r.signum() > 0 && s.signum() > 0 && Arrays.equals(encoded(r, s), signature);
        } catch (IllegalArgumentException | IllegalStateException | IOException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    private static byte[] encoded(BigInteger r, BigInteger s) throws IOException {
        ASN1EncodableVector integers = new ASN1EncodableVector();
        integers.add(new ASN1Integer(r));
        integers.add(new ASN1Integer(s));
        return new DERSequence(integers).getEncoded();
    }
}
