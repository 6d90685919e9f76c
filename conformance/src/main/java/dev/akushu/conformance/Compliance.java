package dev.akushu.conformance;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.SignatureScheme;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** BoringSSL's policies by name, as far as TLS 1.3 goes. They are no policies of Akushu's, which has its own; what is judged is that nothing outside of a policy is negotiated. */
enum Compliance {
    FIPS(
            Flag.FIPS_202205,
            List.of(CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384),
            List.of(NamedGroup.SECP256R1, NamedGroup.SECP384R1),
            List.of(
                    SignatureScheme.RSA_PSS_RSAE_SHA256,
                    SignatureScheme.RSA_PSS_RSAE_SHA384,
                    SignatureScheme.RSA_PSS_RSAE_SHA512,
                    SignatureScheme.ECDSA_SECP256R1_SHA256,
                    SignatureScheme.ECDSA_SECP384R1_SHA384)),
    WPA(
            Flag.WPA_202304,
            List.of(CipherSuite.TLS_AES_256_GCM_SHA384),
            List.of(NamedGroup.SECP384R1),
            List.of(
                    SignatureScheme.ECDSA_SECP384R1_SHA384,
                    SignatureScheme.RSA_PSS_RSAE_SHA384,
                    SignatureScheme.RSA_PSS_RSAE_SHA512)),
    CNSA(
            Flag.CNSA_202407,
            List.of(
                    CipherSuite.TLS_AES_256_GCM_SHA384,
                    CipherSuite.TLS_AES_128_GCM_SHA256,
                    CipherSuite.TLS_CHACHA20_POLY1305_SHA256),
            ShimPolicy.GROUPS,
            ShimPolicy.SCHEMES),
    CNSA1(
            Flag.CNSA1_202603,
            List.of(CipherSuite.TLS_AES_256_GCM_SHA384),
            List.of(NamedGroup.MLKEM1024, NamedGroup.SECP384R1),
            List.of(SignatureScheme.ECDSA_SECP384R1_SHA384, SignatureScheme.RSA_PSS_RSAE_SHA384)),
    CNSA2(
            Flag.CNSA2_202603,
            List.of(CipherSuite.TLS_AES_256_GCM_SHA384),
            List.of(NamedGroup.MLKEM1024),
            List.of(SignatureScheme.ECDSA_SECP384R1_SHA384, SignatureScheme.RSA_PSS_RSAE_SHA384));

    private final Flag flag;
    private final Policy policy;

    Compliance(Flag flag, List<CipherSuite> suites, List<NamedGroup> groups, List<SignatureScheme> schemes) {
        this.flag = flag;
        this.policy = new Policy("shim", suites, groups, List.of(groups.getFirst()), schemes, schemes);
    }

    /** The policy that the flags ask for, if they do. */
    static Optional<Policy> of(Options options) {
        return Stream.of(values())
                .filter(one -> options.has(one.flag))
                .map(one -> one.policy)
                .findFirst();
    }
}
