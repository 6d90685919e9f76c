package dev.akushu.tls;

import dev.akushu.tls.crypto.Crypto;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What of a policy the cryptography at hand can do, worked out once per configuration.
 *
 * @param suites best first
 * @param groups best first
 * @param keyShares for a client's first ClientHello
 * @param signatureSchemes for the handshake, best first
 * @param certificateSchemes for certificates
 */
public record Capabilities(
        List<CipherSuite> suites,
        List<NamedGroup> groups,
        List<NamedGroup> keyShares,
        List<SignatureScheme> signatureSchemes,
        List<SignatureScheme> certificateSchemes) {
    /** Takes copies of the lists, of which those who send them need no copy of their own. */
    public Capabilities {
        suites = List.copyOf(suites);
        groups = List.copyOf(groups);
        keyShares = List.copyOf(keyShares);
        signatureSchemes = List.copyOf(signatureSchemes);
        certificateSchemes = List.copyOf(certificateSchemes);
    }

    /** The common part of both; throws {@link IllegalArgumentException} if no suite, group or scheme is left. */
    static Capabilities of(Policy policy, Crypto crypto) {
        return new Capabilities(
                common(policy.suites(), crypto::suite, "suite", policy),
                common(policy.groups(), crypto::group, "group", policy),
                policy.keyShares().stream()
                        .filter(group -> crypto.group(group) != null)
                        .toList(),
                common(handshakeOnly(policy.signatureSchemes()), crypto::signature, "signature scheme", policy),
                policy.certificateSchemes());
    }

    private static List<SignatureScheme> handshakeOnly(List<SignatureScheme> schemes) {
        return schemes.stream().filter(SignatureScheme::maySignHandshake).toList();
    }

    private static <C> List<C> common(
            List<C> wanted, Function<C, @Nullable Object> implementation, String what, Policy policy) {
        List<C> common = wanted.stream()
                .filter(code -> implementation.apply(code) != null)
                .toList();
        if (common.isEmpty()) {
            throw new IllegalArgumentException("the cryptography has no " + what + " of the policy " + policy.name());
        }
        return common;
    }
}
