package dev.akushu.tls.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.crypto.KeyExchange.ClientShare;
import dev.akushu.tls.crypto.KeyExchange.ServerShare;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyExchangeTest {
    private static final Crypto CRYPTO = Crypto.jdk();
    private static final SecureRandom RANDOM = CRYPTO.random();

    /** Client's share, server's share and secret in bytes: RFC 9846 sections 4.3.8.1, 4.3.8.2 and 7.4, RFC 10024. */
    private record Lengths(int client, int server, int secret) {}

    private static final Map<NamedGroup, Lengths> LENGTHS = Map.ofEntries(
            Map.entry(NamedGroup.X25519, new Lengths(32, 32, 32)),
            Map.entry(NamedGroup.X448, new Lengths(56, 56, 56)),
            Map.entry(NamedGroup.SECP256R1, new Lengths(65, 65, 32)),
            Map.entry(NamedGroup.SECP384R1, new Lengths(97, 97, 48)),
            Map.entry(NamedGroup.SECP521R1, new Lengths(133, 133, 66)),
            Map.entry(NamedGroup.FFDHE2048, new Lengths(256, 256, 256)),
            Map.entry(NamedGroup.FFDHE3072, new Lengths(384, 384, 384)),
            Map.entry(NamedGroup.FFDHE4096, new Lengths(512, 512, 512)),
            Map.entry(NamedGroup.X25519_MLKEM768, new Lengths(1216, 1120, 64)),
            Map.entry(NamedGroup.SECP256R1_MLKEM768, new Lengths(1249, 1153, 64)),
            Map.entry(NamedGroup.SECP384R1_MLKEM1024, new Lengths(1665, 1665, 80)),
            Map.entry(NamedGroup.MLKEM1024, new Lengths(1568, 1568, 32)));

    static List<KeyExchange> groups() {
        return Implementations.groups();
    }

    static Stream<KeyExchange> otherGroups() {
        return Implementations.otherGroups();
    }

    @ParameterizedTest
    @MethodSource("otherGroups")
    void allOthersAgreeWithTheJdk(KeyExchange own) throws Exception {
        KeyExchange jdk = CRYPTO.group(own.group());
        ClientShare client = own.generate(RANDOM);
        ServerShare server = jdk.respond(client.share(), RANDOM);
        assertThat(client.agree(server.share())).isEqualTo(server.secret());
        ClientShare other = jdk.generate(RANDOM);
        ServerShare answer = own.respond(other.share(), RANDOM);
        assertThat(other.agree(answer.share())).isEqualTo(answer.secret());
    }

    static List<KeyExchange> hybrids() {
        return groups().stream()
                .filter(exchange -> exchange.group().toString().contains("MLKEM"))
                .filter(exchange -> !exchange.group().equals(NamedGroup.MLKEM1024))
                .toList();
    }

    static List<KeyExchange> classicals() {
        return groups().stream()
                .filter(exchange -> !exchange.group().toString().contains("MLKEM"))
                .toList();
    }

    @Test
    void everyGroupIsThereOnce() {
        for (Crypto crypto : List.of(CRYPTO, Implementations.OWN_CURVES, Implementations.ACCELERATED)) {
            assertThat(crypto.groups())
                    .extracting(KeyExchange::group)
                    .containsExactlyInAnyOrderElementsOf(LENGTHS.keySet())
                    .allMatch(group -> crypto.group(group) != null);
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void clientAndServerAgree(KeyExchange exchange) throws Exception {
        ClientShare client = exchange.generate(RANDOM);
        ServerShare server = exchange.respond(client.share(), RANDOM);

        assertThat(client.agree(server.share())).isEqualTo(server.secret());
        assertThat(client.group()).isEqualTo(exchange.group());
    }

    @ParameterizedTest
    @MethodSource("groups")
    void sharesAndSecretsHaveTheLengthsOfTheirGroup(KeyExchange exchange) throws Exception {
        Lengths lengths = LENGTHS.get(exchange.group());
        ClientShare client = exchange.generate(RANDOM);
        ServerShare server = exchange.respond(client.share(), RANDOM);

        assertThat(exchange.clientShareLength()).isEqualTo(lengths.client());
        assertThat(client.share().length()).isEqualTo(lengths.client());
        assertThat(server.share().length()).isEqualTo(lengths.server());
        assertThat(server.secret()).hasSize(lengths.secret());
    }

    @ParameterizedTest
    @MethodSource("groups")
    void everyShareIsFresh(KeyExchange exchange) throws Exception {
        ClientShare client = exchange.generate(RANDOM);
        ServerShare one = exchange.respond(client.share(), RANDOM);
        ServerShare two = exchange.respond(client.share(), RANDOM);

        assertThat(exchange.generate(RANDOM).share()).isNotEqualTo(client.share());
        assertThat(one.share()).isNotEqualTo(two.share());
        assertThat(one.secret()).isNotEqualTo(two.secret());
    }

    @ParameterizedTest
    @MethodSource("groups")
    void sharesOfAnotherLengthAreRefused(KeyExchange exchange) throws Exception {
        ClientShare client = exchange.generate(RANDOM);
        Bytes server = exchange.respond(client.share(), RANDOM).share();

        for (Bytes wrong : wrongLengths(client.share())) {
            assertRefused(() -> exchange.respond(wrong, RANDOM));
        }
        for (Bytes wrong : wrongLengths(server)) {
            assertRefused(() -> client.agree(wrong));
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void destroyedShareDoesNotAgree(KeyExchange exchange) throws Exception {
        ClientShare client = exchange.generate(RANDOM);
        Bytes server = exchange.respond(client.share(), RANDOM).share();
        client.destroy();
        client.destroy();

        assertThatIllegalStateException().isThrownBy(() -> client.agree(server));
    }

    @ParameterizedTest
    @MethodSource("groups")
    void groupServesManyThreadsAtOnce(KeyExchange exchange) throws Exception {
        Callable<Void> handshake = () -> {
            ClientShare client = exchange.generate(RANDOM);
            ServerShare server = exchange.respond(client.share(), RANDOM);
            assertThat(client.agree(server.share())).isEqualTo(server.secret());
            return null;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Void> done : threads.invokeAll(Collections.nCopies(12, handshake))) {
                done.get();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("hybrids")
    void hybridIsTheConcatenationOfItsPartsInTheOrderOfItsName(KeyExchange hybrid) throws Exception {
        KeyExchange classical = classicalOf(hybrid);
        boolean classicalFirst = isClassicalFirst(hybrid);
        ClientShare client = hybrid.generate(RANDOM);
        ServerShare server = hybrid.respond(client.share(), RANDOM);
        ClientShare half = client.classicalHalf();
        int length = classical.clientShareLength();
        int secretLength = LENGTHS.get(classical.group()).secret();

        Bytes clientPart = part(client.share(), length, classicalFirst);
        Bytes serverPart = part(server.share(), length, classicalFirst);
        Bytes secretPart = part(Bytes.copyOf(server.secret()), secretLength, classicalFirst);

        assertThat(half.share()).isEqualTo(clientPart);
        assertThat(half.agree(serverPart)).isEqualTo(secretPart.toArray());
    }

    @ParameterizedTest
    @MethodSource("hybrids")
    void classicalHalfOfAHybridAgreesWithAServerThatKnowsOnlyIt(KeyExchange hybrid) throws Exception {
        KeyExchange classical = classicalOf(hybrid);
        ClientShare half = hybrid.generate(RANDOM).classicalHalf();
        ServerShare server = classical.respond(half.share(), RANDOM);

        assertThat(half.group()).isEqualTo(classical.group());
        assertThat(half.agree(server.share())).isEqualTo(server.secret());
    }

    @ParameterizedTest
    @MethodSource("classicals")
    void classicalGroupHasNoClassicalHalf(KeyExchange classical) {
        assertThat(classical.generate(RANDOM).classicalHalf()).isNull();
    }

    @ParameterizedTest
    @MethodSource("hybrids")
    void classicalHalfOutlivesTheHybrid(KeyExchange hybrid) throws Exception {
        ClientShare client = hybrid.generate(RANDOM);
        ClientShare half = client.classicalHalf();
        ServerShare server = classicalOf(hybrid).respond(half.share(), RANDOM);
        client.destroy();

        assertThat(half.agree(server.share())).isEqualTo(server.secret());
    }

    @ParameterizedTest
    @MethodSource("hybrids")
    void hybridOutlivesItsClassicalHalf(KeyExchange hybrid) throws Exception {
        ClientShare client = hybrid.generate(RANDOM);
        ServerShare server = hybrid.respond(client.share(), RANDOM);
        ClientShare half = client.classicalHalf();
        half.destroy();
        half.destroy();

        assertThat(client.agree(server.share())).isEqualTo(server.secret());
        assertThatIllegalStateException().isThrownBy(() -> half.agree(half.share()));
    }

    @ParameterizedTest
    @MethodSource("hybrids")
    void keyOfAHybridIsGoneWithItsLastUser(KeyExchange hybrid) {
        ClientShare client = hybrid.generate(RANDOM);
        client.classicalHalf().destroy();
        client.destroy();

        assertThatIllegalStateException().isThrownBy(client::classicalHalf);
    }

    @ParameterizedTest
    @MethodSource("hybrids")
    void encapsulationKeyWithCoefficientsBeyondTheModulusIsRefused(KeyExchange hybrid) {
        Bytes share = hybrid.generate(RANDOM).share();
        byte[] tampered = share.toArray();
        int kemStart = isClassicalFirst(hybrid) ? classicalOf(hybrid).clientShareLength() : 0;
        tampered[kemStart] = (byte) 0xff;
        tampered[kemStart + 1] |= 0x0f;

        assertRefused(() -> hybrid.respond(Bytes.wrap(tampered), RANDOM));
    }

    @ParameterizedTest
    @MethodSource("hybrids")
    void tamperedCiphertextGivesAnotherSecret(KeyExchange hybrid) throws Exception {
        ClientShare client = hybrid.generate(RANDOM);
        ServerShare server = hybrid.respond(client.share(), RANDOM);
        byte[] tampered = server.share().toArray();
        int inCiphertext = isClassicalFirst(hybrid) ? tampered.length - 1 : 0;
        tampered[inCiphertext] ^= 1;

        assertThat(client.agree(Bytes.wrap(tampered)))
                .hasSameSizeAs(server.secret())
                .isNotEqualTo(server.secret());
    }

    /** RFC 10024: of the three, X25519MLKEM768 alone has ML-KEM in front. */
    private static boolean isClassicalFirst(KeyExchange hybrid) {
        return !hybrid.group().equals(NamedGroup.X25519_MLKEM768);
    }

    private static KeyExchange classicalOf(KeyExchange hybrid) {
        Map<NamedGroup, NamedGroup> parts = Map.of(
                NamedGroup.X25519_MLKEM768, NamedGroup.X25519,
                NamedGroup.SECP256R1_MLKEM768, NamedGroup.SECP256R1,
                NamedGroup.SECP384R1_MLKEM1024, NamedGroup.SECP384R1);
        return CRYPTO.group(parts.get(hybrid.group()));
    }

    private static Bytes part(Bytes whole, int length, boolean first) {
        return whole.slice(first ? 0 : whole.length() - length, length);
    }

    private static List<Bytes> wrongLengths(Bytes share) {
        byte[] longer = Arrays.copyOf(share.toArray(), share.length() + 1);
        return List.of(Bytes.empty(), share.slice(0, share.length() - 1), Bytes.wrap(longer));
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatExceptionOfType(BadKeyShareException.class).isThrownBy(call);
    }
}
