package dev.akushu.tls;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a connection may use, in the order of preference. Named, dated and immutable: a name never changes its meaning. What the {@link dev.akushu.tls.crypto.Crypto} at hand lacks is left out.
 *
 * @param name and date, for people and for binding tickets to it
 * @param suites cipher suites, best first
 * @param groups for the key exchange, best first
 * @param keyShares the groups for which a client sends a share with its first ClientHello; each must be among {@code groups}
 * @param signatureSchemes for the handshake's signatures, best first
 * @param certificateSchemes for signatures inside certificates
 * @param pskKe whether a pre-shared key may do without a key exchange: see {@link #dangerWithPskKe}
 */
public record Policy(
        String name,
        List<CipherSuite> suites,
        List<NamedGroup> groups,
        List<NamedGroup> keyShares,
        List<SignatureScheme> signatureSchemes,
        List<SignatureScheme> certificateSchemes,
        boolean pskKe) {
    private static final List<SignatureScheme> CLASSICAL = List.of(
            SignatureScheme.ECDSA_SECP256R1_SHA256,
            SignatureScheme.ED25519,
            SignatureScheme.RSA_PSS_RSAE_SHA256,
            SignatureScheme.ECDSA_SECP384R1_SHA384,
            SignatureScheme.RSA_PSS_RSAE_SHA384,
            SignatureScheme.RSA_PSS_RSAE_SHA512,
            SignatureScheme.RSA_PSS_PSS_SHA256,
            SignatureScheme.RSA_PSS_PSS_SHA384,
            SignatureScheme.RSA_PSS_PSS_SHA512,
            SignatureScheme.ECDSA_SECP521R1_SHA512,
            SignatureScheme.ED448);

    private static final List<SignatureScheme> NIST = List.of(
            SignatureScheme.ECDSA_SECP256R1_SHA256,
            SignatureScheme.ECDSA_SECP384R1_SHA384,
            SignatureScheme.ECDSA_SECP521R1_SHA512,
            SignatureScheme.RSA_PSS_RSAE_SHA256,
            SignatureScheme.RSA_PSS_RSAE_SHA384,
            SignatureScheme.RSA_PSS_RSAE_SHA512,
            SignatureScheme.RSA_PSS_PSS_SHA256,
            SignatureScheme.RSA_PSS_PSS_SHA384,
            SignatureScheme.RSA_PSS_PSS_SHA512);

    private static final List<SignatureScheme> PKCS1 = List.of(
            SignatureScheme.RSA_PKCS1_SHA256, SignatureScheme.RSA_PKCS1_SHA384, SignatureScheme.RSA_PKCS1_SHA512);

    /**
     * The default. A hybrid with ML-KEM first, because recorded traffic can be decrypted later; x25519 beside it, because its key pair is shared with the hybrid's and spares older
     * servers a retry. AES-128 first: its margin suffices and it is the fastest. RSASSA-PKCS1-v1_5 in certificates only (RFC 9846 section 4.3.3).
     */
    public static final Policy MODERN_2026_11 = new Policy(
            "MODERN_2026_11",
            List.of(
                    CipherSuite.TLS_AES_128_GCM_SHA256,
                    CipherSuite.TLS_AES_256_GCM_SHA384,
                    CipherSuite.TLS_CHACHA20_POLY1305_SHA256),
            List.of(
                    NamedGroup.X25519_MLKEM768,
                    NamedGroup.SECP256R1_MLKEM768,
                    NamedGroup.SECP384R1_MLKEM1024,
                    NamedGroup.X25519,
                    NamedGroup.SECP256R1,
                    NamedGroup.SECP384R1,
                    NamedGroup.SECP521R1,
                    NamedGroup.X448,
                    NamedGroup.FFDHE2048,
                    NamedGroup.FFDHE3072,
                    NamedGroup.FFDHE4096),
            List.of(NamedGroup.X25519_MLKEM768, NamedGroup.X25519),
            CLASSICAL,
            Stream.concat(CLASSICAL.stream(), PKCS1.stream()).toList());

    /**
     * What NIST has standardized, and nothing else: AES-GCM, the P curves with and beside ML-KEM, ECDSA and RSA-PSS. Whether the cryptography that does it was validated is for its provider to say.
     */
    public static final Policy NIST_2026_11 = new Policy(
            "NIST_2026_11",
            List.of(CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384),
            List.of(
                    NamedGroup.SECP256R1_MLKEM768,
                    NamedGroup.SECP384R1_MLKEM1024,
                    NamedGroup.SECP256R1,
                    NamedGroup.SECP384R1,
                    NamedGroup.SECP521R1),
            List.of(NamedGroup.SECP256R1_MLKEM768, NamedGroup.SECP256R1),
            NIST,
            Stream.concat(NIST.stream(), PKCS1.stream()).toList());

    /**
     * The Commercial National Security Algorithm Suite 2.0 alone: AES-256, ML-KEM-1024, ML-DSA-87 in the handshake and inside certificates. The hybrid with P-384 is there for peers that do not do ML-KEM alone. Few peers have such
     * certificates yet: {@link PolicyCheck} tells what it would refuse.
     */
    public static final Policy CNSA2_2026_11 = new Policy(
            "CNSA2_2026_11",
            List.of(CipherSuite.TLS_AES_256_GCM_SHA384),
            List.of(NamedGroup.MLKEM1024, NamedGroup.SECP384R1_MLKEM1024),
            List.of(NamedGroup.MLKEM1024),
            List.of(SignatureScheme.MLDSA87),
            List.of(SignatureScheme.MLDSA87));

    private static final List<Policy> NAMED = List.of(MODERN_2026_11, NIST_2026_11, CNSA2_2026_11);

    /** All policies that have a name here, the default first. */
    public static List<Policy> named() {
        return NAMED;
    }

    /** A policy by which every connection has a key exchange of its own. */
    public Policy(
            String name,
            List<CipherSuite> suites,
            List<NamedGroup> groups,
            List<NamedGroup> keyShares,
            List<SignatureScheme> signatureSchemes,
            List<SignatureScheme> certificateSchemes) {
        this(name, suites, groups, keyShares, signatureSchemes, certificateSchemes, false);
    }

    /** Copies the lists, each group once, and checks that none is empty, that each key share is for a group of the policy, and that no scheme is by MD5, SHA-224 or DSA. */
    public Policy {
        suites = List.copyOf(suites);
        // RFC 9846 4.3.7: named_group_list MUST NOT contain any duplicate entries.
        groups = List.copyOf(groups).stream().distinct().toList();
        keyShares = List.copyOf(keyShares);
        signatureSchemes = List.copyOf(signatureSchemes);
        // RFC 9846 4.3.3: whoever offers SHA-1, for old certificates, MUST list it behind all others.
        certificateSchemes = certificateSchemes.stream()
                .sorted((one, other) -> Boolean.compare(one.isBySha1(), other.isBySha1()))
                .toList();
        if (suites.isEmpty() || groups.isEmpty() || signatureSchemes.isEmpty() || certificateSchemes.isEmpty()) {
            throw new IllegalArgumentException(
                    "a policy needs at least one suite, one group and one signature scheme, for certificates too: "
                            + name);
        }
        Stream.concat(signatureSchemes.stream(), certificateSchemes.stream())
                .filter(SignatureScheme::isForbidden)
                .findFirst()
                .ifPresent(forbidden -> {
                    throw new IllegalArgumentException("RFC 9846 section 4.3.3 forbids " + forbidden + ": " + name);
                });
        if (!groups.containsAll(keyShares)) {
            throw new IllegalArgumentException("key shares " + keyShares + " are not all among the groups " + groups);
        }
        // RFC 9846 4.3.8: shares stand in the order of the groups, one for each.
        List<NamedGroup> wanted = keyShares;
        keyShares = groups.stream().filter(wanted::contains).toList();
    }

    /** The same with these suites, best first. */
    public Policy withSuites(List<CipherSuite> chosen) {
        return new Policy(
                name + "+suites" + chosen, chosen, groups, keyShares, signatureSchemes, certificateSchemes, pskKe);
    }

    /** The same with these groups, best first; a client sends a share for the first of them, and for the classical half of a hybrid if that is among them. */
    public Policy withGroups(List<NamedGroup> chosen) {
        List<NamedGroup> shares = chosen.isEmpty() ? List.of() : firstAndItsHalf(chosen);
        return new Policy(
                name + "+groups" + chosen, suites, chosen, shares, signatureSchemes, certificateSchemes, pskKe);
    }

    /** The same with shares for these groups in a client's first ClientHello; an empty list makes every server ask by HelloRetryRequest. */
    public Policy withKeyShares(List<NamedGroup> chosen) {
        return new Policy(
                name + "+shares" + chosen, suites, groups, chosen, signatureSchemes, certificateSchemes, pskKe);
    }

    /** The same with these signature schemes, best first. */
    public Policy withSignatureSchemes(List<SignatureScheme> chosen) {
        return new Policy(name + "+schemes" + chosen, suites, groups, keyShares, chosen, certificateSchemes, pskKe);
    }

    /** The same with these schemes for signatures inside certificates, best first; those by SHA-1 come last in any case. RFC 9846 section 4.3.3. */
    public Policy withCertificateSchemes(List<SignatureScheme> chosen) {
        return new Policy(name + "+certificates" + chosen, suites, groups, keyShares, signatureSchemes, chosen, pskKe);
    }

    /**
     * The same, and a pre-shared key, a ticket's or an external one, may do without a key exchange (psk_ke, RFC 9846 section 4.3.9), for devices that cannot afford one. Such a connection
     * has <b>no forward secrecy</b> (RFC 9846 appendix F.1): whoever gets the pre-shared key, however much later, reads all that was recorded of it. A client offers this beside a key exchange, and the server decides; a server here does without only where the client
     * wants it so, or where the two have no group in common. {@link TlsSession#group} tells.
     */
    public Policy dangerWithPskKe() {
        return new Policy(name + "+psk_ke", suites, groups, keyShares, signatureSchemes, certificateSchemes, true);
    }

    /**
     * The same with ML-DSA accepted and offered too, after the classical schemes. A switch of its own because some middleboxes reject a ClientHello with schemes they do not
     * know.
     */
    public Policy withPostQuantumSignatures() {
        List<SignatureScheme> added =
                List.of(SignatureScheme.MLDSA44, SignatureScheme.MLDSA65, SignatureScheme.MLDSA87);
        return new Policy(
                name + "+mldsa",
                suites,
                groups,
                keyShares,
                Stream.concat(signatureSchemes.stream(), added.stream())
                        .distinct()
                        .toList(),
                Stream.concat(certificateSchemes.stream(), added.stream())
                        .distinct()
                        .toList(),
                pskKe);
    }

    private static List<NamedGroup> firstAndItsHalf(List<NamedGroup> groups) {
        NamedGroup first = groups.getFirst();
        boolean both = first.equals(NamedGroup.X25519_MLKEM768) && groups.contains(NamedGroup.X25519);
        return both ? List.of(first, NamedGroup.X25519) : List.of(first);
    }
}
