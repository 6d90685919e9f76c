package dev.akushu.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Language;
import dev.akushu.cli.console.Words;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    private static final Words WORDS = Words.in(Language.EN);

    @ParameterizedTest
    @CsvSource({
        "example.org, example.org, 443, example.org:443",
        "example.org:8443, example.org, 8443, example.org:8443",
        "localhost:1, localhost, 1, localhost:1",
        "Host-1.EXAMPLE, Host-1.EXAMPLE, 443, Host-1.EXAMPLE:443",
        "a_b.example, a_b.example, 443, a_b.example:443",
        "192.0.2.1:65535, 192.0.2.1, 65535, 192.0.2.1:65535",
        "[2001:db8::1], 2001:db8::1, 443, [2001:db8::1]:443",
        "[2001:db8::1]:4433, 2001:db8::1, 4433, [2001:db8::1]:4433",
        "::1, ::1, 443, [::1]:443",
        "::ffff:192.0.2.1, ::ffff:192.0.2.1, 443, [::ffff:192.0.2.1]:443",
        "münchen.example, xn--mnchen-3ya.example, 443, xn--mnchen-3ya.example:443",
        "日本語.jp:8443, xn--wgv71a119e.jp, 8443, xn--wgv71a119e.jp:8443",
    })
    void hostAndPortAreFound(String text, String host, int port, String printed) throws CommandFailure {
        Target target = Target.of(text, WORDS);

        assertThat(target).isEqualTo(new Target(host, port));
        assertThat(target).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":443",
                "host:",
                "host:+1",
                "host:-1",
                "host:99999",
                "host:123456",
                "[::1]:",
                "[::1]x",
                "[::1",
                "::1]",
                "a b",
                "host/path",
                "https://host",
                "user@host",
                "[host]:1",
                "a..b",
                ".a",
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Target.of(text, WORDS)).isInstanceOf(CommandFailure.class);
    }
}
