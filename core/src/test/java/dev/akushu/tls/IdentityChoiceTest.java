package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which of several identities a peer is shown. */
class IdentityChoiceTest {
    private static final List<CertificateType> X509 = List.of(CertificateType.X509);
    private static final List<SignatureScheme> ALL = List.of(
            SignatureScheme.ECDSA_SECP256R1_SHA256, SignatureScheme.ED25519, SignatureScheme.RSA_PSS_RSAE_SHA256);

    private static final TestPki PKI = TestPki.create();

    private final Identity one = PKI.leaf(TestKey.P256, "one.example").identity();
    private final Identity two = PKI.leaf(TestKey.P256, "two.example").identity();
    private final Identity twoByEd25519 =
            PKI.leaf(TestKey.ED25519, "two.example").identity();

    @Test
    void identityThatServesTheNameIsShownElseTheFirst() throws TlsException {
        List<Identity> identities = List.of(one, two);

        assertThat(chosen(identities, "two.example", ALL)).isSameAs(two);
        assertThat(chosen(identities, "three.example", ALL)).isSameAs(one);
        assertThat(chosen(identities, null, ALL)).isSameAs(one);
    }

    @Test
    void identityThatCannotSignIsShownOnlyIfNoneCan() throws TlsException {
        List<Identity> identities = List.of(one, twoByEd25519, two);

        assertThat(chosen(identities, "two.example", ALL)).isSameAs(twoByEd25519);
        assertThat(chosen(identities, "two.example", List.of(SignatureScheme.ECDSA_SECP256R1_SHA256)))
                .isSameAs(two);
        assertThat(chosen(List.of(one, twoByEd25519), "one.example", List.of(SignatureScheme.ED25519)))
                .isSameAs(twoByEd25519);
        assertThat(chosen(identities, "one.example", List.of(SignatureScheme.RSA_PSS_RSAE_SHA256)))
                .isSameAs(one);
    }

    @Test
    void identityOfAnAuthorityThatThePeerNamesIsPreferred() throws TlsException {
        // RFC 9846 4.3.4.
        Issued otherRoot =
                CertificateRecipe.authority(TestKey.P256, "CN=Other Root").selfSigned();
        Issued otherCa =
                CertificateRecipe.authority(TestKey.P256, "CN=Other CA").issuedBy(otherRoot);
        Identity other = CertificateRecipe.host(TestKey.P256, "one.example")
                .issuedBy(otherCa)
                .identity();
        List<Identity> identities = List.of(one, other);
        Bytes caName =
                Bytes.wrap(otherCa.certificate().getSubjectX500Principal().getEncoded());
        Bytes rootName =
                Bytes.wrap(otherRoot.certificate().getSubjectX500Principal().getEncoded());
        Bytes strange = Bytes.fromHex("3000");

        for (Bytes authority : List.of(caName, rootName)) {
            assertThat(chosen(
                            identities,
                            new IdentitySource.Request("one.example", ALL, ALL, List.of(authority), List.of(), X509)))
                    .isSameAs(other);
        }
        assertThat(chosen(
                        identities,
                        new IdentitySource.Request("one.example", ALL, ALL, List.of(strange), List.of(), X509)))
                .isSameAs(one);
        assertThat(chosen(identities, "one.example", ALL)).isSameAs(one);
    }

    @Test
    void chainThatThePeerCanVerifyIsPreferred() throws TlsException {
        // RFC 9846 4.5.1.2.
        Issued rsaRoot =
                CertificateRecipe.authority(TestKey.RSA_2048, "CN=RSA Root").selfSigned();
        Identity byRsa = CertificateRecipe.host(TestKey.P256, "one.example")
                .issuedBy(rsaRoot)
                .identity();
        Issued pssRoot =
                CertificateRecipe.authority(TestKey.RSA_PSS, "CN=PSS Root").selfSigned();
        Identity byPss = CertificateRecipe.host(TestKey.P256, "one.example")
                .issuedBy(pssRoot)
                .identity();
        List<Identity> identities = List.of(byPss, byRsa, one);

        assertThat(chosen(identities, certificatesBy(SignatureScheme.RSA_PKCS1_SHA256)))
                .isSameAs(byRsa);
        assertThat(chosen(identities, certificatesBy(SignatureScheme.ECDSA_SECP256R1_SHA256)))
                .isSameAs(one);
        assertThat(chosen(identities, certificatesBy(SignatureScheme.RSA_PSS_PSS_SHA256)))
                .isSameAs(byPss);
        assertThat(chosen(List.of(one, byRsa), certificatesBy(SignatureScheme.ED448)))
                .isSameAs(one);
    }

    @Test
    void signatureOfASelfSignedCertificateDoesNotMatter() throws TlsException {
        Identity selfSigned = CertificateRecipe.host(TestKey.ED25519, "one.example")
                .selfSigned()
                .identity();

        assertThat(selfSigned.isSignedBy(List.of())).isTrue();
        assertThat(chosen(List.of(one, selfSigned), certificatesBy(SignatureScheme.ED448)))
                .isSameAs(selfSigned);
    }

    @Test
    void chainBySha1IsShownOnlyToAClientThatAcceptsIt() throws TlsException {
        // RFC 9846 4.5.1.2: a chain that the client cannot verify may be shown, but not one by SHA-1.
        Issued root =
                CertificateRecipe.authority(TestKey.RSA_2048, "CN=RSA Root").selfSigned();
        Identity bySha1 = CertificateRecipe.host(TestKey.P256, "one.example")
                .signature("SHA1withRSA")
                .issuedBy(root)
                .identity();
        Identity byEcdsaAndSha1 = CertificateRecipe.host(TestKey.P256, "one.example")
                .signature("SHA1withECDSA")
                .issuedBy(PKI.root())
                .identity();

        for (Identity old : List.of(bySha1, byEcdsaAndSha1)) {
            assertThat(chosen(List.of(old, two), certificatesBy(SignatureScheme.ED448)))
                    .as("better one for another name")
                    .isSameAs(two);
            EnginePair pair = EnginePair.of(
                    TlsClient.builder(PKI.trust()).build(),
                    TlsServer.builder(old).build());
            Failures.ofServer(pair, Problem.OWN_CHAIN_DEPRECATED);
        }
        assertThat(chosen(List.of(bySha1, two), certificatesBy(SignatureScheme.RSA_PKCS1_SHA1)))
                .isSameAs(bySha1);
        assertThat(bySha1.mayBeShownTo(List.of(SignatureScheme.RSA_PKCS1_SHA1))).isTrue();
    }

    @Test
    void aClientShowsTheChainThatTheServerCanVerify() throws TlsException {
        // RFC 9846 4.3.3 and 4.5.1.3: signature_algorithms_cert of a CertificateRequest.
        Issued rsaRoot =
                CertificateRecipe.authority(TestKey.RSA_2048, "CN=RSA Root").selfSigned();
        Issued byRsa = CertificateRecipe.host(TestKey.P256, "one.example").issuedBy(rsaRoot);
        Issued byEcdsa = PKI.leaf(TestKey.P256, "one.example");
        // It names no authorities, so these cannot choose.
        Trust anybody = Trust.dangerAcceptAnyCertificate();
        Map<SignatureScheme, Issued> wishes =
                Map.of(SignatureScheme.RSA_PKCS1_SHA256, byRsa, SignatureScheme.ECDSA_SECP256R1_SHA256, byEcdsa);
        for (List<Issued> own : List.of(List.of(byRsa, byEcdsa), List.of(byEcdsa, byRsa))) {
            TlsClient client = TlsClient.builder(PKI.trust())
                    .identities(IdentitySource.among(
                            List.of(own.getFirst().identity(), own.getLast().identity())))
                    .build();
            for (Map.Entry<SignatureScheme, Issued> wish : wishes.entrySet()) {
                TlsServer server = TlsServer.builder(
                                PKI.leaf(TestKey.P256, "localhost").identity())
                        .policy(Policy.MODERN_2026_11.withCertificateSchemes(List.of(wish.getKey())))
                        .clientAuthentication(ClientAuthentication.REQUIRED, anybody)
                        .build();

                assertThat(EnginePair.connected(client, server)
                                .server()
                                .session()
                                .peerCertificates())
                        .isEqualTo(wish.getValue().chainDer());
            }
        }
    }

    @Test
    void chainThatTheClientCannotVerifyIsShownRatherThanNone() throws TlsException {
        Policy byEd25519 = new Policy(
                "certificates by Ed25519 alone",
                Policy.MODERN_2026_11.suites(),
                Policy.MODERN_2026_11.groups(),
                Policy.MODERN_2026_11.keyShares(),
                Policy.MODERN_2026_11.signatureSchemes(),
                List.of(SignatureScheme.ED25519));
        // The default trust would refuse it.
        TlsClient client = TlsClient.builder(Trust.dangerAcceptAnyCertificate())
                .policy(byEd25519)
                .build();
        TlsServer server = TlsServer.builder(PKI.leaf(TestKey.P256, "localhost").identity())
                .build();

        assertThat(EnginePair.connected(client, server).client().session().peerCertificates())
                .hasSize(2);
    }

    private static IdentitySource.Request certificatesBy(SignatureScheme scheme) {
        return new IdentitySource.Request("one.example", ALL, List.of(scheme), List.of(), List.of(), X509);
    }

    private static Identity chosen(
            List<Identity> identities, @Nullable String serverName, List<SignatureScheme> schemes) throws TlsException {
        return chosen(identities, new IdentitySource.Request(serverName, schemes));
    }

    private static Identity chosen(List<Identity> identities, IdentitySource.Request request) throws TlsException {
        return IdentitySource.among(identities).choose(request).orElseThrow();
    }
}
