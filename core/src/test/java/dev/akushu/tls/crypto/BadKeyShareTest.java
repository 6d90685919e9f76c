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
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What RFC 9846 sections 4.3.8.1, 4.3.8.2 and 7.4.2 tell to check of a peer's share. */
class BadKeyShareTest {
    private static final Crypto CRYPTO = Crypto.jdk();

    static List<KeyExchange> nistCurves() {
        return groups(NamedGroup.SECP256R1, NamedGroup.SECP384R1, NamedGroup.SECP521R1);
    }

    static List<KeyExchange> finiteFields() {
        return groups(NamedGroup.FFDHE2048, NamedGroup.FFDHE3072, NamedGroup.FFDHE4096);
    }

    private static List<KeyExchange> groups(NamedGroup... names) {
        return Implementations.groups().stream()
                .filter(exchange -> List.of(names).contains(exchange.group()))
                .toList();
    }

    static List<KeyExchange> hybrids() {
        return groups(NamedGroup.X25519_MLKEM768, NamedGroup.SECP256R1_MLKEM768, NamedGroup.SECP384R1_MLKEM1024);
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

    @ParameterizedTest
    @MethodSource("hybrids")
    void halfOfAHybridIsCheckedAsIfItWereAlone(KeyExchange exchange) {
        byte[] share = exchange.generate(CRYPTO.random()).share().toArray();
        if (exchange.group().equals(NamedGroup.X25519_MLKEM768)) {
            // Its classical half stands behind, and zeros have a small order.
            Arrays.fill(share, share.length - 32, share.length, (byte) 0);
            assertRefused(exchange, share, "no secret comes of the share");
            return;
        }
        share[1] ^= 1;
        assertRefused(exchange, share, "the point is not on the curve");
    }

    static List<KeyExchange> x25519() {
        return groups(NamedGroup.X25519);
    }

    @ParameterizedTest
    @MethodSource("x25519")
    void highestBitOfAnX25519ShareIsIgnored(KeyExchange exchange) throws Exception {
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
        return exchange.origins().getFirst().name().equals("SunEC")
                ? "a coordinate of the point is not in the field of the curve"
                : "the point is not on the curve";
    }

    private static void assertRefused(KeyExchange exchange, byte[] share, String reason) {
        assertThatExceptionOfType(BadKeyShareException.class)
                .isThrownBy(() -> exchange.respond(Bytes.copyOf(share), CRYPTO.random()))
                .extracting(BadKeyShareException::reason)
                .asString()
                .startsWith(reason);
    }
}
