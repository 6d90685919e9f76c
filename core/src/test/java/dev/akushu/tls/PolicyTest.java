package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.NamedParameterSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies with names and dates, and what they would refuse. */
class PolicyTest {
    private static final TestPki PKI = TestPki.create();
    private static final Issued CLASSICAL = PKI.leaf(TestKey.P256, "localhost");
    private static final Issued QUANTUM_ROOT = mlDsa87(CertificateRecipe.authority(TestKey.ML_DSA_65, "CN=ML-DSA Root"))
            .selfSigned();
    private static final Issued QUANTUM =
            mlDsa87(CertificateRecipe.host(TestKey.ML_DSA_65, "localhost")).issuedBy(QUANTUM_ROOT);

    static List<Policy> named() {
        return Policy.named();
    }

    @ParameterizedTest
    @MethodSource("named")
    void everyNameHasADateAndTheJdkDoesAllOfIt(Policy policy) {
        assertThat(policy.name()).matches("[A-Z0-9]+_20\\d\\d_\\d\\d");
        assertThat(PolicyCheck.of(policy, Crypto.jdk(), List.of()).findings()).isEmpty();
        assertThat(PolicyCheck.of(policy, Crypto.ownCurves(), List.of()).findings())
                .isEmpty();
    }

    /** RFC 9846 4.3.7: nor is there a second key share for it, which 4.3.8 forbids. */
    @Test
    void aGroupIsListedOnceHoweverOftenItIsNamed() {
        Policy twice =
                Policy.MODERN_2026_11.withGroups(List.of(NamedGroup.X25519, NamedGroup.SECP256R1, NamedGroup.X25519));

        assertThat(twice.groups()).containsExactly(NamedGroup.X25519, NamedGroup.SECP256R1);
        assertThat(twice.keyShares()).containsExactly(NamedGroup.X25519);
    }

    @Test
    void cnsa2IsNothingButItsAlgorithms() {
        Policy cnsa2 = Policy.CNSA2_2026_11;

        assertThat(cnsa2.suites()).containsExactly(CipherSuite.TLS_AES_256_GCM_SHA384);
        assertThat(cnsa2.groups()).containsExactly(NamedGroup.MLKEM1024, NamedGroup.SECP384R1_MLKEM1024);
        assertThat(cnsa2.signatureSchemes()).containsExactly(SignatureScheme.MLDSA87);
        assertThat(cnsa2.certificateSchemes()).containsExactly(SignatureScheme.MLDSA87);
    }

    @Test
    void twoEndsWithCnsa2ShakeHands() throws TlsException {
        EnginePair pair = EnginePair.connected(
                TlsClient.builder(Trust.anchors(List.of(QUANTUM_ROOT.certificate()), "ML-DSA"))
                        .policy(Policy.CNSA2_2026_11)
                        .build(),
                TlsServer.builder(QUANTUM.identity())
                        .policy(Policy.CNSA2_2026_11)
                        .build());

        assertThat(pair.client().session().suite()).isEqualTo(CipherSuite.TLS_AES_256_GCM_SHA384);
        assertThat(pair.client().session().group()).isEqualTo(NamedGroup.MLKEM1024);
        assertThat(pair.client().session().signatureScheme()).isEqualTo(SignatureScheme.MLDSA87);
    }

    @Test
    void twoEndsWithNistShakeHands() throws TlsException {
        EnginePair pair = EnginePair.connected(
                TlsClient.builder(PKI.trust()).policy(Policy.NIST_2026_11).build(),
                TlsServer.builder(CLASSICAL.identity())
                        .policy(Policy.NIST_2026_11)
                        .build());

        assertThat(pair.client().session().group()).isEqualTo(NamedGroup.SECP256R1_MLKEM768);
    }

    @Test
    void aKeyThatAPolicyDoesNotAllowIsFoundBeforeAPeerMeetsIt() throws TlsException {
        PolicyCheck check = PolicyCheck.of(Policy.CNSA2_2026_11, Crypto.jdk(), List.of(CLASSICAL.identity()));

        String subject = CLASSICAL.identity().subject();
        assertThat(check.findings())
                .containsExactly(
                        new PolicyCheck.Finding(PolicyCheck.Kind.IDENTITY_CANNOT_SIGN, subject),
                        new PolicyCheck.Finding(PolicyCheck.Kind.CHAIN_NOT_ACCEPTED, subject));
        EnginePair pair = EnginePair.of(
                TlsClient.builder(PKI.trust()).policy(Policy.CNSA2_2026_11).build(),
                TlsServer.builder(CLASSICAL.identity())
                        .policy(Policy.CNSA2_2026_11)
                        .build());
        Failures.ofServer(pair, Problem.NO_COMMON_SIGNATURE_SCHEME);
    }

    @Test
    void whatTheCryptographyLacksIsFound() {
        Crypto jdk = Crypto.jdk();
        Crypto classical = new Crypto(
                jdk.suites(),
                jdk.groups().stream()
                        .filter(exchange -> !exchange.group().equals(NamedGroup.MLKEM1024))
                        .toList(),
                List.of(),
                jdk.random());

        assertThat(PolicyCheck.of(Policy.CNSA2_2026_11, classical, List.of()).findings())
                .containsExactly(
                        new PolicyCheck.Finding(PolicyCheck.Kind.GROUP_LACKING, "MLKEM1024"),
                        new PolicyCheck.Finding(PolicyCheck.Kind.SCHEME_LACKING, "mldsa87"));
    }

    @Test
    void policiesThatHaveNothingInCommonAreFound() {
        PolicyCheck none = PolicyCheck.of(Policy.CNSA2_2026_11, Crypto.jdk(), List.of());

        assertThat(none.between(Policy.CNSA2_2026_11, Policy.CNSA2_2026_11).findings())
                .isEmpty();
        assertThat(none.between(Policy.CNSA2_2026_11, Policy.MODERN_2026_11).findings())
                .containsExactly(
                        new PolicyCheck.Finding(PolicyCheck.Kind.NO_COMMON_SCHEME, "MODERN_2026_11"),
                        new PolicyCheck.Finding(PolicyCheck.Kind.NO_COMMON_CERTIFICATE_SCHEME, "MODERN_2026_11"));
        Policy chaCha = Policy.MODERN_2026_11
                .withSuites(List.of(CipherSuite.TLS_CHACHA20_POLY1305_SHA256))
                .withGroups(List.of(NamedGroup.X25519));
        assertThat(none.between(Policy.CNSA2_2026_11, chaCha).findings())
                .extracting(PolicyCheck.Finding::kind)
                .containsExactly(
                        PolicyCheck.Kind.NO_COMMON_SUITE,
                        PolicyCheck.Kind.NO_COMMON_GROUP,
                        PolicyCheck.Kind.NO_COMMON_SCHEME,
                        PolicyCheck.Kind.NO_COMMON_CERTIFICATE_SCHEME);
    }

    private static CertificateRecipe mlDsa87(CertificateRecipe recipe) {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("ML-DSA");
            keys.initialize(NamedParameterSpec.ML_DSA_87);
            return recipe.keys(keys.generateKeyPair()).signature("ML-DSA-87");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
