package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.RememberedCertificates.Parsed;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.TestKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class RememberedCertificatesTest {
    private final RememberedCertificates memory = new RememberedCertificates();

    private static Bytes certificate() {
        return CertificateRecipe.authority(TestKey.P256, "CN=Some")
                .keys(TestKey.P256.fresh())
                .selfSigned()
                .der();
    }

    @Test
    void whatWasNotProvedIsNotKnown() throws TlsException {
        List<Bytes> chain = List.of(certificate());
        Parsed.of(chain);

        assertThat(memory.find(chain)).isNull();
    }

    @Test
    void whatWasProvedIsParsedAndKeptOnce() throws TlsException {
        List<Bytes> chain = List.of(certificate(), certificate());
        Parsed parsed = Parsed.of(chain);
        memory.keep(parsed);

        Parsed again = memory.find(copyOf(chain));

        assertThat(again).isSameAs(parsed);
        assertThat(again.chain()).isSameAs(chain);
        assertThat(again.key().publicKey())
                .isEqualTo(PeerKey.of(chain.getFirst()).publicKey());
    }

    @Test
    void withOtherCertificatesBehindItItIsAnother() throws TlsException {
        List<Bytes> chain = List.of(certificate(), certificate());
        memory.keep(Parsed.of(chain));

        assertThat(memory.find(List.of(chain.getFirst()))).isNull();
        assertThat(memory.find(List.of(chain.getFirst(), certificate()))).isNull();
    }

    @Test
    void noCertificateIsTakenForAnother() throws TlsException {
        // More than there are places, so that many share one.
        for (int i = 0; i < 3 * KnownCertificates.MOST; i++) {
            List<Bytes> chain = List.of(certificate());
            Parsed parsed = Parsed.of(chain);
            assertThat(memory.find(chain)).isNull();

            memory.keep(parsed);

            assertThat(parsed.certificate().der()).isEqualTo(chain.getFirst());
            assertThat(memory.find(chain)).isSameAs(parsed);
        }
    }

    @Test
    void anUnusuallyLongChainIsNotKept() throws TlsException {
        Bytes der = certificate();
        List<Bytes> longest = List.of(der, Bytes.wrap(new byte[RememberedCertificates.LONGEST_CHAIN - der.length()]));
        List<Bytes> tooLong = List.of(certificate(), Bytes.wrap(new byte[RememberedCertificates.LONGEST_CHAIN]));
        memory.keep(Parsed.of(longest));
        memory.keep(Parsed.of(tooLong));

        assertThat(memory.find(longest)).isNotNull();
        assertThat(memory.find(tooLong)).isNull();
    }

    private static List<Bytes> copyOf(List<Bytes> chain) {
        return chain.stream().map(der -> Bytes.copyOf(der.toArray())).toList();
    }

    @Test
    void whatCannotBeParsedIsToldAsBefore() {
        assertThatThrownBy(() -> Parsed.of(List.of(Bytes.fromHex("3000"))))
                .isInstanceOfSatisfying(
                        TlsException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CERTIFICATE_UNPARSABLE));
    }
}
