package dev.akushu.conformance;

import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.crypto.Crypto;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the shim may negotiate: what the flags say, and where they are silent what BoringSSL does, since the runner's
 * tests rest on it.
 */
final class ShimPolicy {
    static final List<NamedGroup> GROUPS =
            List.of(NamedGroup.X25519_MLKEM768, NamedGroup.X25519, NamedGroup.SECP256R1, NamedGroup.SECP384R1);

    static final List<SignatureScheme> SCHEMES = List.of(
            SignatureScheme.ECDSA_SECP256R1_SHA256,
            SignatureScheme.RSA_PSS_RSAE_SHA256,
            SignatureScheme.RSA_PKCS1_SHA256,
            SignatureScheme.ECDSA_SECP384R1_SHA384,
            SignatureScheme.RSA_PSS_RSAE_SHA384,
            SignatureScheme.RSA_PKCS1_SHA384,
            SignatureScheme.RSA_PSS_RSAE_SHA512,
            SignatureScheme.RSA_PKCS1_SHA512);

    private static final Set<NamedGroup> POST_QUANTUM = Set.of(
            NamedGroup.X25519_MLKEM768,
            NamedGroup.SECP256R1_MLKEM768,
            NamedGroup.SECP384R1_MLKEM1024,
            NamedGroup.MLKEM1024);

    private ShimPolicy() {}

    /** The policy of a connection whose own end can sign with {@code own}. */
    static Policy of(Options options, List<SignatureScheme> own, Crypto crypto) throws OutOfScope {
        Policy named = Compliance.of(options).orElse(null);
        if (named != null) {
            return named;
        }
        List<NamedGroup> groups = options.has(Flag.CURVES) ? options.groups() : GROUPS;
        for (NamedGroup group : groups) {
            if (crypto.group(group) == null) {
                throw new OutOfScope("the group " + group);
            }
        }
        List<SignatureScheme> schemes = schemes(options, own, crypto);
        return new Policy("shim", Policy.MODERN_2026_11.suites(), groups, keyShares(options, groups), schemes, schemes);
    }

    private static List<NamedGroup> keyShares(Options options, List<NamedGroup> groups) {
        List<NamedGroup> hinted = options.codes(Flag.SERVER_SUPPORTED_GROUPS_HINT, NamedGroup::of);
        List<NamedGroup> predicted =
                groups.stream().filter(hinted::contains).limit(1).toList();
        if (!predicted.isEmpty()) {
            return predicted;
        }
        if (options.has(Flag.KEY_SHARES) || options.has(Flag.NO_KEY_SHARES)) {
            return options.codes(Flag.KEY_SHARES, NamedGroup::of);
        }
        List<NamedGroup> shares = new ArrayList<>(List.of(groups.getFirst()));
        boolean postQuantum = POST_QUANTUM.contains(groups.getFirst());
        groups.stream()
                .filter(group -> POST_QUANTUM.contains(group) != postQuantum)
                .findFirst()
                .ifPresent(shares::add);
        return shares;
    }

    /** Akushu has one list for what it verifies and what it signs with, so the own key's schemes are added. */
    private static List<SignatureScheme> schemes(Options options, List<SignatureScheme> own, Crypto crypto)
            throws OutOfScope {
        List<SignatureScheme> verified =
                options.has(Flag.VERIFY_PREFS) ? options.codes(Flag.VERIFY_PREFS, SignatureScheme::of) : SCHEMES;
        for (SignatureScheme scheme : verified) {
            if (!scheme.isKnown()) {
                throw new OutOfScope("the signature scheme " + scheme);
            }
        }
        List<SignatureScheme> all =
                Stream.concat(verified.stream(), own.stream()).distinct().toList();
        if (all.stream().noneMatch(scheme -> scheme.maySignHandshake() && crypto.signature(scheme) != null)) {
            throw new OutOfScope(
                    "a configuration without a signature scheme for TLS 1.3, which Akushu refuses to build");
        }
        return all;
    }
}
