package dev.akushu.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.SignatureScheme;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runner's command line. */
class FlagsTest {
    @Test
    void aFlagHoldsForAllConnectionsUnlessItsPrefixSaysWhich() throws OutOfScope {
        Flags flags = parse("-server", "-on-initial-expect-hrr", "-on-resume-expect-no-hrr", "-on-shim-verify-peer");

        assertThat(flags.initial().isServer()).isTrue();
        assertThat(flags.resumed().isServer()).isTrue();
        assertThat(flags.initial().has(Flag.EXPECT_HRR)).isTrue();
        assertThat(flags.resumed().has(Flag.EXPECT_HRR)).isFalse();
        assertThat(flags.initial().has(Flag.EXPECT_NO_HRR)).isFalse();
        assertThat(flags.resumed().has(Flag.EXPECT_NO_HRR)).isTrue();
        assertThat(flags.initial().has(Flag.VERIFY_PEER)).isTrue();
    }

    @Test
    void prefixesCanBeCombined() throws OutOfScope {
        Flags flags = parse("-on-shim-on-resume-no-ticket");

        assertThat(flags.initial().has(Flag.NO_TICKET)).isFalse();
        assertThat(flags.resumed().has(Flag.NO_TICKET)).isTrue();
    }

    @Test
    void whatIsForASecondProcessHoldsForNoConnection() throws OutOfScope {
        Flags flags = parse("-on-handshaker-max-version", "771", "-on-handshaker-on-resume-no-ticket", "-server");

        assertThat(flags.initial().has(Flag.MAX_VERSION)).isFalse();
        assertThat(flags.resumed().has(Flag.NO_TICKET)).isFalse();
        assertThat(flags.initial().isServer()).isTrue();
    }

    @Test
    void aFlagForTheRetryOfEarlyDataHoldsForNoConnectionThatThereIs() throws OutOfScope {
        Flags flags = parse("-on-retry-expect-no-session");

        assertThat(flags.initial().has(Flag.EXPECT_NO_SESSION)).isFalse();
        assertThat(flags.resumed().has(Flag.EXPECT_NO_SESSION)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-no-such-flag", "-on-resume-no-such-flag", "server", "-on-handshaker-no-such-flag", "-dtls"})
    void aFlagThatIsNotKnownIsOutOfScope(String flag) {
        assertThatThrownBy(() -> parse(flag)).isInstanceOf(OutOfScope.class);
    }

    @Test
    void theValuesOfARepeatedFlagAreAList() throws OutOfScope {
        Options options =
                parse("-verify-prefs", "1027", "-verify-prefs", "2052").initial();

        assertThat(options.codes(Flag.VERIFY_PREFS, SignatureScheme::of))
                .containsExactly(SignatureScheme.ECDSA_SECP256R1_SHA256, SignatureScheme.RSA_PSS_RSAE_SHA256);
    }

    @Test
    void aValueMayLookLikeAFlag() throws OutOfScope {
        assertThat(parse("-expect-selected-credential", "-1").initial().text(Flag.EXPECT_SELECTED_CREDENTIAL))
                .contains("-1");
    }

    @Test
    void flagsOfACredentialAreAboutTheOneBegunLastAndThePlainOneComesAtTheEnd() throws OutOfScope {
        Options options = parse(
                        "-cert-file",
                        "plain.pem",
                        "-key-file",
                        "plain.key",
                        "-new-x509-credential",
                        "-cert-file",
                        "first.pem",
                        "-key-file",
                        "first.key",
                        "-signing-prefs",
                        "2055",
                        "-new-x509-credential",
                        "-cert-file",
                        "second.pem",
                        "-key-file",
                        "second.key",
                        "-must-match-issuer")
                .initial();

        List<CredentialFiles> credentials = options.credentials();
        assertThat(credentials)
                .extracting(files -> files.certificates().toString())
                .containsExactly("first.pem", "second.pem", "plain.pem");
        assertThat(credentials)
                .extracting(CredentialFiles::schemes)
                .containsExactly(List.of(SignatureScheme.ED25519), List.of(), List.of());
        assertThat(credentials).extracting(CredentialFiles::mustMatchIssuer).containsExactly(false, true, false);
        assertThat(List.of(options.credentialNumber(1), options.credentialNumber(2), options.credentialNumber(-1)))
                .containsExactly(1, -1, -1);
    }

    @Test
    void whatComesAfterARefusalOfEarlyDataHasFlagsOfItsOwn() throws OutOfScope {
        Flags flags = parse("-server", "-on-resume-expect-alpn", "foo", "-on-retry-expect-alpn", "bar");
        assertThat(flags.resumed().text(Flag.EXPECT_ALPN)).contains("foo");
        assertThat(flags.retried().text(Flag.EXPECT_ALPN)).contains("bar");
        assertThat(flags.retried().isServer()).isTrue();
        assertThat(flags.initial().has(Flag.EXPECT_ALPN)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-max-version 771", "-expect-version 771"})
    void aTestOfAnOlderVersionIsOutOfScope(String flags) throws OutOfScope {
        Options options = parse(flags.split(" ", -1)).initial();

        assertThatThrownBy(options::requireTls13).isInstanceOf(OutOfScope.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-min-version 772", "-no-tls1 -no-tls11 -no-tls12"})
    void someFlagsLeaveNoOtherVersion(String flags) throws OutOfScope {
        Options options = parse(flags.split(" ", -1)).initial();

        options.requireTls13();
        assertThat(options.permitsOnlyTls13()).isTrue();
    }

    @Test
    void withoutSuchFlagsThePeerMayBeOlder() throws OutOfScope {
        assertThat(parse("-min-version", "771", "-no-tls1").initial().permitsOnlyTls13())
                .isFalse();
    }

    private static Flags parse(String... arguments) throws OutOfScope {
        return Flags.parse(List.of(arguments));
    }
}
