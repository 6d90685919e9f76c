package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with signed certificate timestamps beside those of certificates, when they are replaced while they are in use. RFC 6962 section 3.3. */
class TimestampFilesTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Instant ISSUED = NOW.minus(Duration.ofDays(60));
    private static final Instant RENEWED = NOW.minus(Duration.ofHours(1));

    private final TestPki pki = TestPki.create();
    private final List<TlsException> faults = new ArrayList<>();

    @TempDir
    private Path folder;

    private Path one = Path.of("");
    private Path other = Path.of("");

    @BeforeEach
    void writeFirst() throws IOException {
        one = folder.resolve("one.sct");
        other = folder.resolve("other.sct");
        certificate(ISSUED);
        Files.write(one, timestamp(1, ISSUED).toArray());
        Files.write(other, timestamp(2, ISSUED.plusSeconds(3)).toArray());
    }

    @Test
    void timestampsAreSentWithTheirCertificate() throws Exception {
        assertThat(sent(watching())).containsExactly(timestamp(1, ISSUED), timestamp(2, ISSUED.plusSeconds(3)));
        assertThat(faults).isEmpty();
    }

    @Test
    void theOldCertificatesTimestampsAreNotSentWithTheNewOne() throws Exception {
        IdentityFiles files = watching();
        certificate(RENEWED);
        assertThat(sent(files)).isEmpty();
        assertThat(faults)
                .extracting(TlsException::problem)
                .containsExactly(Problem.TIMESTAMP_BEFORE_CERTIFICATE, Problem.TIMESTAMP_BEFORE_CERTIFICATE);

        Files.write(other, timestamp(2, RENEWED).toArray());
        assertThat(sent(files)).containsExactly(timestamp(2, RENEWED));
    }

    @Test
    void timestampsMayBeReplacedBeforeTheCertificateIs() throws Exception {
        IdentityFiles files = watching();
        Files.write(one, timestamp(1, RENEWED).toArray());
        Files.write(other, timestamp(2, RENEWED).toArray());
        certificate(RENEWED);

        assertThat(sent(files)).containsExactly(timestamp(1, RENEWED), timestamp(2, RENEWED));
        assertThat(faults).isEmpty();
    }

    @Test
    void aFileThatCannotBeUsedLaterOnCostsNeitherTheCertificateNorTheOtherTimestamps() throws Exception {
        IdentityFiles files = watching();
        Files.write(one, new byte[] {1, 2, 3});
        assertThat(sent(files)).containsExactly(timestamp(2, ISSUED.plusSeconds(3)));
        Files.delete(one);
        assertThat(sent(files)).containsExactly(timestamp(2, ISSUED.plusSeconds(3)));

        assertThat(faults)
                .extracting(TlsException::problem)
                .containsExactly(Problem.NO_TIMESTAMP, Problem.FILE_UNREADABLE);
    }

    @Test
    void atTheStartEachFileHasToHoldATimestamp() throws Exception {
        Files.write(one, new byte[] {1, 2, 3});
        assertThatThrownBy(this::watching)
                .isInstanceOfSatisfying(
                        TlsException.class, e -> assertThat(e.problem()).isEqualTo(Problem.NO_TIMESTAMP));
    }

    @Test
    void atTheStartATimestampThatIsOlderThanTheCertificateIsLeftOut() throws Exception {
        certificate(RENEWED);

        assertThat(sent(watching())).isEmpty();
        assertThat(faults).hasSize(2);
    }

    @Test
    void moreTimestampsThanAnExtensionCanHoldAreRefused() throws Exception {
        Files.write(one, timestamp(1, ISSUED, 0xffff - 2 - 2 - 47).toArray());
        assertThatThrownBy(this::watching)
                .isInstanceOfSatisfying(
                        TlsException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TIMESTAMPS_TOO_LONG));
    }

    @Test
    void timestampsNeedACertificate() {
        assertThatThrownBy(() -> IdentityFiles.builder().timestamps(List.of(one)))
                .isInstanceOf(IllegalStateException.class);
    }

    private IdentityFiles watching() throws TlsException {
        return IdentityFiles.builder()
                .add(folder.resolve("chain.pem"), folder.resolve("key.pem"))
                .timestamps(List.of(one, other))
                .interval(Duration.ZERO)
                .onFault(faults::add)
                .build();
    }

    private static List<Bytes> sent(IdentityFiles files) {
        return files.current().getFirst().timestamps();
    }

    private void certificate(Instant notBefore) {
        Issued issued =
                pki.issue(CertificateRecipe.host(TestKey.P256, "localhost").notBefore(notBefore));
        issued.writeChain(folder);
        issued.writeKey(folder);
    }

    private static Bytes timestamp(int log, Instant when) {
        return timestamp(log, when, 1);
    }

    /** Of version 1, by a log of this id, "signed" by that many bytes, after 47 others. */
    private static Bytes timestamp(int log, Instant when, int signatureLength) {
        return Bytes.fromHex("00" + "%02x".formatted(log).repeat(32) + "%016x".formatted(when.toEpochMilli()) + "0000"
                + "0403" + "%04x".formatted(signatureLength) + "5a".repeat(signatureLength));
    }
}
