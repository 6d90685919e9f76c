package dev.akushu.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of the runner's tests are of TLS 1.3 over TCP. */
class ListedTestTest {
    private static final int TLS_1_2 = 0x0303;
    private static final int TLS_1_3 = 0x0304;

    @Test
    void aTestNamesTls13OrLeavesNoOlderVersionOrDemandsIt() {
        assertThat(test("ALPNClient-TLS-TLS13", 0, List.of(0), 0).isOfTls13OverTcp())
                .isTrue();
        assertThat(test("PAKE-Client", TLS_1_3, List.of(0), 0).isOfTls13OverTcp())
                .isTrue();
        assertThat(test("FragmentedClientVersion", 0, List.of(0), TLS_1_3).isOfTls13OverTcp())
                .isTrue();
        assertThat(test("Basic", 0, List.of(TLS_1_3), 0).isOfTls13OverTcp()).isFalse();
    }

    @Test
    void theRunnerCanSpeakTls13OnOneOfTheConnections() {
        assertThat(test("Resume-Server-TLS12-TLS13", 0, List.of(TLS_1_2, TLS_1_3), 0)
                        .isOfTls13OverTcp())
                .isTrue();
        assertThat(test("MinimumVersion-Client-TLS13-TLS12", 0, List.of(TLS_1_2), 0)
                        .isOfTls13OverTcp())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-no-tls13", "-max-version 771", "-on-resume-max-version 771"})
    void theShimCanSpeakTls13(String flags) {
        assertThat(test(List.of(flags.split(" ", -1))).isOfTls13OverTcp()).isFalse();
    }

    @Test
    void whatIsForASecondProcessSaysNothingAboutTheShim() {
        assertThat(test(List.of("-on-shim-max-version", "772", "-on-handshaker-max-version", "771"))
                        .isOfTls13OverTcp())
                .isTrue();
    }

    @Test
    void otherTransportsDoNotCount() {
        assertThat(new ListedTest("Basic-TLS13", "QUIC", 0, List.of(0), 0, List.of(), false).isOfTls13OverTcp())
                .isFalse();
    }

    @Test
    void aListIsReadAsItWasWritten() throws IOException {
        List<ListedTest> tests = ListedTest.all("""
                {"tests": [{"name": "Resume-TLS13", "protocol": "TLS", "minVersion": 0, "maxVersions": [771, 772],
                            "expectedVersion": 772, "flags": ["-async"], "disabled": true}]}
                """);

        assertThat(tests)
                .containsExactly(new ListedTest(
                        "Resume-TLS13", "TLS", 0, List.of(TLS_1_2, TLS_1_3), TLS_1_3, List.of("-async"), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"tests\": [{\"name\": \"Basic\"}]}"})
    void whatIsNoListIsRefused(String json) {
        assertThatThrownBy(() -> ListedTest.all(json)).isInstanceOf(IOException.class);
    }

    private static ListedTest test(String name, int minVersion, List<Integer> maxVersions, int expectedVersion) {
        return new ListedTest(name, "TLS", minVersion, maxVersions, expectedVersion, List.of(), false);
    }

    private static ListedTest test(List<String> flags) {
        return new ListedTest("Basic-TLS13", "TLS", 0, List.of(0), 0, flags, false);
    }
}
