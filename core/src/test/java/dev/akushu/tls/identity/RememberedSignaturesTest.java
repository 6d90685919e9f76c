package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import dev.akushu.tls.Trust.PeerChain;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.identity.ReceivedChain.Received;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a trust does once only: to read certificates of authorities, which the chains of many servers share, and to verify the signatures on them. */
class RememberedSignaturesTest {
    private final Issued root = authority("CN=Root").selfSigned();
    private final Issued between = authority("CN=Between").issuedBy(root);
    private final List<SignatureScheme> verified = new ArrayList<>();
    private final PkixTrust trust = trust(Instant.now());

    private static CertificateRecipe authority(String name) {
        return CertificateRecipe.authority(TestKey.P256, name).keys(TestKey.P256.fresh());
    }

    private static CertificateRecipe host() {
        return CertificateRecipe.host(TestKey.P256, "example.org").keys(TestKey.P256.fresh());
    }

    private PkixTrust trust(Instant now) {
        return (PkixTrust) PkixTrust.of(List.of(root.certificate()), "roots")
                .withClock(InstantSource.fixed(now))
                .using(NotedSignatures.in(Crypto.jdk(), verified));
    }

    private static PeerChain chain(Bytes... certificates) {
        return new PeerChain(Role.SERVER, List.of(certificates), "example.org", null);
    }

    private void assertRefused(PeerChain chain, Problem problem) {
        assertThatThrownBy(() -> trust.verify(chain))
                .isInstanceOfSatisfying(
                        TlsException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private static Bytes withLastOctetChanged(Bytes der) {
        byte[] changed = der.toArray();
        changed[changed.length - 1] ^= 1;
        return Bytes.wrap(changed);
    }

    @Test
    void theNextServerBelowTheSameAuthorityCostsItsOwnSignatureAlone() throws TlsException {
        trust.verify(chain(host().issuedBy(between).der(), between.der()));
        assertThat(verified).hasSize(2);

        trust.verify(chain(host().issuedBy(between).der(), between.der()));
        assertThat(verified).hasSize(3);
    }

    /** Or whoever shows much would decide what is remembered. */
    @Test
    void onlyAuthoritiesOfValidPathsAreRemembered() throws TlsException {
        Issued stranger = authority("CN=Stranger").selfSigned();
        Bytes forged = withLastOctetChanged(between.der());
        Bytes leaf = host().issuedBy(between).der();
        assertRefused(chain(leaf, forged), Problem.CERTIFICATE_SIGNATURE_INVALID);
        assertThat(trust.remembers(forged)).isFalse();

        trust.verify(chain(leaf, between.der(), stranger.der()));

        assertThat(trust.remembers(between.der())).isTrue();
        assertThat(trust.remembers(stranger.der())).isFalse();
        assertThat(trust.remembers(leaf)).isFalse();
    }

    @Test
    void anAuthorityIsReadOnceAndThePeersOwnCertificateEachTime() throws TlsException {
        KnownCertificates<Received> known = new KnownCertificates<>();
        List<Bytes> shown = List.of(between.der(), between.der());
        Received authority = read(shown, known).certificates().getLast();
        known.keep(between.der(), authority);

        List<Received> again = read(shown, known).certificates();

        assertThat(again.getLast()).isSameAs(authority);
        assertThat(again.getFirst().x509()).isNotSameAs(authority.x509());
    }

    private static ReceivedChain read(List<Bytes> chain, KnownCertificates<Received> known) throws TlsException {
        return ReceivedChain.read(
                chain, CertificateReader.of(chain.getFirst()), Crypto.jdk(), new RememberedSignatures(), known);
    }

    @Test
    void thePeersOwnSignatureIsVerifiedEachTime() throws TlsException {
        Issued leaf = host().issuedBy(root);
        Issued superfluous = authority("CN=Superfluous").selfSigned();
        trust.verify(chain(leaf.der()));
        // Another chain, so that the verdict as a whole is not remembered.
        trust.verify(chain(leaf.der(), superfluous.der()));
        assertThat(verified).hasSize(2);
    }

    /** All but the signature is that of the genuine one, which is remembered. */
    @Test
    void aForgedOneIsRefusedThoughTheGenuineOneIsKnown() throws TlsException {
        Bytes leaf = host().issuedBy(between).der();
        Bytes forged = withLastOctetChanged(between.der());
        trust.verify(chain(leaf, between.der()));

        assertRefused(chain(leaf, forged), Problem.CERTIFICATE_SIGNATURE_INVALID);
        assertRefused(chain(leaf, forged), Problem.CERTIFICATE_SIGNATURE_INVALID);
        assertThat(verified).as("looked at each time").hasSizeGreaterThanOrEqualTo(4);
        trust.verify(chain(leaf, between.der(), root.der()));
    }

    /** The same certificate, but who is said to have signed it has another key. */
    @Test
    void underAnotherKeyOfTheSameNameItIsNotKnown() {
        Issued otherRoot = authority("CN=Root").selfSigned();
        RememberedSignatures memory = new RememberedSignatures();
        byte[] der = between.der().toArray();
        Bytes genuine = RememberedSignatures.key(der, root.certificate().getPublicKey());
        memory.keep(genuine);

        assertThat(memory.has(genuine)).isTrue();
        assertThat(memory.has(
                        RememberedSignatures.key(der, otherRoot.certificate().getPublicKey())))
                .isFalse();
    }

    /** Of two authorities of one name, one has signed it; the other must not pass for that. */
    @Test
    void anAuthorityIsKnownBelowItsOwnIssuerAlone() throws TlsException {
        Issued issuer = authority("CN=Twin").issuedBy(root);
        Issued twin = authority("CN=Twin").issuedBy(root);
        Issued known = authority("CN=Below").issuedBy(issuer);
        Bytes leaf = host().issuedBy(known).der();
        trust.verify(chain(leaf, known.der(), issuer.der()));

        assertRefused(chain(leaf, known.der(), twin.der()), Problem.CERTIFICATE_SIGNATURE_INVALID);
        trust.verify(chain(host().issuedBy(known).der(), known.der(), issuer.der()));
    }

    /** A signature stays genuine; that the authority may still issue is looked at each time. */
    @Test
    void anAuthorityThatHasEndedIsRefusedThoughItsSignatureIsKnown() throws TlsException {
        Instant now = Instant.now();
        Instant[] clock = {now};
        Issued ends = authority("CN=Ends").notAfter(now.plusSeconds(60)).issuedBy(root);
        Trust watching = PkixTrust.of(List.of(root.certificate()), "roots")
                .withClock(() -> clock[0])
                .using(NotedSignatures.in(Crypto.jdk(), verified));
        watching.verify(chain(host().issuedBy(ends).der(), ends.der()));
        clock[0] = now.plusSeconds(120);

        assertThatThrownBy(() -> watching.verify(chain(host().issuedBy(ends).der(), ends.der())))
                .isInstanceOfSatisfying(
                        TlsException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CERTIFICATE_EXPIRED));
    }

    @Test
    void neverAreThereMoreThanAThousandAndTheLastOneIsThere() {
        RememberedSignatures memory = new RememberedSignatures();
        List<Bytes> keys = IntStream.range(0, 5_000)
                .mapToObj(i -> RememberedSignatures.key(
                        Arrays.copyOf(new byte[] {(byte) i, (byte) (i >> 8)}, 40),
                        root.certificate().getPublicKey()))
                .toList();
        for (Bytes key : keys) {
            assertThat(memory.has(key)).isFalse();
            memory.keep(key);
            assertThat(memory.has(key)).isTrue();
        }
        assertThat(keys.stream().filter(memory::has).count())
                .isBetween(RememberedSignatures.MOST / 2L, (long) RememberedSignatures.MOST);
    }
}
