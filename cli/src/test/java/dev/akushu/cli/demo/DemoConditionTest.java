package dev.akushu.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.Language;
import dev.akushu.cli.console.Manner;
import dev.akushu.cli.console.Surroundings;
import dev.akushu.cli.console.Terminals;
import dev.akushu.cli.console.Words;
import dev.akushu.lab.throwaway.KeyType;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The demo does not call good what was not good. */
class DemoConditionTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Console console = new Console(
            new Surroundings(
                    new ByteArrayInputStream(new byte[0]),
                    out,
                    out,
                    Terminals.NONE,
                    StandardCharsets.UTF_8,
                    Map.of(),
                    Locale.ENGLISH,
                    stop -> {}),
            Words.in(Language.EN),
            new Manner(false, false, false));

    @Test
    void secondConnectionThatIsNotResumedIsAConditionNotMet() throws Exception {
        Cast cast = Cast.of(KeyType.EC, false, Policies.usual());
        cast.server().ticketsPerHandshake(0);

        assertThatThrownBy(() -> new Demo(cast, false, console).play())
                .isInstanceOfSatisfying(CommandFailure.class, failed -> {
                    assertThat(failed.failure().exit()).isEqualTo(ExitCode.CONDITION);
                    assertThat(failed.failure().cause()).contains("no_ticket");
                });
    }

    @Test
    void failureOfTheServerIsToldRatherThanWhatTheClientHearsOfIt() throws Exception {
        Policies nothingInCommon = new Policies(
                Policies.usual().client().withSuites(List.of(CipherSuite.TLS_AES_128_GCM_SHA256)),
                Policies.usual().server().withSuites(List.of(CipherSuite.TLS_AES_256_GCM_SHA384)));
        Cast cast = Cast.of(KeyType.EC, false, nothingInCommon);

        assertThatThrownBy(() -> new Demo(cast, false, console).play())
                .isInstanceOfSatisfying(CommandFailure.class, failed -> {
                    assertThat(failed.failure().exit()).isEqualTo(ExitCode.PROTOCOL);
                    assertThat(failed.failure().id()).isEqualTo("no_common_suite");
                });
    }

    @Test
    void clientGuessesAnotherGroupThanTheServerInsistsOn() {
        for (NamedGroup group : List.of(NamedGroup.X25519, NamedGroup.SECP256R1, NamedGroup.X25519_MLKEM768)) {
            Policies policies = Policies.usual().withRetry(group);

            assertThat(policies.server().groups()).containsExactly(group);
            assertThat(policies.client().groups()).contains(group);
            assertThat(policies.client().keyShares()).isNotEmpty().doesNotContain(group);
        }
    }
}
