package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.IdentityReading.Places;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.RevocationRecipe;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with OCSP responses beside those of certificates, when both are replaced while they are in use. */
class StapleFilesTest {
    /** Something that is no OCSP response; RFC 6960 section 4.2.1. */
    private static final Bytes TRY_LATER = Bytes.fromHex("30030a0103");

    private final TestPki pki = TestPki.create();
    private final RevocationRecipe issuer = RevocationRecipe.by(pki.intermediate());
    private final Issued first = pki.issue(host(1));
    private final Issued renewed = pki.issue(host(2));
    private final Bytes good = issuer.good(first.certificate());
    private final List<TlsException> faults = new ArrayList<>();
    private Instant now = Instant.now();

    @TempDir
    private Path folder;

    private Path response = Path.of("");

    @BeforeEach
    void writeFirst() throws IOException {
        response = folder.resolve("response.der");
        write(first, good);
    }

    @Test
    void aRenewedCertificateIsShownWithoutAResponseIfItsOwnIsNotThereYet() throws Exception {
        IdentityFiles files = watching();
        write(renewed);

        assertThat(shown(files)).isEqualTo(renewed.chainDer());
        assertThat(stapled(files)).isEmpty();
        assertThat(faults).extracting(TlsException::problem).containsExactly(Problem.NO_OCSP_RESPONSE);

        Bytes own = issuer.good(renewed.certificate());
        Files.write(response, own.toArray());
        assertThat(stapled(files)).contains(own);
        assertThat(faults).hasSize(1);
    }

    @Test
    void aRenewedCertificateIsShownWhateverHasBecomeOfTheFileWithTheResponse() throws Exception {
        IdentityFiles files = watching();
        write(renewed, TRY_LATER);

        assertThat(shown(files)).isEqualTo(renewed.chainDer());
        Files.delete(response);
        write(first);
        assertThat(shown(files)).isEqualTo(first.chainDer());
        assertThat(stapled(files)).isEmpty();
        assertThat(shown(files)).isEqualTo(first.chainDer());
        assertThat(faults)
                .extracting(TlsException::problem)
                .containsExactly(Problem.NO_OCSP_RESPONSE, Problem.FILE_UNREADABLE);
    }

    @Test
    void theResponseThatIsKnownStaysWithItsCertificate() throws Exception {
        IdentityFiles files = watching();
        Files.write(response, TRY_LATER.toArray());

        assertThat(stapled(files)).contains(good);
        assertThat(faults).extracting(TlsException::problem).containsExactly(Problem.NO_OCSP_RESPONSE);
    }

    @Test
    void aResponseThatProvesNothingTakesNotThePlaceOfAGoodOne() throws Exception {
        IdentityFiles files = watching();
        Files.write(response, issuer.unknown(first.certificate()).toArray());
        assertThat(stapled(files)).contains(good);

        Files.write(response, ended(first).toArray());
        assertThat(stapled(files)).contains(good);
        assertThat(faults)
                .extracting(TlsException::problem)
                .containsExactly(Problem.OCSP_SAYS_UNKNOWN, Problem.OCSP_RESPONSE_ENDED);
    }

    @Test
    void noOlderResponseIsSentOnceTheCertificateIsKnownToBeRevoked() throws Exception {
        IdentityFiles files = watching();
        Files.write(response, issuer.revoked(first.certificate()).toArray());

        assertThat(stapled(files)).isEmpty();
        assertThat(shown(files)).isEqualTo(first.chainDer());
        assertThat(faults).extracting(TlsException::problem).containsExactly(Problem.OCSP_SAYS_REVOKED);
    }

    @Test
    void aCertificateThatDemandsAResponseDoesNotTakeOneThatProvesNothing() throws Exception {
        IdentityFiles files = watching();
        Issued demanding = pki.issue(demanding(3));
        for (Bytes useless : List.of(
                issuer.unknown(demanding.certificate()), issuer.revoked(demanding.certificate()), ended(demanding))) {
            write(demanding, useless);
            assertThat(shown(files)).isEqualTo(first.chainDer());
        }

        assertThat(stapled(files)).contains(good);
        assertThat(faults)
                .extracting(TlsException::problem)
                .containsExactly(Problem.OCSP_SAYS_UNKNOWN, Problem.OCSP_SAYS_REVOKED, Problem.OCSP_RESPONSE_ENDED);
    }

    @Test
    void atTheStartAResponseThatProvesNothingIsLeftOut() throws Exception {
        for (Bytes useless :
                List.of(issuer.unknown(first.certificate()), issuer.revoked(first.certificate()), ended(first))) {
            Files.write(response, useless.toArray());
            assertThat(stapled(watching())).isEmpty();
        }
        assertThat(faults)
                .extracting(TlsException::problem)
                .containsExactly(Problem.OCSP_SAYS_UNKNOWN, Problem.OCSP_SAYS_REVOKED, Problem.OCSP_RESPONSE_ENDED);
    }

    @Test
    void aCertificateThatDemandsAResponseWaitsForItsOwn() throws Exception {
        IdentityFiles files = watching();
        Issued demanding = pki.issue(demanding(3));
        write(demanding);

        assertThat(shown(files)).isEqualTo(first.chainDer());
        assertThat(stapled(files)).contains(good);
        assertThat(faults).extracting(TlsException::problem).containsExactly(Problem.NO_OCSP_RESPONSE);

        Bytes own = issuer.good(demanding.certificate());
        Files.write(response, own.toArray());
        assertThat(shown(files)).isEqualTo(demanding.chainDer());
        assertThat(stapled(files)).contains(own);
    }

    /** Clients that do not look at the demand accept the new one, and all refuse what has expired. */
    @Test
    void aCertificateThatDemandsAResponseDoesNotWaitBehindOneThatIsGoodNoMore() throws Exception {
        Issued demanding = pki.issue(demanding(3));
        IdentityReading expiring = reading();
        expiring.read(faults::add);
        write(demanding);
        now = first.certificate().getNotAfter().toInstant().plusSeconds(1);
        assertThat(expiring.read(faults::add).certified().chain()).isEqualTo(demanding.chainDer());
        assertThat(faults).hasSize(1);

        now = Instant.now();
        Issued other = pki.issue(demanding(4));
        write(demanding, issuer.nextUpdate(now.plus(Duration.ofHours(1))).good(demanding.certificate()));
        IdentityReading ending = reading();
        ending.read(faults::add);
        write(other);
        assertThatThrownBy(() -> ending.read(faults::add)).isInstanceOf(TlsException.class);
        now = now.plus(Duration.ofHours(2));
        assertThat(ending.read(faults::add).certified().chain()).isEqualTo(other.chainDer());
    }

    @Test
    void aResponseThatHasEndedIsNotSent() throws Exception {
        Instant end = now.plus(Duration.ofHours(1));
        Bytes ending = issuer.nextUpdate(end).good(first.certificate());
        write(first, ending);
        Identity identity = reading().read(faults::add).certified();

        assertThat(identity.ocspResponse()).contains(ending);
        now = end.plusSeconds(1);
        assertThat(identity.ocspResponse()).isEmpty();
        assertThat(faults).isEmpty();
    }

    @Test
    void aResponseThatNamesNoEndIsSentAsLongAsItIsThere() throws Exception {
        Bytes endless = issuer.withoutNextUpdate().good(first.certificate());
        write(first, endless);
        Identity identity = reading().read(faults::add).certified();

        now = now.plus(Duration.ofDays(30));
        assertThat(identity.ocspResponse()).contains(endless);
    }

    @Test
    void atTheStartTheResponseHasToBeOneForTheCertificate() throws Exception {
        for (Bytes wrong : List.of(TRY_LATER, Bytes.empty(), issuer.good(renewed.certificate()))) {
            Files.write(response, wrong.toArray());
            assertThatThrownBy(this::watching)
                    .isInstanceOfSatisfying(
                            TlsException.class, e -> assertThat(e.problem()).isEqualTo(Problem.NO_OCSP_RESPONSE));
        }
    }

    private Bytes ended(Issued certificate) {
        return RevocationRecipe.by(pki.intermediate())
                .nextUpdate(now.minus(Duration.ofMinutes(1)))
                .good(certificate.certificate());
    }

    private IdentityReading reading() {
        Places places = new Places(folder.resolve("chain.pem"), folder.resolve("key.pem"), response, List.of());
        return new IdentityReading(places, Crypto.jdk(), false, () -> now);
    }

    private IdentityFiles watching() throws TlsException {
        return IdentityFiles.builder()
                .add(folder.resolve("chain.pem"), folder.resolve("key.pem"), response)
                .interval(Duration.ZERO)
                .onFault(faults::add)
                .build();
    }

    private void write(Issued own) {
        own.writeChain(folder);
        own.writeKey(folder);
    }

    private void write(Issued own, Bytes ocspResponse) throws IOException {
        write(own);
        Files.write(response, ocspResponse.toArray());
    }

    private static List<Bytes> shown(IdentityFiles files) {
        return files.current().getFirst().chain();
    }

    private static Optional<Bytes> stapled(IdentityFiles files) {
        return files.current().getFirst().ocspResponse();
    }

    private static CertificateRecipe host(int serialNumber) {
        return CertificateRecipe.host(TestKey.P256, "localhost").serialNumber(BigInteger.valueOf(serialNumber));
    }

    /** RFC 7633: status_request. */
    private static CertificateRecipe demanding(int serialNumber) {
        return host(serialNumber)
                .extension(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24"), false, new DERSequence(new ASN1Encodable[] {
                    new ASN1Integer(5)
                }));
    }
}
