package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import dev.akushu.tls.Policy;
import dev.akushu.tls.SignatureScheme;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code akushu policy}. */
class PolicyCommandTest {
    @Test
    void showsTheDefaultUnlessAnotherIsNamed() {
        assertThat(Cli.plain().run("policy").out()).startsWith("MODERN_2026_11").contains("X25519MLKEM768", "ed25519");
        assertThat(Cli.plain().run("policy", "cnsa2").out())
                .startsWith("CNSA2_2026_11")
                .contains("TLS_AES_256_GCM_SHA384", "MLKEM1024", "mldsa87")
                .doesNotContain("AES_128", "ed25519");
    }

    @Test
    void tellsAScriptAllThatIsAllowed() {
        Map<String, Object> policy =
                Cli.plain().run("policy", "NIST", "--json").events().getFirst();

        assertThat(policy.get("name")).isEqualTo("NIST_2026_11");
        assertThat(policy.get("certificate_schemes"))
                .isEqualTo(Policy.NIST_2026_11.certificateSchemes().stream()
                        .map(SignatureScheme::toString)
                        .toList());
    }

    @Test
    void showsNothingIfOneOfThePoliciesDoesNotExist() {
        Outcome outcome = Cli.plain().run("policy", "--peer", "NOPE");

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"MODERN, NIST", "NIST, MODERN", "CNSA2, CNSA2"})
    void policiesWithSomethingInCommonAgree(String one, String other) {
        Outcome outcome = Cli.plain().run("policy", one, "--peer", other);

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.out()).contains("can shake hands");
    }

    @ParameterizedTest
    @CsvSource({"en, no scheme for signatures", "ja, 共通の署名方式"})
    void whatTwoPoliciesLackInCommonIsTold(String language, String lack) {
        Outcome outcome = Cli.plain().run("policy", "CNSA2", "--peer", "MODERN", "--lang", language);

        assertThat(outcome.exit()).isEqualTo(ExitCode.CONDITION);
        assertThat(outcome.out()).contains(lack, "MODERN_2026_11");
        assertThat(outcome.err()).contains("CNSA2_2026_11", "MODERN_2026_11");
    }

    @Test
    void aScriptIsToldThatTheyLackIt() {
        Outcome outcome = Cli.plain().run("policy", "CNSA2", "--peer", "NIST", "--json");

        assertThat(outcome.events())
                .filteredOn(event -> event.get("event").equals("finding"))
                .extracting(event -> event.get("kind"))
                .isEqualTo(List.of("no_common_scheme", "no_common_certificate_scheme"));
        assertThat(outcome.summary()).containsEntry("failure", "policies_apart");
    }

    @ParameterizedTest
    @CsvSource({"policy POSTMODERN", "policy MODERN --peer POSTMODERN"})
    void whatIsNoneIsAMisuse(String line) {
        Outcome outcome = Cli.plain().run(line.split(" ", -1));

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("POSTMODERN", "CNSA2_2026_11");
    }
}
