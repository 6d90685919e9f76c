package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.RememberedCertificates.Parsed;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.TestKey;
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
    void whatWasNotProvedIsParsedEachTime() throws TlsException {
        Bytes der = certificate();

        assertThat(memory.read(der)).isNotSameAs(memory.read(der));
    }

    @Test
    void whatWasProvedIsParsedOnce() throws TlsException {
        Bytes der = certificate();
        Parsed parsed = memory.read(der);
        memory.keep(parsed);

        assertThat(memory.read(Bytes.copyOf(der.toArray()))).isSameAs(parsed);
        assertThat(parsed.key().publicKey()).isEqualTo(PeerKey.of(der).publicKey());
    }

    @Test
    void noCertificateIsTakenForAnother() throws TlsException {
        // More than there are places, so that many share one.
        for (int i = 0; i < 3 * KnownCertificates.MOST; i++) {
            Bytes der = certificate();
            Parsed parsed = memory.read(der);

            assertThat(parsed.certificate().der()).isEqualTo(der);
            memory.keep(parsed);
            assertThat(memory.read(der)).isSameAs(parsed);
        }
    }

    @Test
    void whatCannotBeParsedIsToldAsBefore() {
        assertThatThrownBy(() -> memory.read(Bytes.fromHex("3000")))
                .isInstanceOfSatisfying(
                        TlsException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CERTIFICATE_UNPARSABLE));
    }
}
