package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;

/** DER of a signature is what another encoder makes of it, and nothing else is read as one. */
class EcdsaDerTest {

    /** r and s of 32, 48 or 66 octets; of the last the content of DER is 128 octets or more. */
    @Provide
    Arbitrary<byte[]> signatures() {
        return Arbitraries.of(32, 48, 66)
                .flatMap(half -> Combinators.combine(halves(half), halves(half)).as((r, s) -> {
                    byte[] rs = Arrays.copyOf(r, 2 * half);
                    System.arraycopy(s, 0, rs, half, half);
                    return rs;
                }));
    }

    /** Numbers with leading zeros more often than chance has it, and with the highest bit of the next octet set or not. */
    private static Arbitrary<byte[]> halves(int half) {
        return Combinators.combine(
                        Arbitraries.bytes().array(byte[].class).ofSize(half),
                        Arbitraries.integers().between(0, half).withDistribution(uniform()),
                        Arbitraries.of(0x00, 0x01, 0x7f, 0x80, 0xff))
                .as((octets, zeros, first) -> {
                    Arrays.fill(octets, 0, zeros, (byte) 0);
                    if (zeros < half) {
                        octets[zeros] = first.byteValue();
                    }
                    return octets;
                });
    }

    private static RandomDistribution uniform() {
        return RandomDistribution.uniform();
    }

    private static byte[] byAnother(byte[] rs) throws Exception {
        int half = rs.length / 2;
        return new DERSequence(new ASN1Encodable[] {
                    new ASN1Integer(new BigInteger(1, Arrays.copyOf(rs, half))),
                    new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(rs, half, rs.length)))
                })
                .getEncoded();
    }

    @Property
    void encodingIsThatOfAnotherEncoderAndIsReadAgain(@ForAll("signatures") byte[] rs) throws Exception {
        byte[] der = EcdsaDer.encode(rs);
        assertThat(der).isEqualTo(byAnother(rs));

        // Between other octets, and into an array that held something else.
        byte[] among = new byte[der.length + 7];
        Arrays.fill(among, (byte) 0x30);
        System.arraycopy(der, 0, among, 4, der.length);
        byte[] read = new byte[rs.length];
        Arrays.fill(read, (byte) 0xa5);
        assertThat(EcdsaDer.decode(among, 4, der.length, read)).isTrue();
        assertThat(read).isEqualTo(rs);
    }

    @Property
    void noOtherLengthIsRead(@ForAll("signatures") byte[] rs) {
        byte[] der = EcdsaDer.encode(rs);
        byte[] read = new byte[rs.length];
        for (int length = 0; length < der.length; length++) {
            byte[] cut = Arrays.copyOf(der, length);
            assertThat(EcdsaDer.decode(cut, 0, length, read))
                    .as("%d octets", length)
                    .isFalse();
            assertThat(EcdsaDer.decode(der, 0, length, read))
                    .as("%d octets of more", length)
                    .isFalse();
        }
        assertThat(EcdsaDer.decode(Arrays.copyOf(der, der.length + 1), 0, der.length + 1, read))
                .isFalse();
    }

    /** The rule that makes a decoder strict: what it reads, it would have written itself. */
    @Property(tries = 100)
    void whatIsReadHasOneEncodingOnly(@ForAll("signatures") byte[] rs, @ForAll byte change) {
        byte[] der = EcdsaDer.encode(rs);
        byte[] read = new byte[rs.length];
        for (int i = 0; i < der.length; i++) {
            byte[] other = der.clone();
            other[i] = change;
            if (EcdsaDer.decode(other, 0, other.length, read)) {
                assertThat(EcdsaDer.encode(read)).isEqualTo(other);
            }
        }
    }

    @Example
    void formsThatDerDoesNotHaveAreRefused() {
        assertThat(refused("3006020101020101")).isFalse();
        assertThat(refused("")).isTrue();
        assertThat(refused("30")).isTrue();
        assertThat(refused("3000")).isTrue();
        assertThat(refused("3081")).isTrue();
        assertThat(refused("308106020101020101"))
                .as("long form of a short length")
                .isTrue();
        assertThat(refused("3080020101020101" + "0000")).as("indefinite length").isTrue();
        assertThat(refused("31" + "06020101020101")).as("a set").isTrue();
        assertThat(refused("3006020101030101")).as("no integer").isTrue();
        assertThat(refused("30050200020101")).as("an integer without octets").isTrue();
        assertThat(refused("300702020001020101")).as("a superfluous zero").isTrue();
        assertThat(refused("3006020181020101")).as("a negative number").isTrue();
        assertThat(refused("300702020081020101"))
                .as("a zero in front of the highest bit")
                .isFalse();
        assertThat(refused("3003020101")).as("one number").isTrue();
        assertThat(refused("3009020101020101020101")).as("three numbers").isTrue();
        assertThat(refused("3006020101020201"))
                .as("a number that ends beyond the input")
                .isTrue();
    }

    @Example
    void contentOf128OctetsAndMoreTakesTheLongForm() {
        for (int half : IntStream.range(60, 68).toArray()) {
            byte[] rs = new byte[2 * half];
            Arrays.fill(rs, (byte) 1);
            byte[] der = EcdsaDer.encode(rs);
            int content = 2 * half + 4;
            assertThat(der).hasSize(content + (content < 0x80 ? 2 : 3));
            assertThat(EcdsaDer.decode(der, 0, der.length, new byte[rs.length])).isTrue();
        }
    }

    @Example
    void numberThatDoesNotFitIsRefused() {
        byte[] rs = new byte[66];
        Arrays.fill(rs, (byte) 1);
        byte[] der = EcdsaDer.encode(rs);
        assertThat(EcdsaDer.decode(der, 0, der.length, new byte[66])).isTrue();
        assertThat(EcdsaDer.decode(der, 0, der.length, new byte[64])).isFalse();
    }

    /** What lies around the signature is none of it, whatever it looks like. */
    @Example
    void octetsOutsideAreNotRead() {
        assertThat(refusedWithin("020101020101", 1))
                .as("no sequence, after a tag")
                .isTrue();
        assertThat(refusedWithin("0202" + "3082020101", 2))
                .as("a length of three octets, after a tag")
                .isTrue();
        assertThat(refusedWithin("0030", 1)).as("one octet at the end").isTrue();
        assertThat(refusedWithin("003081", 1)).as("a long form without octets").isTrue();
        String rest = "020101";
        assertThat(refusedWithin("0208" + "3006030101" + rest, 2))
                .as("no integer, after a tag")
                .isTrue();
        assertThat(refusedWithin("0207" + "30050200" + rest, 2))
                .as("an integer without octets, after a tag")
                .isTrue();
    }

    private static boolean refusedWithin(String octets, int offset) {
        byte[] array = EcdsaTest.hex(octets);
        return !EcdsaDer.decode(array, offset, array.length - offset, new byte[2 * 64]);
    }

    private static boolean refused(String der) {
        byte[] octets = EcdsaTest.hex(der);
        return !EcdsaDer.decode(octets, 0, octets.length, new byte[64]);
    }
}
