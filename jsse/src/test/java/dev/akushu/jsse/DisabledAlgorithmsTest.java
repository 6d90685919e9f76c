package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.SignatureScheme;
import java.nio.file.Path;
import java.security.KeyManagementException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who runs a JVM may disable algorithms for all of it. */
class DisabledAlgorithmsTest {
    /** What a JVM has disabled is read once, so this is another one. */
    static final class WhatIsLeft {
        private WhatIsLeft() {}

        public static void main(String[] arguments) throws Exception {
            try {
                Context context = Context.of(Managers.of(null, null), null, null);
                for (Policy policy :
                        List.of(context.client().policy(), context.server().policy())) {
                    System.out.println(policy.suites() + " " + policy.groups() + " " + policy.signatureSchemes());
                }
            } catch (KeyManagementException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }

    @TempDir
    private Path folder;

    @Test
    void whatTheJdkDisablesAtFirstIsNothingOfOurs() throws Exception {
        Policy all = Policy.MODERN_2026_11;

        Policy left = DisabledAlgorithms.taken(all);

        assertThat(left.suites()).isEqualTo(all.suites());
        assertThat(left.groups()).isEqualTo(all.groups());
        assertThat(left.signatureSchemes()).isEqualTo(all.signatureSchemes());
    }

    @Test
    void disabledSuitesGroupsAndSchemesAreNotUsed() throws Exception {
        String left = AnotherJvmWith.disabled(
                "TLS_CHACHA20_POLY1305_SHA256, secp256r1, ecdsa_secp384r1_sha384", folder, WhatIsLeft.class);

        assertThat(left.lines())
                .hasSize(2)
                .allSatisfy(policy -> assertThat(policy)
                        .doesNotContain(
                                CipherSuite.TLS_CHACHA20_POLY1305_SHA256.toString(),
                                " secp256r1",
                                SignatureScheme.ECDSA_SECP384R1_SHA384.toString())
                        .contains(
                                CipherSuite.TLS_AES_128_GCM_SHA256.toString(),
                                NamedGroup.X25519.toString(),
                                SignatureScheme.ECDSA_SECP256R1_SHA256.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLS_AES_256_GCM_SHA384, TLS_AES_128_GCM_SHA256, TLS_CHACHA20_POLY1305_SHA256"})
    void contextThatCouldDoNothingIsNotMadeAndSaysWhy(String algorithms) throws Exception {
        assertThat(AnotherJvmWith.disabled(algorithms, folder, WhatIsLeft.class))
                .contains("disabled", "jdk.tls.disabledAlgorithms", "SunJSSE");
    }

    @Test
    void everyGroupCanBeDisabledByItsName() throws Exception {
        String groups = Policy.MODERN_2026_11.groups().stream()
                .map(NamedGroup::toString)
                .collect(Collectors.joining(", "));

        assertThat(AnotherJvmWith.disabled(groups, folder, WhatIsLeft.class)).contains("named groups");
    }
}
