package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import dev.akushu.tls.trace.KeyInput;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.SecretObserver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The values of the key schedule, for who has asked for them. RFC 9846 section 7.1. */
class SecretObserverTest {
    private static final TestPki PKI = TestPki.create();
    private static final int HASH = 32;
    private static final Set<SecretName> OF_EARLY_DATA =
            EnumSet.of(SecretName.CLIENT_EARLY_TRAFFIC_SECRET, SecretName.EARLY_EXPORTER_SECRET);

    /** Keeps copies, and the arrays themselves. */
    private static final class Watcher implements SecretObserver {
        private final Map<KeyInput, Bytes> inputs = new EnumMap<>(KeyInput.class);
        private final Map<SecretName, Bytes> secrets = new EnumMap<>(SecretName.class);
        private final List<byte[]> given = new ArrayList<>();

        @Override
        public void fed(KeyInput input, byte[] value) {
            given.add(value);
            inputs.put(input, Bytes.copyOf(value));
        }

        @Override
        public void derived(SecretName name, byte[] value) {
            given.add(value);
            secrets.put(name, Bytes.copyOf(value));
        }

        Bytes secret(SecretName name) {
            return Objects.requireNonNull(secrets.get(name), name.toString());
        }

        Bytes input(KeyInput input) {
            return Objects.requireNonNull(inputs.get(input), input.toString());
        }
    }

    private final Watcher atClient = new Watcher();
    private final Watcher atServer = new Watcher();
    private final List<String> keyLog = new ArrayList<>();
    /** SHA-256, so that the schedule can be computed here again. */
    private final Policy policy = Policy.MODERN_2026_11.withSuites(List.of(CipherSuite.TLS_AES_128_GCM_SHA256));

    private final TlsClient client = TlsClient.builder(PKI.trust())
            .policy(policy)
            .keyLog(keyLog::add)
            .dangerSecretObserver(atClient)
            .build();
    private final TlsServer server = TlsServer.builder(
                    PKI.leaf(TestKey.P256, "localhost").identity())
            .policy(policy)
            .earlyData(100)
            .ticketsPerHandshake(1)
            .dangerSecretObserver(atServer)
            .build();

    @Test
    void bothEndsGiveTheSameSchedule() throws Exception {
        EnginePair.connected(client, server);

        Set<SecretName> expected = EnumSet.complementOf(EnumSet.copyOf(OF_EARLY_DATA));
        expected.remove(SecretName.BINDER_KEY);
        assertThat(atClient.secrets).containsOnlyKeys(expected).isEqualTo(atServer.secrets);
        assertThat(atClient.inputs).containsOnlyKeys(KeyInput.SHARED_SECRET).isEqualTo(atServer.inputs);
        requireSchedule(new byte[HASH]);
        requireKeyLog();
    }

    @Test
    void resumptionBeginsWithTheKeyOfTheTicket() throws Exception {
        EnginePair.connected(client, server);
        // RFC 9846 4.7.1: the first ticket's nonce is 0.
        Bytes psk = Bytes.wrap(
                expandLabel(atServer.secret(SecretName.RESUMPTION_SECRET).toArray(), "resumption", new byte[] {0}));
        TlsEngine early = client.engine("localhost", 443, EarlyData.of("hello".getBytes(StandardCharsets.US_ASCII)));
        keyLog.clear();
        EnginePair.of(early, server.engine()).shakeHands();

        assertThat(List.of(atClient.input(KeyInput.PSK), atServer.input(KeyInput.PSK)))
                .allMatch(psk::equals);
        assertThat(atClient.secrets).containsKeys(OF_EARLY_DATA.toArray(SecretName[]::new));
        requireSchedule(psk.toArray());
        requireBinderKey("res binder");
        requireKeyLog();
    }

    @Test
    void externalKeyThatTheServerTookIsToldAsItWasImported() throws Exception {
        ExternalPsk other = ExternalPsk.of("other", filled(1));
        ExternalPsk known = ExternalPsk.of("known", filled(2));
        TlsClient offering = client.toBuilder().externalPsks(other, known).build();
        TlsServer knowing =
                server.toBuilder().externalPsks(PskSource.of(List.of(known))).build();
        EnginePair.connected(offering, knowing);

        Bytes imported = atClient.input(KeyInput.PSK);
        assertThat(imported).isEqualTo(atServer.input(KeyInput.PSK)).isNotEqualTo(Bytes.wrap(filled(2)));
        assertThat(atClient.secret(SecretName.EARLY_SECRET)).isEqualTo(atServer.secret(SecretName.EARLY_SECRET));
        requireSchedule(imported.toArray());
        requireBinderKey("imp binder");
    }

    @Test
    void secretOfATicketThatTheServerRefusesGivesWayToTheOneInUse() throws Exception {
        EnginePair.connected(client, server);
        EnginePair.connected(
                client, server.toBuilder().ticketKeys(TicketKeys.rotating()).build());

        assertThat(atClient.secret(SecretName.EARLY_SECRET)).isEqualTo(atServer.secret(SecretName.EARLY_SECRET));
        requireSchedule(new byte[HASH]);
    }

    @Test
    void valuesAreOverwrittenAfterTheCall() throws Exception {
        EnginePair.connected(client, server);

        assertThat(atClient.given).hasSizeGreaterThan(8).allMatch(SecretObserverTest::isZero);
        assertThat(atServer.given).hasSizeGreaterThan(8).allMatch(SecretObserverTest::isZero);
    }

    @Test
    void nobodyIsToldUnlessAConfigurationSaysSo() {
        assertThat(TlsClient.builder(PKI.trust()).build().secretObserver()).isEmpty();
        assertThat(client.toBuilder().build().secretObserver()).contains(atClient);
        assertThat(server.toBuilder().build().secretObserver()).contains(atServer);
    }

    /** What the RFC's figure says of the values, computed by the JDK. */
    private void requireSchedule(byte[] psk) throws GeneralSecurityException {
        byte[] early = hmac(new byte[HASH], psk);
        byte[] handshake =
                hmac(derived(early), atClient.input(KeyInput.SHARED_SECRET).toArray());
        byte[] main = hmac(derived(handshake), new byte[HASH]);

        assertThat(atClient.secret(SecretName.EARLY_SECRET)).isEqualTo(Bytes.wrap(early));
        assertThat(atClient.secret(SecretName.HANDSHAKE_SECRET)).isEqualTo(Bytes.wrap(handshake));
        assertThat(atClient.secret(SecretName.MAIN_SECRET)).isEqualTo(Bytes.wrap(main));
    }

    private void requireBinderKey(String label) throws GeneralSecurityException {
        byte[] early = atClient.secret(SecretName.EARLY_SECRET).toArray();
        assertThat(atClient.secret(SecretName.BINDER_KEY)).isEqualTo(Bytes.wrap(expandLabel(early, label, sha256())));
    }

    private void requireKeyLog() {
        assertThat(keyLog)
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(
                        line -> assertThat(atClient.secrets.values().stream().map(Bytes::hex))
                                .contains(line.split(" ", -1)[2]));
    }

    private static byte[] derived(byte[] secret) throws GeneralSecurityException {
        return expandLabel(secret, "derived", sha256());
    }

    private static byte[] sha256() throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest();
    }

    /** HKDF-Extract. RFC 5869 section 2.2. */
    private static byte[] hmac(byte[] salt, byte[] inputKeyingMaterial) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(salt, "HmacSHA256"));
        return mac.doFinal(inputKeyingMaterial);
    }

    /** HKDF-Expand-Label for an output as long as the hash. */
    private static byte[] expandLabel(byte[] secret, String label, byte[] context) throws GeneralSecurityException {
        byte[] full = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        byte[] info = ByteBuffer.allocate(4 + full.length + context.length)
                .putShort((short) HASH)
                .put((byte) full.length)
                .put(full)
                .put((byte) context.length)
                .put(context)
                .array();
        SecretKey key = new SecretKeySpec(secret, "HKDF");
        return KDF.getInstance("HKDF-SHA256").deriveData(HKDFParameterSpec.expandOnly(key, info, HASH));
    }

    private static byte[] filled(int value) {
        byte[] key = new byte[HASH];
        Arrays.fill(key, (byte) value);
        return key;
    }

    private static boolean isZero(byte[] value) {
        for (byte octet : value) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }
}
