package dev.akushu.tls.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.crypto.KeyExchange.ClientShare;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What RFC 9846 sections 4.3.8.1, 4.3.8.2 and 7.4.2 tell to check of a peer's share. */
class BadKeyShareTest {
    private static final Crypto CRYPTO = Crypto.jdk();
    private static final Crypto OWN_CURVES = Crypto.ownCurves();

    static List<KeyExchange> nistCurves() {
        return groups(NamedGroup.SECP256R1, NamedGroup.SECP384R1, NamedGroup.SECP521R1);
    }

    static List<KeyExchange> finiteFields() {
        return groups(NamedGroup.FFDHE2048, NamedGroup.FFDHE3072, NamedGroup.FFDHE4096);
    }

    /** The JDK's and, where they differ, our own curves. */
    private static List<KeyExchange> groups(NamedGroup... names) {
        Stream<KeyExchange> own = Stream.of(names).map(OWN_CURVES::group).filter(CurveExchange.class::isInstance);
        return Stream.concat(Stream.of(names).map(CRYPTO::group), own).toList();
    }

    static List<KeyExchange> montgomeryCurves() {
        return groups(NamedGroup.X25519, NamedGroup.X448);
    }

    @ParameterizedTest
    @MethodSource("nistCurves")
    void pointOffTheCurveIsRefused(KeyExchange exchange) {
        byte[] share = exchange.generate(CRYPTO.random()).share().toArray();
        share[share.length - 1] ^= 1;

        assertRefused(exchange, share, "the point is not on the curve");
    }

    @ParameterizedTest
    @MethodSource("nistCurves")
    void originIsNoPointOfTheCurve(KeyExchange exchange) {
        byte[] share = new byte[exchange.clientShareLength()];
        share[0] = 4;

        assertRefused(exchange, share, "the point is not on the curve");
    }

    @ParameterizedTest
    @MethodSource("nistCurves")
    void coordinateNotInTheFieldIsRefused(KeyExchange exchange) {
        byte[] share = exchange.generate(CRYPTO.random()).share().toArray();
        int coordinateLength = share.length / 2;
        byte[] large = share.clone();
        Arrays.fill(large, 1, 1 + coordinateLength, (byte) 0xff);
        assertRefused(exchange, large, beyondTheField(exchange));

        large = share.clone();
        Arrays.fill(large, 1 + coordinateLength, large.length, (byte) 0xff);
        assertRefused(exchange, large, beyondTheField(exchange));
    }

    @ParameterizedTest
    @MethodSource("nistCurves")
    void compressedAndHybridFormsAreRefused(KeyExchange exchange) {
        byte[] share = exchange.generate(CRYPTO.random()).share().toArray();
        int parity = share[share.length - 1] & 1;
        byte[] compressed = Arrays.copyOf(share, 1 + share.length / 2);
        compressed[0] = (byte) (2 + parity);
        byte[] hybridForm = share.clone();
        hybridForm[0] = (byte) (6 + parity);

        assertRefused(exchange, compressed, "the share has " + compressed.length + " bytes instead of " + share.length);
        assertRefused(exchange, hybridForm, "the point is not in uncompressed form");
    }

    @ParameterizedTest
    @MethodSource("nistCurves")
    void pointAtInfinityIsRefused(KeyExchange exchange) {
        assertRefused(exchange, new byte[1], "the share has 1 bytes instead of " + exchange.clientShareLength());
    }

    @ParameterizedTest
    @MethodSource("finiteFields")
    void publicValuesMustBeBetweenOneAndPrimeMinusOne(KeyExchange exchange) throws BadKeyShareException {
        BigInteger p = primeOf(exchange);
        List<BigInteger> bad =
                List.of(BigInteger.ZERO, BigInteger.ONE, p.subtract(BigInteger.ONE), p, p.add(BigInteger.ONE));
        List<BigInteger> good = List.of(BigInteger.TWO, p.subtract(BigInteger.TWO));

        for (BigInteger y : bad) {
            assertRefused(exchange, padded(y, exchange), "the public value is not between 1 and p - 1");
        }
        for (BigInteger y : good) {
            Bytes share = Bytes.wrap(padded(y, exchange));
            assertThat(exchange.respond(share, CRYPTO.random()).secret()).hasSize(exchange.clientShareLength());
        }
    }

    @ParameterizedTest
    @MethodSource("montgomeryCurves")
    void allZeroResultIsRefusedOnBothSides(KeyExchange exchange) {
        ClientShare client = exchange.generate(CRYPTO.random());
        for (byte low : new byte[] {0, 1}) {
            byte[] smallOrder = new byte[exchange.clientShareLength()];
            smallOrder[0] = low;

            assertRefused(exchange, smallOrder, "no secret comes of the share");
            assertThatExceptionOfType(BadKeyShareException.class)
                    .isThrownBy(() -> client.agree(Bytes.copyOf(smallOrder)));
        }
    }

    @Test
    void highestBitOfAnX25519ShareIsIgnored() throws Exception {
        KeyExchange exchange = CRYPTO.group(NamedGroup.X25519);
        ClientShare client = exchange.generate(CRYPTO.random());
        KeyExchange.ServerShare server = exchange.respond(client.share(), CRYPTO.random());
        byte[] withBit = server.share().toArray();
        withBit[31] |= (byte) 0x80;

        assertThat(client.agree(Bytes.wrap(withBit))).isEqualTo(server.secret());
    }

    @ParameterizedTest
    @EnumSource
    void finiteFieldsAreThoseOfRfc7919(FfdheGroup field) {
        BigInteger p = switch (field) {
            case FFDHE2048 -> DHStandardGroups.rfc7919_ffdhe2048.getP();
            case FFDHE3072 -> DHStandardGroups.rfc7919_ffdhe3072.getP();
            case FFDHE4096 -> DHStandardGroups.rfc7919_ffdhe4096.getP();
        };

        assertThat(field.prime()).isEqualTo(p);
        assertThat(field.parameters().getG()).isEqualTo(2);
        assertThat(field.length() * Byte.SIZE).isEqualTo(p.bitLength());
    }

    private static BigInteger primeOf(KeyExchange exchange) {
        return FfdheGroup.valueOf(exchange.group().toString().toUpperCase(Locale.ROOT))
                .prime();
    }

    private static byte[] padded(BigInteger value, KeyExchange exchange) {
        byte[] share = new byte[exchange.clientShareLength()];
        BigEndian.write(value, share, 0, share.length);
        return share;
    }

    private static String beyondTheField(KeyExchange exchange) {
        return exchange instanceof CurveExchange
                ? "the point is not on the curve"
                : "a coordinate of the point is not in the field of the curve";
    }

    private static void assertRefused(KeyExchange exchange, byte[] share, String reason) {
        assertThatExceptionOfType(BadKeyShareException.class)
                .isThrownBy(() -> exchange.respond(Bytes.copyOf(share), CRYPTO.random()))
                .extracting(BadKeyShareException::reason)
                .asString()
                .startsWith(reason);
    }
}
