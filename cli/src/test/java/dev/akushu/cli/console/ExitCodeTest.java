package dev.akushu.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Problem;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodeTest {
    @Test
    void numbersRunFromZeroToNine() {
        assertThat(Arrays.stream(ExitCode.values()).mapToInt(ExitCode::number))
                .containsExactlyElementsOf(IntStream.range(0, 10).boxed().toList());
    }

    @ParameterizedTest
    @EnumSource
    void eachIsFoundByItsNumber(ExitCode code) {
        assertThat(ExitCode.numbered(code.number())).isEqualTo(code);
    }

    @Test
    void otherNumbersAreNone() {
        assertThatThrownBy(() -> ExitCode.numbered(10)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void noProblemIsASuccessOrAnUnmetCondition(Problem problem) {
        assertThat(ExitCode.of(problem)).isNotIn(ExitCode.DONE, ExitCode.CONDITION);
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_TLS, PROTOCOL",
        "WRONG_SUITE_CHOSEN, PROTOCOL",
        "NO_COMMON_GROUP, PROTOCOL",
        "BAD_RECORD_MAC, PROTOCOL",
        "CERTIFICATE_EXPIRED, CERTIFICATE",
        "UNKNOWN_ISSUER, CERTIFICATE",
        "HOST_NAME_MISMATCH, HOST_NAME",
        "ALERT_RECEIVED, PEER_ALERT",
        "UNKNOWN_HOST, NETWORK",
        "CONNECT_FAILED, NETWORK",
        "TRUNCATED, NETWORK",
        "CLOSED_DURING_HANDSHAKE, NETWORK",
        "TIMED_OUT, TIMEOUT",
        "NAME_LOOKUP_TIMED_OUT, TIMEOUT",
        "NOT_PEM, USAGE",
        "KEY_DOES_NOT_MATCH, USAGE",
        "SESSION_FILE_UNUSABLE, USAGE",
        "INTERNAL, INTERNAL",
    })
    void problemHasTheCodeOfItsKind(Problem problem, ExitCode code) {
        assertThat(ExitCode.of(problem)).isEqualTo(code);
    }
}
