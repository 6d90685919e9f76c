package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
    @ParameterizedTest
    @CsvSource({
        "www.example.com, www.example.com",
        "WWW.Example.COM, www.example.com",
        "www.example.com, WWW.EXAMPLE.com",
        "www.example.com., www.example.com",
        "localhost, localhost",
        "_dmarc.example.com, _dmarc.example.com",
        "xn--bcher-kva.example, XN--BCHER-KVA.example",
        "www.example.com, *.example.com",
        "xn--bcher-kva.example.com, *.example.com",
        "a.b.example.com, *.b.example.com",
    })
    void nameIsMatched(String hostName, String presented) {
        assertThat(match(hostName, presented)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, www.example.com",
        "www.example.com, example.com",
        "www.example.com.evil.org, www.example.com",
        // The wildcard stands for exactly one label.
        "example.com, *.example.com",
        "a.b.example.com, *.example.com",
        ".example.com, *.example.com",
        // It is the complete left-most label.
        "www.example.com, w*.example.com",
        "www.example.com, *w.example.com",
        "www.example.com, www.*.com",
        "xn--bcher-kva.example.com, xn--*.example.com",
        "a.b.example.com, *.*.example.com",
        "www.example.com, **.example.com",
        // It does not stand for what a registry gives away.
        "example.com, *.com",
        "localhost, *",
        // Neither side is well-formed.
        "www.example.com, www.example.com.",
        "www.example.com.., www.example.com",
        "www..example.com, www..example.com",
        "-www.example.com, -www.example.com",
        "*.example.com, *.example.com",
        "'', ''",
        ".,.",
        "'www.example.com ', www.example.com",
    })
    void nameIsNotMatched(String hostName, String presented) {
        assertThat(match(hostName, presented)).isFalse();
    }

    @Test
    void lettersOutsideAsciiAreNotFoldedIntoIt() {
        assertThat(match("\u212aey.example.com", "key.example.com")).isFalse(); // the Kelvin sign
        assertThat(match("b\u00fccher.example", "b\u00fccher.example")).isFalse();
    }

    @Test
    void caseIsFoldedWithoutTheLocaleOfTheMachine() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.of("tr"));
        try {
            assertThat(match("MAIL.example.com", "mail.example.com")).isTrue();
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void labelsAndNamesHaveTheLimitsOfDns() {
        String longest = "a".repeat(63) + ".example.com";
        assertThat(match(longest, longest)).isTrue();
        assertThat(match("a" + longest, "a" + longest)).isFalse();
        assertThat(match("a." + "b.".repeat(125) + "c", "a." + "b.".repeat(125) + "c"))
                .isTrue();
        assertThat(match("a." + "b.".repeat(126) + "c", "a." + "b.".repeat(126) + "c"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, c0000201",
        "2001:db8::1, 20010db8000000000000000000000001",
        "[2001:DB8:0:0::1], 20010db8000000000000000000000001",
        "::ffff:192.0.2.1, 00000000000000000000ffffc0000201",
    })
    void addressIsMatchedByteForByte(String hostName, String presented) {
        SubjectAltNames names = new SubjectAltNames(List.of(), List.of(Bytes.fromHex(presented)));
        assertThat(HostNames.match(hostName, names)).isPresent();
    }

    @Test
    void addressIsNotMatchedByAnotherAddress() {
        SubjectAltNames names = new SubjectAltNames(
                List.of(), List.of(Bytes.fromHex("c0000202"), Bytes.fromHex("00000000000000000000ffffc0000201")));
        assertThat(HostNames.match("192.0.2.1", names)).isEmpty();
    }

    @Test
    void addressIsNotMatchedByItsTextInADnsName() {
        assertThat(match("192.0.2.1", "192.0.2.1")).isFalse();
        assertThat(match("192.0.2.1", "*.0.2.1")).isFalse();
    }

    @Test
    void matchTellsThePresentedName() {
        SubjectAltNames names = new SubjectAltNames(List.of("other.org", "*.Example.com"), List.of());
        assertThat(HostNames.match("www.example.com", names)).contains("*.Example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "0x7f.0.0.1",
                "1.2.3.4 ",
                "1.2.3.",
                "2001:db8",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7",
                "::1::",
                "1::2::3",
                ":::",
                "fe80::1%eth0",
                "12345::",
                "1:2:3:4:5:6:7::8:9",
                "::1.2.3.4.5",
                "1.2.3.4::",
                "[192.0.2.1]",
                "[::1",
                "[]",
                "",
                ":",
                "g::",
                "\u0661.2.3.4",
                "1:2:3:4:5:6:7:8::"
            })
    void textIsNoAddress(String text) {
        assertThat(HostNames.ipAddress(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a.example, a.example:443", "192.0.2.1, 192.0.2.1:443", "::1, [::1]:443", "[::1], [::1]:443"})
    void hostStandsWithItsPort(String host, String text) {
        assertThat(HostNames.withPort(host, 443)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 00000000",
        "255.255.255.255, ffffffff",
        "::, 00000000000000000000000000000000",
        "1::, 00010000000000000000000000000000",
        "1:2:3:4:5:6:7:8, 00010002000300040005000600070008",
        "1:2:3:4:5:6:7::, 00010002000300040005000600070000",
        "::2:3:4:5:6:7:8, 00000002000300040005000600070008",
        "64:ff9b::192.0.2.33, 0064ff9b0000000000000000c0000221",
    })
    void textIsAnAddress(String text, String octets) {
        assertThat(HostNames.ipAddress(text)).contains(Bytes.fromHex(octets));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1",
                "::",
                "::1",
                "1::",
                "2001:db8::1",
                "2001:db8:0:1:1:1:1:1",
                "2001:0:0:1::1",
                "::ffff:c000:201",
                "1:2:3:4:5:6:7:8",
                "0:0:1::"
            })
    void addressIsWrittenAsRfc5952Says(String text) {
        assertThat(IpAddress.text(IpAddress.parse(text).orElseThrow())).isEqualTo(text);
    }

    private static boolean match(String hostName, String presented) {
        return HostNames.match(hostName, new SubjectAltNames(List.of(presented), List.of()))
                .isPresent();
    }
}
