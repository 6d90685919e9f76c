package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.CertificateCheck.Kind;
import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Revocation;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import dev.akushu.tls.Trust.PeerChain;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.RevocationRecipe;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that were revoked, by lists and stapled responses. */
class RevocationTest {
    private static final String INTERMEDIATE = "CN=Test Intermediate, O=Akushu";
    private static final Instant NOW = Instant.now();

    private final TestPki pki = TestPki.create();
    private final Issued leaf = pki.leaf(TestKey.P256, "example.org");
    private final X509CRL rootList = RevocationRecipe.by(pki.root()).list();

    @TempDir
    private Path folder;

    @Test
    void certificateThatIsOnNoListIsGood() throws TlsException {
        X509CRL list = fromIntermediate().list();

        assertThat(verify(Revocation.lists(List.of(rootList, list)), null))
                .filteredOn(check -> check.kind() == Kind.REVOCATION)
                .extracting(CertificateCheck::subject)
                .containsExactly("CN=example.org", INTERMEDIATE);
    }

    @Test
    void nothingIsAskedUnlessTheApplicationWantsIt() throws TlsException {
        assertThat(pki.trust().verify(peer(leaf, null))).noneMatch(check -> check.kind() == Kind.REVOCATION);
    }

    @Test
    void revokedCertificateIsRefusedWithDayAndReason() {
        X509CRL list = fromIntermediate()
                .revoking(leaf.certificate(), CRLReason.keyCompromise)
                .list();

        refused(Revocation.lists(List.of(rootList, list)), revoked("CN=example.org", "keyCompromise"));
        refused(
                Revocation.lists(List.of(list)).forOwnCertificateOnly().dangerAcceptUnknown(),
                revoked("CN=example.org", "keyCompromise"));
    }

    @Test
    void revokedIssuerIsRefused() {
        X509CRL list = RevocationRecipe.by(pki.root())
                .revoking(pki.intermediate().certificate(), CRLReason.cACompromise)
                .list();

        refused(Revocation.lists(List.of(list, fromIntermediate().list())), revoked(INTERMEDIATE, "cACompromise"));
    }

    @Test
    void certificateOnHoldIsRefusedAndOneThatWasReleasedIsNot() throws TlsException {
        X509CRL hold = fromIntermediate()
                .revoking(leaf.certificate(), CRLReason.certificateHold)
                .list();
        X509CRL released = fromIntermediate()
                .revoking(leaf.certificate(), CRLReason.removeFromCRL)
                .list();

        refused(Revocation.lists(List.of(rootList, hold)), revoked("CN=example.org", "certificateHold"));
        assertThat(verify(Revocation.lists(List.of(rootList, released)), null)).isNotEmpty();
    }

    @Test
    void sameNumberOfAnotherIssuerMeansNothing() throws TlsException {
        // All certificates here have the same serial number.
        X509CRL other = RevocationRecipe.by(TestPki.create().intermediate())
                .revoking(leaf.certificate(), CRLReason.keyCompromise)
                .list();
        Revocation revocation =
                Revocation.lists(List.of(other, fromIntermediate().list()));

        // By the same name and another key: no list of this issuer.
        assertThat(verify(revocation.forOwnCertificateOnly(), null)).isNotEmpty();
    }

    @Test
    void everyValidListCounts() {
        X509CRL clean = fromIntermediate().list();
        X509CRL revoking = fromIntermediate()
                .revoking(leaf.certificate(), CRLReason.superseded)
                .list();

        refused(Revocation.lists(List.of(rootList, clean, revoking)), revoked("CN=example.org", "superseded"));
    }

    @Test
    void withoutACurrentListNothingIsKnown() {
        Instant past = NOW.minus(Duration.ofDays(3));
        Instant future = NOW.plus(Duration.ofDays(3));

        unknown(List.of(rootList), "no revocation list of its issuer is at hand");
        unknown(List.of(fromIntermediate().thisUpdate(past).nextUpdate(past).list()), "was to be replaced by");
        unknown(List.of(fromIntermediate().thisUpdate(future).nextUpdate(future).list()), "of the future");
        unknown(
                List.of(fromIntermediate().signature("SHA1withECDSA").list()),
                "signed by a weak algorithm, ecdsa-with-SHA1");
        unknown(List.of(RevocationRecipe.by(TestPki.create().intermediate()).list()), "does not verify");
    }

    @Test
    void listOfAPartIsNotTakenForTheWhole() {
        IssuingDistributionPoint caOnly = new IssuingDistributionPoint(null, false, true, null, false, false);

        unknown(
                List.of(fromIntermediate()
                        .extension(Extension.issuingDistributionPoint, true, caOnly)
                        .list()),
                "critical extensions that are not known here: [2.5.29.28]");
    }

    @Test
    void issuerThatMaySignNoListsIsNotBelieved() {
        Issued issuer = CertificateRecipe.authority(TestKey.P256, "CN=No Lists")
                .keyUsage(KeyUsage.keyCertSign)
                .issuedBy(pki.root());
        Issued below = CertificateRecipe.host(TestKey.P256, "example.org").issuedBy(issuer);
        Trust trust = trust(
                Revocation.lists(List.of(rootList, RevocationRecipe.by(issuer).list())));

        assertThatThrownBy(() -> trust.verify(peer(below, null))).isInstanceOfSatisfying(TlsException.class, e -> {
            assertThat(e.problem()).isEqualTo(Problem.REVOCATION_UNKNOWN);
            assertThat((String) e.diagnosis().fact("reason")).contains("lacks cRLSign");
        });
    }

    @Test
    void whatIsUnknownIsAcceptedOnlyIfTheApplicationSaysSo() throws TlsException {
        Revocation nothing = Revocation.lists(List.of());

        refused(
                nothing,
                Problem.REVOCATION_UNKNOWN.diagnosis(
                        "CN=example.org", INTERMEDIATE, "no revocation list of its issuer is at hand"));
        assertThat(verify(nothing.dangerAcceptUnknown(), null)).noneMatch(check -> check.kind() == Kind.REVOCATION);
    }

    @Test
    void anchorItselfIsNotAskedAbout() throws TlsException {
        Issued pinned = CertificateRecipe.host(TestKey.P256, "example.org").selfSigned();
        Trust trust = Trust.anchors(List.of(pinned.certificate()), "pinned", Revocation.lists(List.of()));

        assertThat(trust.verify(peer(pinned, null))).isNotEmpty();
    }

    @Test
    void stapledResponseIsProofForThePeersOwnCertificate() throws TlsException {
        Bytes good = fromIntermediate().good(leaf.certificate());
        Bytes revoked = fromIntermediate().revoked(leaf.certificate());
        Revocation lists = Revocation.lists(List.of(rootList));

        assertThat(verify(lists, good))
                .contains(new CertificateCheck(Kind.REVOCATION, "CN=example.org", "OCSP, stapled"));
        refused(lists, revoked, revoked("CN=example.org", "keyCompromise"));
    }

    @Test
    void responseThatRevokesInThisVerySecondIsObeyed() {
        Instant second = NOW.truncatedTo(ChronoUnit.SECONDS);
        Bytes revoked = fromIntermediate().revokedAt(second).revoked(leaf.certificate());

        for (Instant now : List.of(second, second.plusMillis(1), second.plusSeconds(1))) {
            Trust trust = PkixTrust.of(pki.anchors(), "test roots").withClock(() -> now);

            assertThatThrownBy(() -> trust.verify(peer(leaf, revoked)))
                    .isInstanceOfSatisfying(
                            TlsException.class,
                            e -> assertThat(e.diagnosis())
                                    .isEqualTo(Problem.CERTIFICATE_REVOKED.diagnosis(
                                            "CN=example.org", second, "keyCompromise")));
        }
    }

    @Test
    void listThatRevokesOutweighsAGoodResponse() throws TlsException {
        Bytes good = fromIntermediate().good(leaf.certificate());
        X509CRL list = fromIntermediate()
                .revoking(leaf.certificate(), CRLReason.keyCompromise)
                .list();

        refused(Revocation.lists(List.of(rootList, list)), good, revoked("CN=example.org", "keyCompromise"));
    }

    @Test
    void stapledResponseThatProvesNothingIsPassedOver() throws TlsException {
        Instant past = NOW.minus(Duration.ofDays(3));
        Bytes old = fromIntermediate().thisUpdate(past).nextUpdate(past).good(leaf.certificate());
        Bytes forged = RevocationRecipe.by(TestPki.create().intermediate()).good(leaf.certificate());
        Revocation lists = Revocation.lists(List.of(rootList));
        Diagnosis unknown = Problem.REVOCATION_UNKNOWN.diagnosis(
                "CN=example.org", INTERMEDIATE, "no revocation list of its issuer is at hand");

        // One is for a certificate with another number.
        Bytes ofAnother = fromIntermediate()
                .good(CertificateRecipe.host(TestKey.P256, "example.org")
                        .serialNumber(BigInteger.TWO)
                        .issuedBy(pki.intermediate())
                        .certificate());
        for (Bytes response : List.of(old, forged, ofAnother, Bytes.fromHex("3000"), Bytes.empty())) {
            refused(lists, response, unknown);
        }
        assertThat(verify(Revocation.lists(List.of(rootList, fromIntermediate().list())), forged))
                .isNotEmpty();
    }

    @Test
    void stapledResponseThatTheJdkFailsOverIsNoFaultOfTheCertificate() throws TlsException {
        String good = fromIntermediate().good(leaf.certificate()).hex();
        // The hash of the responder's key in the place of its name.
        Bytes malformed = Bytes.fromHex(good.replaceFirst("a2160414", "a1160414"));
        assertThat(malformed.hex()).isNotEqualTo(good);

        assertThat(pki.trust().verify(peer(leaf, malformed))).isNotEmpty();
        assertThat(verify(Revocation.lists(List.of(rootList, fromIntermediate().list())), malformed))
                .isNotEmpty();
        assertThatThrownBy(() -> verify(Revocation.lists(List.of(rootList)), malformed))
                .isInstanceOfSatisfying(
                        TlsException.class, e -> assertThat(e.problem()).isEqualTo(Problem.REVOCATION_UNKNOWN));
    }

    @Test
    void ticketsAreBoundToWhatIsKnown() {
        X509CRL list = fromIntermediate().list();
        List<String> scopes = Stream.of(
                        Revocation.lists(List.of(rootList)),
                        Revocation.lists(List.of(rootList, list)),
                        Revocation.lists(List.of(rootList)).forOwnCertificateOnly(),
                        Revocation.lists(List.of(rootList)).dangerAcceptUnknown(),
                        Revocation.network())
                .map(revocation -> trust(revocation).scope())
                .toList();

        assertThat(scopes).doesNotHaveDuplicates().doesNotContain(pki.trust().scope());
        assertThat(trust(Revocation.lists(List.of(list, rootList))).scope()).isEqualTo(scopes.get(1));
    }

    @Test
    void listsAreReadFromPemAndDer() throws Exception {
        X509CRL list = fromIntermediate().list();
        String pem = Issued.pem("X509 CRL", rootList.getEncoded()) + Issued.pem("X509 CRL", list.getEncoded());

        assertThat(Revocation.listFile(Files.writeString(folder.resolve("all.pem"), pem))
                        .lists())
                .containsExactly(rootList, list);
        assertThat(Revocation.listFile(Files.write(folder.resolve("one.crl"), list.getEncoded()))
                        .lists())
                .containsExactly(list);
    }

    @Test
    void fileWithoutListsSaysWhatItHas() throws Exception {
        Path certificates = leaf.writeChain(folder);
        Path broken = Files.writeString(folder.resolve("broken.pem"), Issued.pem("X509 CRL", new byte[] {0x30, 0x00}));

        assertThatThrownBy(() -> Revocation.listFile(certificates))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        e -> assertThat(e.diagnosis())
                                .isEqualTo(Problem.PEM_MISSING.diagnosis(
                                        certificates.toString(), "X509 CRL", List.of("CERTIFICATE"))));
        assertThatThrownBy(() -> Revocation.listFile(broken))
                .isInstanceOfSatisfying(
                        TlsException.class, e -> assertThat(e.problem()).isEqualTo(Problem.PEM_MALFORMED));
    }

    private RevocationRecipe fromIntermediate() {
        return RevocationRecipe.by(pki.intermediate());
    }

    private static Diagnosis revoked(String subject, String reason) {
        return Problem.CERTIFICATE_REVOKED.diagnosis(subject, RevocationRecipe.REVOKED, reason);
    }

    private void unknown(List<X509CRL> lists, String reason) {
        Trust trust = trust(Revocation.lists(lists));
        assertThatThrownBy(() -> trust.verify(peer(leaf, null))).isInstanceOfSatisfying(TlsException.class, e -> {
            assertThat(e.problem()).isEqualTo(Problem.REVOCATION_UNKNOWN);
            assertThat((String) e.diagnosis().fact("reason")).contains(reason);
        });
    }

    private void refused(Revocation revocation, Diagnosis diagnosis) {
        refused(revocation, null, diagnosis);
    }

    private void refused(Revocation revocation, @Nullable Bytes stapled, Diagnosis diagnosis) {
        assertThatThrownBy(() -> verify(revocation, stapled))
                .isInstanceOfSatisfying(
                        TlsException.class, e -> assertThat(e.diagnosis()).isEqualTo(diagnosis));
    }

    private List<CertificateCheck> verify(Revocation revocation, @Nullable Bytes stapled) throws TlsException {
        return trust(revocation).verify(peer(leaf, stapled));
    }

    private Trust trust(Revocation revocation) {
        return Trust.anchors(pki.anchors(), "test roots", revocation);
    }

    private static PeerChain peer(Issued own, @Nullable Bytes stapled) {
        return new PeerChain(Role.SERVER, own.chainDer(), "example.org", stapled);
    }
}
