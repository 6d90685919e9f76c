package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which signature schemes a policy may offer, whoever makes it. RFC 9846 section 4.3.3. */
class PolicySchemesTest {
    @Test
    void schemesBySha1StandBehindAllOthers() {
        // RFC 9846 4.3.3.
        Policy policy = withCertificateSchemes(List.of(
                SignatureScheme.ECDSA_SHA1,
                SignatureScheme.ED25519,
                SignatureScheme.RSA_PKCS1_SHA1,
                SignatureScheme.RSA_PKCS1_SHA256));

        assertThat(policy.certificateSchemes())
                .containsExactly(
                        SignatureScheme.ED25519,
                        SignatureScheme.RSA_PKCS1_SHA256,
                        SignatureScheme.ECDSA_SHA1,
                        SignatureScheme.RSA_PKCS1_SHA1);
    }

    @Test
    void aPolicyTakesOtherSchemesForCertificatesAlone() {
        Policy policy = Policy.MODERN_2026_11.withCertificateSchemes(
                List.of(SignatureScheme.ECDSA_SHA1, SignatureScheme.ED25519));

        assertThat(policy.certificateSchemes()).containsExactly(SignatureScheme.ED25519, SignatureScheme.ECDSA_SHA1);
        assertThat(policy.signatureSchemes()).isEqualTo(Policy.MODERN_2026_11.signatureSchemes());
        assertThat(policy.name()).isNotEqualTo(Policy.MODERN_2026_11.name());
    }

    @Test
    void aPolicyAcceptsSomethingInsideCertificates() {
        assertThatIllegalArgumentException().isThrownBy(() -> withCertificateSchemes(List.of()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0101, 0x0103, 0x0202, 0x0301, 0x0303, 0x0402, 0x0502, 0x0602})
    void schemesByMd5Sha224OrDsaAreRefused(int code) {
        // RFC 9846 4.3.3: they must not be offered or negotiated by any implementation.
        List<SignatureScheme> schemes = List.of(SignatureScheme.ED25519, SignatureScheme.of(code));

        assertThatIllegalArgumentException().isThrownBy(() -> withCertificateSchemes(schemes));
        assertThatIllegalArgumentException().isThrownBy(() -> Policy.MODERN_2026_11.withSignatureSchemes(schemes));
    }

    @Test
    void whatIsByNoneOfThemMayStay() {
        List<SignatureScheme> all =
                Policy.MODERN_2026_11.withPostQuantumSignatures().certificateSchemes();

        assertThat(all).noneMatch(SignatureScheme::isForbidden).noneMatch(SignatureScheme::isBySha1);
        assertThat(SignatureScheme.of(0x0a0a).isForbidden()).isFalse();
    }

    private static Policy withCertificateSchemes(List<SignatureScheme> schemes) {
        Policy policy = Policy.MODERN_2026_11;
        return new Policy(
                "test", policy.suites(), policy.groups(), policy.keyShares(), policy.signatureSchemes(), schemes);
    }
}
