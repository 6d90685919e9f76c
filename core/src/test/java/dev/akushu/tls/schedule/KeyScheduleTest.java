package dev.akushu.tls.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.Role;
import dev.akushu.tls.crypto.AeadAlgorithm;
import dev.akushu.tls.crypto.HashAlgorithm;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeyScheduleTest {
    private static final byte[] NOTHING = new byte[0];

    private final HashAlgorithm sha256 = Hashes.sha256();
    private final AeadAlgorithm aes =
            Hashes.suite(CipherSuite.TLS_AES_128_GCM_SHA256).aead();
    private final byte[] someHash = sha256.newDigest().digest(new byte[] {1});

    @Test
    void everySecretOfAHandshakeIsAnother() {
        EarlySecret early = EarlySecret.of(sha256, new byte[] {1, 2, 3});
        Set<Bytes> seen = new HashSet<>();
        seen.add(Bytes.wrap(early.clientEarlyTraffic(someHash).copyForKeyLog()));
        seen.add(Bytes.wrap(early.earlyExporter(someHash).copyForKeyLog()));
        HandshakeSecret handshake = early.toHandshake(new byte[] {4});
        HandshakeTraffic traffic = handshake.traffic(someHash);
        seen.add(Bytes.wrap(traffic.of(Role.CLIENT).copyForKeyLog()));
        seen.add(Bytes.wrap(traffic.of(Role.SERVER).copyForKeyLog()));
        MainSecret main = handshake.toMain();
        ApplicationTraffic application = main.traffic(someHash);
        seen.add(Bytes.wrap(application.of(Role.CLIENT).copyForKeyLog()));
        seen.add(Bytes.wrap(application.of(Role.SERVER).copyForKeyLog()));
        seen.add(Bytes.wrap(application.exporter().copyForKeyLog()));
        ResumptionSecret resumption = main.resumption(someHash);
        seen.add(Bytes.wrap(resumption.psk(Bytes.fromHex("00"))));
        seen.add(Bytes.wrap(resumption.psk(Bytes.fromHex("01"))));

        assertThat(seen).hasSize(9);
    }

    @ParameterizedTest
    @MethodSource("dev.akushu.tls.schedule.Hashes#all")
    void secretsAreAsLongAsTheHash(HashAlgorithm hash) {
        ApplicationTraffic traffic = mainSecret(hash).traffic(someHash);

        assertThat(traffic.client().copyForKeyLog()).hasSize(hash.length());
        assertThat(traffic.client().finished(someHash)).hasSize(hash.length());
        assertThat(traffic.exporter().copyForKeyLog()).hasSize(hash.length());
    }

    @ParameterizedTest
    @EnumSource(PskKind.class)
    void binderIsAFinishedUnderTheBinderKeyOfItsKind(PskKind kind) {
        Hkdf hkdf = new Hkdf(sha256);
        byte[] psk = {1, 2, 3};
        String label = switch (kind) {
            case RESUMPTION -> "res binder";
            case EXTERNAL -> "ext binder";
            // RFC 9258 section 5.2.
            case IMPORTED -> "imp binder";
        };
        byte[] binderKey = hkdf.deriveSecret(
                hkdf.extract(NOTHING, psk), label, sha256.newDigest().digest());
        byte[] finishedKey = hkdf.expandLabel(binderKey, "finished", NOTHING, 32);

        assertThat(EarlySecret.of(sha256, psk).binder(kind, someHash))
                .isEqualTo(Hmac.of(sha256, finishedKey, someHash));
    }

    @Test
    void binderOfOneBitLessDoesNotVerify() {
        EarlySecret early = EarlySecret.of(sha256, new byte[] {1, 2, 3});
        byte[] binder = early.binder(PskKind.RESUMPTION, someHash);

        assertThat(early.isBinder(Bytes.copyOf(binder), PskKind.RESUMPTION, someHash))
                .isTrue();
        binder[31] ^= 1;
        assertThat(early.isBinder(Bytes.copyOf(binder), PskKind.RESUMPTION, someHash))
                .isFalse();
        assertThat(early.isBinder(Bytes.empty(), PskKind.RESUMPTION, someHash)).isFalse();
    }

    @Test
    void finishedOfOneBitLessDoesNotVerify() {
        TrafficSecret secret = trafficSecret();
        byte[] verifyData = secret.finished(someHash);

        assertThat(secret.isFinished(Bytes.copyOf(verifyData), someHash)).isTrue();
        verifyData[0] ^= (byte) 0x80;
        assertThat(secret.isFinished(Bytes.copyOf(verifyData), someHash)).isFalse();
        assertThat(secret.isFinished(Bytes.copyOf(verifyData, 0, 31), someHash)).isFalse();
    }

    @Test
    void withoutPskMeansZerosAndNotASkippedRound() {
        assertThat(EarlySecret.withoutPsk(sha256).clientEarlyTraffic(someHash).copyForKeyLog())
                .isEqualTo(EarlySecret.of(sha256, new byte[32])
                        .clientEarlyTraffic(someHash)
                        .copyForKeyLog());
    }

    @Test
    void withoutKeyExchangeMeansZerosAndNotASkippedRound() {
        byte[] psk = {1, 2, 3};

        assertThat(EarlySecret.of(sha256, psk)
                        .toHandshakeWithoutKeyExchange()
                        .traffic(someHash)
                        .client()
                        .copyForKeyLog())
                .isEqualTo(EarlySecret.of(sha256, psk)
                        .toHandshake(new byte[32])
                        .traffic(someHash)
                        .client()
                        .copyForKeyLog());
    }

    @Test
    void updatedSecretIsThatOfSection72() {
        TrafficSecret secret = trafficSecret();
        byte[] before = secret.copyForKeyLog();

        TrafficSecret next = secret.next();

        assertThat(next.copyForKeyLog()).isEqualTo(new Hkdf(sha256).expandLabel(before, "traffic upd", NOTHING, 32));
        assertThatIllegalStateException().isThrownBy(secret::copyForKeyLog);
    }

    @Test
    void exporterTakesAnyContextAndHashesIt() {
        ExporterSecret exporter = mainSecret(sha256).traffic(someHash).exporter();
        Hkdf hkdf = new Hkdf(sha256);
        byte[] context = new byte[1000];
        byte[] perLabel = hkdf.deriveSecret(
                exporter.copyForKeyLog(),
                "EXPERIMENTAL label",
                sha256.newDigest().digest());

        assertThat(exporter.export("EXPERIMENTAL label", context, 50))
                .isEqualTo(hkdf.expandLabel(
                        perLabel, "exporter", sha256.newDigest().digest(context), 50));
        assertThat(exporter.export("EXPERIMENTAL label", NOTHING, 50))
                .isNotEqualTo(exporter.export("EXPERIMENTAL label", context, 50));
    }

    @Test
    void aStepDownTheScheduleWipesWhatItLeaves() {
        byte[] shared = {1, 2, 3};
        EarlySecret early = EarlySecret.withoutPsk(sha256);
        HandshakeSecret handshake = early.toHandshake(shared);
        MainSecret main = handshake.toMain();
        ResumptionSecret resumption = main.resumption(someHash);

        assertThat(shared).containsOnly(0);
        refuses(() -> early.clientEarlyTraffic(someHash));
        refuses(() -> early.toHandshake(new byte[32]));
        refuses(() -> handshake.traffic(someHash));
        refuses(handshake::toMain);
        refuses(() -> main.traffic(someHash));
        refuses(() -> main.resumption(someHash));
        assertThat(resumption.psk(Bytes.empty())).hasSize(32);
    }

    @Test
    void thePskStaysItsOwners() {
        byte[] psk = {1, 2, 3};

        EarlySecret.of(sha256, psk).wipe();

        assertThat(psk).containsExactly(1, 2, 3);
    }

    @Test
    void wipedSecretsRefuseToWorkAndCanBeWipedAgain() {
        EarlySecret early = EarlySecret.withoutPsk(sha256);
        HandshakeSecret handshake = EarlySecret.withoutPsk(sha256).toHandshake(new byte[32]);
        HandshakeTraffic traffic = handshake.traffic(someHash);
        MainSecret main = mainSecret(sha256);
        ApplicationTraffic application = main.traffic(someHash);
        ResumptionSecret resumption = mainSecret(sha256).resumption(someHash);
        TrafficKeys keys = trafficSecret().keys(aes);
        // Used once, so that more than the bare secret must go.
        byte[] verifyData = traffic.client().finished(someHash);

        for (Runnable wipe : List.<Runnable>of(
                early::wipe,
                handshake::wipe,
                traffic::wipe,
                main::wipe,
                application::wipe,
                resumption::wipe,
                keys::wipe)) {
            wipe.run();
            wipe.run();
        }

        refuses(() -> early.binder(PskKind.EXTERNAL, someHash));
        refuses(() -> early.earlyExporter(someHash));
        refuses(early::toHandshakeWithoutKeyExchange);
        refuses(() -> handshake.traffic(someHash));
        refuses(() -> traffic.client().isFinished(Bytes.wrap(verifyData), someHash));
        refuses(() -> traffic.server().keys(aes));
        refuses(() -> main.traffic(someHash));
        refuses(() -> application.client().next());
        refuses(() -> application.server().copyForKeyLog());
        refuses(() -> application.exporter().export("label", NOTHING, 32));
        refuses(() -> application.exporter().copyForKeyLog());
        refuses(() -> resumption.psk(Bytes.empty()));
        refuses(keys::takeAead);
        refuses(keys::copyOfIv);
        refuses(() -> keys.copyIv(new byte[12]));
        refuses(() -> keys.rekey(aes.withKey(new byte[16])));
        refuses(keys::copyOfKey);
    }

    @Test
    void keyLogAndIvAreCopies() {
        TrafficSecret secret = trafficSecret();
        byte[] before = secret.finished(someHash);
        TrafficKeys keys = secret.keys(aes);

        Arrays.fill(secret.copyForKeyLog(), (byte) 0);
        Arrays.fill(keys.copyOfIv(), (byte) 0);

        assertThat(secret.finished(someHash)).isEqualTo(before);
        assertThat(keys.copyOfIv()).isNotEqualTo(new byte[12]).hasSize(12);
    }

    @Test
    void noSecretShowsItsContent() {
        TrafficSecret secret = trafficSecret();
        TrafficKeys keys = secret.keys(aes);
        List<Object> holders = List.of(secret, new HandshakeTraffic(secret, secret), keys);

        assertThat(holders.toString())
                .doesNotContain(Bytes.wrap(secret.copyForKeyLog()).hex())
                .doesNotContain(Bytes.wrap(keys.copyOfKey()).hex());
    }

    private MainSecret mainSecret(HashAlgorithm hash) {
        return EarlySecret.withoutPsk(hash).toHandshake(new byte[] {1}).toMain();
    }

    private TrafficSecret trafficSecret() {
        return mainSecret(sha256).traffic(someHash).client();
    }

    private static void refuses(ThrowingCallable use) {
        assertThatIllegalStateException().isThrownBy(use);
    }
}
