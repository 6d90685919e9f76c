package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.CertificateCheck.Kind;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import dev.akushu.tls.Trust.PeerChain;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link PkixTrust} accepts. */
class PkixTrustTest {
    private final TestPki pki = TestPki.create();
    private final Trust trust = pki.trust();

    @Test
    void everyCheckOfAGoodChainIsReported() throws TlsException {
        Issued leaf = pki.leaf(TestKey.P256, "example.org", "*.example.org");

        List<CertificateCheck> checks = verifyServer(leaf.chainDer(), "www.example.org");

        assertThat(checks)
                .containsExactly(
                        new CertificateCheck(
                                Kind.SIGNATURE, "CN=example.org", "ecdsa-with-SHA256, CN=Test Intermediate, O=Akushu"),
                        new CertificateCheck(Kind.VALIDITY, "CN=example.org", validity(leaf)),
                        new CertificateCheck(Kind.USAGE, "CN=example.org", "serverAuth, digitalSignature"),
                        new CertificateCheck(
                                Kind.SIGNATURE,
                                "CN=Test Intermediate, O=Akushu",
                                "ecdsa-with-SHA256, CN=Test Root, O=Akushu"),
                        new CertificateCheck(
                                Kind.VALIDITY, "CN=Test Intermediate, O=Akushu", validity(pki.intermediate())),
                        new CertificateCheck(Kind.AUTHORITY, "CN=Test Intermediate, O=Akushu", "cA, keyCertSign"),
                        new CertificateCheck(Kind.TRUST_ANCHOR, "CN=Test Root, O=Akushu", "test roots"),
                        new CertificateCheck(Kind.HOST_NAME, "CN=example.org", "www.example.org (*.example.org)"));
    }

    @ParameterizedTest
    @EnumSource(names = "RSA_1024", mode = EnumSource.Mode.EXCLUDE)
    void keysOfAllKindsAreAcceptedInCertificatesAndIssuers(TestKey kind) throws TlsException {
        Issued root = CertificateRecipe.authority(kind, "CN=Root").selfSigned();
        Issued leaf = CertificateRecipe.host(kind, "example.org").issuedBy(root);

        assertThat(Trust.anchors(List.of(root.certificate()), "roots").verify(server(leaf.chainDer(), "example.org")))
                .extracting(CertificateCheck::kind)
                .contains(Kind.SIGNATURE, Kind.TRUST_ANCHOR, Kind.HOST_NAME);
    }

    @Test
    void rootMayBeSentAlong() throws TlsException {
        Issued leaf = pki.leaf(TestKey.P256, "example.org");
        assertThat(verifyServer(with(leaf.chainDer(), pki.root().der()), "example.org"))
                .hasSize(8);
    }

    @Test
    void certificatesMayComeInAnyOrderBehindThePeersOwn() throws TlsException {
        Issued second = CertificateRecipe.authority(TestKey.P256, "CN=Second").issuedBy(pki.intermediate());
        Issued third = CertificateRecipe.authority(TestKey.P256, "CN=Third").issuedBy(second);
        Issued leaf = CertificateRecipe.host(TestKey.P256, "example.org").issuedBy(third);
        List<Bytes> chain = new ArrayList<>(leaf.chainDer());
        Collections.reverse(chain.subList(1, chain.size()));

        assertThat(chain).hasSize(4);
        assertThat(verifyServer(chain, "example.org")).isNotEmpty();
    }

    @Test
    void superfluousCertificatesDoNoHarm() throws TlsException {
        Issued leaf = pki.leaf(TestKey.P256, "example.org");
        Issued stranger = TestPki.create().leaf(TestKey.P256, "example.com");

        assertThat(verifyServer(with(leaf.chainDer(), stranger.der()), "example.org"))
                .isNotEmpty();
        assertThat(verifyServer(with(leaf.chainDer(), Bytes.fromHex("3000")), "example.org"))
                .isNotEmpty();
    }

    @Test
    void anotherPathIsTriedIfTheFirstDoesNotHold() throws TlsException {
        // The intermediate twice under one name: one by a root that is not trusted, with a key that did not sign.
        Issued other = CertificateRecipe.authority(TestKey.P256, "O=Akushu, CN=Test Intermediate")
                .issuedBy(pki.root());
        Issued leaf = pki.leaf(TestKey.P256, "example.org");

        assertThat(verifyServer(
                        List.of(leaf.der(), other.der(), pki.intermediate().der()), "example.org"))
                .isNotEmpty();
    }

    @Test
    void crossSignedIntermediateLeadsToWhicheverRootIsTrusted() throws TlsException {
        TestPki newer = TestPki.create();
        Issued cross = CertificateRecipe.authority(TestKey.P256, "O=Akushu, CN=Test Intermediate")
                .keys(new KeyPair(
                        pki.intermediate().certificate().getPublicKey(),
                        pki.intermediate().key()))
                .issuedBy(newer.root());
        Issued leaf = pki.leaf(TestKey.P256, "example.org");
        List<Bytes> chain = with(leaf.chainDer(), cross.der());

        assertThat(trust.verify(server(chain, "example.org"))).isNotEmpty();
        assertThat(newer.trust().verify(server(chain, "example.org"))).isNotEmpty();
    }

    @Test
    void certificateThatIsAnAnchorItselfIsTrustedAsItIs() throws TlsException {
        Issued selfSigned = CertificateRecipe.host(TestKey.P256, "example.org").selfSigned();
        Trust pinned = Trust.anchors(List.of(selfSigned.certificate()), "pinned");

        assertThat(pinned.verify(server(selfSigned.chainDer(), "example.org")))
                .containsExactly(
                        new CertificateCheck(Kind.VALIDITY, "CN=example.org", validity(selfSigned)),
                        new CertificateCheck(Kind.USAGE, "CN=example.org", "serverAuth, digitalSignature"),
                        new CertificateCheck(Kind.TRUST_ANCHOR, "CN=example.org", "pinned"),
                        new CertificateCheck(Kind.HOST_NAME, "CN=example.org", "example.org (example.org)"));
    }

    @Test
    void hostNameIsNotCheckedWhereNoneIsAskedFor() throws TlsException {
        assertThat(trust.verify(new PeerChain(
                        Role.SERVER, pki.leaf(TestKey.P256, "example.org").chainDer(), null, null)))
                .extracting(CertificateCheck::kind)
                .doesNotContain(Kind.HOST_NAME);
    }

    @Test
    void clientIsCheckedForClientAuthentication() throws TlsException {
        Issued leaf = pki.issue(
                CertificateRecipe.host(TestKey.P256).subject("CN=alice").purposes(KeyPurposeId.id_kp_clientAuth));

        assertThat(trust.verify(new PeerChain(Role.CLIENT, leaf.chainDer(), null, null)))
                .contains(new CertificateCheck(Kind.USAGE, "CN=alice", "clientAuth, digitalSignature"));
    }

    @Test
    void certificateWithoutUsageExtensionsIsForEveryUse() throws TlsException {
        Issued leaf = pki.issue(
                CertificateRecipe.host(TestKey.P256, "example.org").purposes().keyUsage(0));
        assertThat(verifyServer(leaf.chainDer(), "example.org"))
                .contains(new CertificateCheck(Kind.USAGE, "CN=example.org", "serverAuth"));
    }

    @Test
    void certificateIsValidInItsFirstAndItsLastSecond() throws TlsException {
        Issued leaf = pki.issue(CertificateRecipe.host(TestKey.P256, "example.org")
                .notAfter(pki.root().certificate().getNotAfter().toInstant().minusSeconds(60)));
        PkixTrust anchors = PkixTrust.of(pki.anchors(), "roots");
        PeerChain peer = server(leaf.chainDer(), "example.org");

        assertThat(anchors.withClock(InstantSource.fixed(
                                leaf.certificate().getNotAfter().toInstant()))
                        .verify(peer))
                .isNotEmpty();
        assertThat(anchors.withClock(InstantSource.fixed(pki.intermediate()
                                .certificate()
                                .getNotBefore()
                                .toInstant()
                                .plusSeconds(1)))
                        .verify(peer))
                .isNotEmpty();
    }

    @Test
    void storeIsReadFromPem(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("roots.pem"),
                TestPki.create().root().chainPem() + pki.root().chainPem());

        List<CertificateCheck> checks =
                Trust.pem(file).verify(server(pki.leaf(TestKey.P256, "a.org").chainDer(), "a.org"));

        assertThat(checks).contains(new CertificateCheck(Kind.TRUST_ANCHOR, "CN=Test Root, O=Akushu", file.toString()));
    }

    @Test
    void systemTrustKnowsRealRoots() throws TlsException {
        assertThat(PkixTrust.system().authorities()).as("too many to name").isEmpty();
        assertThat(AnchorStores.system()).hasSizeGreaterThan(30);
    }

    @Test
    void fewAnchorsAreNamedAsAuthoritiesAndManyAreNot() throws TlsException {
        Bytes subject = CertificateReader.of(pki.root().der()).subject();
        assertThat(trust.authorities()).containsExactly(subject);

        List<X509Certificate> many = IntStream.rangeClosed(1, 31)
                .mapToObj(i -> CertificateRecipe.host(TestKey.P256, "host" + i)
                        .selfSigned()
                        .certificate())
                .toList();
        assertThat(PkixTrust.of(many, "many").authorities()).isEmpty();
        assertThat(PkixTrust.of(many.subList(0, 30), "few").authorities()).hasSize(30);
    }

    @Test
    void scopeIsThatOfTheAnchorsWhateverTheirOrder() {
        List<X509Certificate> two =
                List.of(pki.root().certificate(), TestPki.create().root().certificate());

        assertThat(PkixTrust.of(two, "a").scope())
                .isEqualTo(PkixTrust.of(two.reversed(), "b").scope())
                .isNotEqualTo(PkixTrust.of(two.subList(0, 1), "a").scope());
    }

    @Test
    void acceptingAnyCertificateSaysThatNothingWasChecked() throws TlsException {
        Issued stranger = CertificateRecipe.host(TestKey.P256, "evil.example").selfSigned();
        assertThat(Trust.dangerAcceptAnyCertificate().verify(server(stranger.chainDer(), "example.org")))
                .containsExactly(new CertificateCheck(Kind.DANGER_NOT_CHECKED, "CN=evil.example", ""));
    }

    private List<CertificateCheck> verifyServer(List<Bytes> chain, String hostName) throws TlsException {
        return trust.verify(server(chain, hostName));
    }

    private static PeerChain server(List<Bytes> chain, String hostName) {
        return new PeerChain(Role.SERVER, chain, hostName, null);
    }

    private static String validity(Issued issued) {
        return issued.certificate().getNotBefore().toInstant() + " / "
                + issued.certificate().getNotAfter().toInstant();
    }

    private static List<Bytes> with(List<Bytes> chain, Bytes more) {
        return Stream.concat(chain.stream(), Stream.of(more)).toList();
    }
}
