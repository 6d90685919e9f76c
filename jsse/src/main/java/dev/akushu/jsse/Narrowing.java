package dev.akushu.jsse;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.SignatureScheme;
import java.security.AlgorithmConstraints;
import java.security.CryptoPrimitive;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Narrows a policy to what a program has set, by the names of JSSE. */
final class Narrowing {
    private final Policy policy;
    private final Settings settings;

    Narrowing(Policy policy, Settings settings) {
        this.policy = policy;
        this.settings = settings;
    }

    /**
     * The policy that is left.
     *
     * @throws IllegalArgumentException if of suites, groups or signature schemes nothing is left
     */
    Policy narrowed() {
        Policy narrowed = policy;
        List<CipherSuite> suites = ordered(policy.suites(), settings.suites(), CryptoPrimitive.KEY_AGREEMENT);
        if (!suites.equals(policy.suites())) {
            narrowed = narrowed.withSuites(suites);
        }
        List<NamedGroup> groups = ordered(policy.groups(), settings.namedGroups(), CryptoPrimitive.KEY_AGREEMENT);
        if (!groups.equals(policy.groups())) {
            narrowed = narrowed.withGroups(groups);
        }
        List<SignatureScheme> schemes =
                ordered(policy.signatureSchemes(), settings.signatureSchemes(), CryptoPrimitive.SIGNATURE);
        if (!schemes.equals(policy.signatureSchemes())) {
            narrowed = narrowed.withSignatureSchemes(schemes);
        }
        return narrowed;
    }

    /**
     * Those of {@code all} that are named, in the order of the names, and permitted. Names that nobody knows are left
     * out; no names at all, or an empty list of them, stands for all: without a group TLS 1.3 cannot shake hands.
     */
    private <T> List<T> ordered(List<T> all, String @Nullable [] names, CryptoPrimitive primitive) {
        List<T> named = names == null || names.length == 0
                ? all
                : Arrays.stream(names)
                        .map(name -> find(all, name))
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
        List<T> permitted = named.stream().filter(permits(primitive)).toList();
        if (permitted.isEmpty()) {
            throw new IllegalArgumentException("nothing is left of " + all + " by the names " + Arrays.toString(names)
                    + " and the algorithm constraints " + settings.constraints());
        }
        return permitted;
    }

    private static <T> @Nullable T find(List<T> all, String name) {
        return all.stream()
                .filter(one -> one.toString().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    private Predicate<Object> permits(CryptoPrimitive primitive) {
        AlgorithmConstraints constraints = settings.constraints();
        return constraints == null
                ? anything -> true
                : one -> constraints.permits(Set.of(primitive), one.toString(), null);
    }
}
