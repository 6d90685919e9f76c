package dev.akushu.tls;

import dev.akushu.tls.crypto.Crypto;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration would refuse, found before a peer finds it.
 *
 * @param findings in the order of {@link Kind}
 */
public record PolicyCheck(List<Finding> findings) {
    /** Copies the list. */
    public PolicyCheck {
        findings = List.copyOf(findings);
    }

    /** What is found. */
    public enum Kind {
        /** The policy allows a suite that the cryptography lacks. */
        SUITE_LACKING,
        /** The policy allows a group that the cryptography lacks. */
        GROUP_LACKING,
        /** The policy allows a scheme for the handshake that the cryptography lacks. */
        SCHEME_LACKING,
        /** An identity whose key can sign with no scheme of the policy: no handshake can show it. */
        IDENTITY_CANNOT_SIGN,
        /** An identity whose chain is signed by a scheme that the policy does not accept inside certificates: a peer with this policy refuses it, unless it finds a path without that signature. */
        CHAIN_NOT_ACCEPTED,
        /** Peers with the other policy and this one have no suite in common. */
        NO_COMMON_SUITE,
        /** Peers with the other policy and this one have no group in common. */
        NO_COMMON_GROUP,
        /** Peers with the other policy and this one have no scheme for the handshake in common. */
        NO_COMMON_SCHEME,
        /** The other policy and this one accept no scheme inside certificates in common. */
        NO_COMMON_CERTIFICATE_SCHEME
    }

    /**
     * One thing that would be refused, or is not there.
     *
     * @param kind of it
     * @param subject which suite, group, scheme or certificate; or the name of the other policy
     */
    public record Finding(Kind kind, String subject) {}

    /** What {@code crypto} and {@code identities} lack for {@code policy}. */
    public static PolicyCheck of(Policy policy, Crypto crypto, Collection<Identity> identities) {
        List<Finding> findings = new ArrayList<>();
        lacking(findings, Kind.SUITE_LACKING, policy.suites(), crypto::suite);
        lacking(findings, Kind.GROUP_LACKING, policy.groups(), crypto::group);
        lacking(findings, Kind.SCHEME_LACKING, handshakeSchemes(policy), crypto::signature);
        for (Identity identity : identities) {
            if (disjoint(identity.schemes(), policy.signatureSchemes())) {
                findings.add(new Finding(Kind.IDENTITY_CANNOT_SIGN, identity.subject()));
            }
        }
        for (Identity identity : identities) {
            if (!identity.isSignedBy(policy.certificateSchemes())) {
                findings.add(new Finding(Kind.CHAIN_NOT_ACCEPTED, identity.subject()));
            }
        }
        return new PolicyCheck(findings);
    }

    /** The same, and whether peers with the policy {@code other} could shake hands with one that has {@code policy}. */
    public PolicyCheck between(Policy policy, Policy other) {
        List<Finding> more = new ArrayList<>(findings);
        common(more, Kind.NO_COMMON_SUITE, policy.suites(), other.suites(), other);
        common(more, Kind.NO_COMMON_GROUP, policy.groups(), other.groups(), other);
        common(more, Kind.NO_COMMON_SCHEME, handshakeSchemes(policy), handshakeSchemes(other), other);
        common(more, Kind.NO_COMMON_CERTIFICATE_SCHEME, policy.certificateSchemes(), other.certificateSchemes(), other);
        return new PolicyCheck(more);
    }

    private static <C> void lacking(
            List<Finding> findings, Kind kind, List<C> wanted, Function<C, @Nullable Object> implementation) {
        for (C one : wanted) {
            if (implementation.apply(one) == null) {
                findings.add(new Finding(kind, one.toString()));
            }
        }
    }

    private static <C> void common(List<Finding> findings, Kind kind, List<C> own, List<C> others, Policy other) {
        if (disjoint(own, others)) {
            findings.add(new Finding(kind, other.name()));
        }
    }

    private static <C> boolean disjoint(List<C> one, List<C> other) {
        return one.stream().noneMatch(other::contains);
    }

    private static List<SignatureScheme> handshakeSchemes(Policy policy) {
        return policy.signatureSchemes().stream()
                .filter(SignatureScheme::maySignHandshake)
                .toList();
    }
}
