package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chains are held to the schemes that the policy accepts inside certificates. RFC 9846 sections 4.3.3 and 4.5.1.2. */
class AcceptedSchemesTest {
    private static final Policy ONLY_SHA384 =
            Policy.MODERN_2026_11.withCertificateSchemes(List.of(SignatureScheme.ECDSA_SECP384R1_SHA384));

    private final Issued root =
            CertificateRecipe.authority(TestKey.P256, "CN=Root").selfSigned();
    private final Issued strong = authority("CN=Strong", "SHA384withECDSA");
    private final Issued weak = authority("CN=Weak", "SHA256withECDSA");
    private final Trust trust = Trust.anchors(List.of(root.certificate()), "test roots");

    @Test
    void aClientAcceptsAChainThatIsSignedByThemAlone() throws TlsException {
        // The root is signed with SHA-256, by itself: nobody verifies that.
        assertThat(EnginePair.connected(client(ONLY_SHA384), server(leaf(strong, "SHA384withECDSA")))
                        .client()
                        .session()
                        .peerCertificates())
                .hasSize(2);
    }

    @Test
    void aClientRefusesAnotherSignatureWhereverItStands() throws TlsException {
        TlsException ofLeaf = Failures.ofClient(
                EnginePair.of(client(ONLY_SHA384), server(leaf(strong, "SHA256withECDSA"))),
                Problem.CERTIFICATE_SCHEME_NOT_ACCEPTED);
        TlsException ofAuthority = Failures.ofClient(
                EnginePair.of(client(ONLY_SHA384), server(leaf(weak, "SHA384withECDSA"))),
                Problem.CERTIFICATE_SCHEME_NOT_ACCEPTED);

        assertThat(ofLeaf.problem().alert()).isEqualTo(AlertDescription.UNSUPPORTED_CERTIFICATE);
        assertThat(ofLeaf).hasMessageContainingAll("CN=localhost", "ecdsa-with-SHA256", "ecdsa_secp384r1_sha384");
        assertThat(ofAuthority).hasMessageContaining("CN=Weak");
    }

    @Test
    void aServerRefusesAClientsChainByTheSameRule() throws TlsException {
        TlsServer server = TlsServer.builder(leaf(strong, "SHA384withECDSA").identity())
                .policy(ONLY_SHA384)
                .clientAuthentication(ClientAuthentication.REQUIRED, trust)
                .build();
        TlsClient.Builder client = TlsClient.builder(trust);

        EnginePair.connected(
                client.identity(leaf(strong, "SHA384withECDSA").identity()).build(), server);
        EnginePair refused = EnginePair.of(
                client.identity(leaf(strong, "SHA256withECDSA").identity()).build(), server);
        Failures.ofServer(refused, Problem.CERTIFICATE_SCHEME_NOT_ACCEPTED);
    }

    @Test
    void aClientThatAnotherPolicyLetInIsNotResumed() throws TlsException {
        TlsServer lax = TlsServer.builder(leaf(strong, "SHA384withECDSA").identity())
                .clientAuthentication(ClientAuthentication.WANTED, trust)
                .ticketKeys(TicketKeys.rotating())
                .build();
        TlsServer strict = lax.toBuilder().policy(ONLY_SHA384).build();
        TlsClient client = TlsClient.builder(trust)
                .identity(leaf(strong, "SHA256withECDSA").identity())
                .build();
        EnginePair.connected(client, lax);

        Failures.ofServer(EnginePair.of(client, strict), Problem.CERTIFICATE_SCHEME_NOT_ACCEPTED);
    }

    @Test
    void aSessionOfTheSamePolicyIsResumed() throws TlsException {
        TlsServer server = TlsServer.builder(leaf(strong, "SHA384withECDSA").identity())
                .policy(ONLY_SHA384)
                .clientAuthentication(ClientAuthentication.REQUIRED, trust)
                .build();
        TlsClient client = TlsClient.builder(trust)
                .identity(leaf(strong, "SHA384withECDSA").identity())
                .build();
        EnginePair.connected(client, server);

        assertThat(EnginePair.connected(client, server).server().session().resumed())
                .isTrue();
    }

    @Test
    void whatAnotherPolicyAcceptedIsNotRemembered() throws TlsException {
        TlsServer server = server(leaf(strong, "SHA256withECDSA"));
        EnginePair.connected(client(Policy.MODERN_2026_11), server);

        Failures.ofClient(EnginePair.of(client(ONLY_SHA384), server), Problem.CERTIFICATE_SCHEME_NOT_ACCEPTED);
    }

    @Test
    void aSignatureThatIsInNoPathCountsForNothing() throws TlsException {
        Issued leaf = leaf(strong, "SHA384withECDSA");
        List<Bytes> more = List.of(leaf.der(), strong.der(), weak.der());

        assertThat(trust.verify(new Trust.PeerChain(
                        Role.SERVER, more, "localhost", null, List.of(), ONLY_SHA384.certificateSchemes())))
                .isNotEmpty();
    }

    @Test
    void postQuantumSignaturesAreAcceptedWhereTheyWereOffered() throws TlsException {
        TestPki classical = TestPki.create();
        Issued pqRoot =
                CertificateRecipe.authority(TestKey.ML_DSA_65, "CN=Quantum").selfSigned();
        Trust both =
                Trust.anchors(List.of(pqRoot.certificate(), classical.root().certificate()), "test roots");
        TlsServer server =
                server(CertificateRecipe.host(TestKey.P256, "localhost").issuedBy(pqRoot));

        Failures.ofClient(
                EnginePair.of(TlsClient.builder(both).build(), server), Problem.CERTIFICATE_SCHEME_NOT_ACCEPTED);
        EnginePair.connected(
                TlsClient.builder(both)
                        .policy(Policy.MODERN_2026_11.withPostQuantumSignatures())
                        .build(),
                server);
    }

    private TlsClient client(Policy policy) {
        return TlsClient.builder(trust).policy(policy).build();
    }

    private static TlsServer server(Issued leaf) {
        return TlsServer.builder(leaf.identity()).build();
    }

    private Issued authority(String name, String signature) {
        return CertificateRecipe.authority(TestKey.P256, name)
                .signature(signature)
                .issuedBy(root);
    }

    private static Issued leaf(Issued issuer, String signature) {
        return CertificateRecipe.host(TestKey.P256, "localhost")
                .signature(signature)
                .issuedBy(issuer);
    }
}
