package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import dev.akushu.tls.Trust.PeerChain;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever bytes a peer sends as a certificate: they are accepted, or refused as a certificate, and nothing else happens. */
class HostileBytesTest {
    private static final TestPki PKI = TestPki.create();
    private static final Trust TRUST = PKI.trust();
    private static final List<Issued> LEAVES = List.of(
            PKI.leaf(TestKey.P256, "example.org", "192.0.2.1"),
            PKI.leaf(TestKey.RSA_PSS_SHA256_ONLY, "example.org"),
            PKI.leaf(TestKey.ED25519, "example.org"));

    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void randomBytesAreNoCertificate(@ForAll @Size(max = 300) byte[] bytes) {
        expectOnlyTlsException(List.of(Bytes.copyOf(bytes)));
    }

    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void randomBytesInASequenceAreNoCertificate(@ForAll @Size(max = 120) byte[] bytes) {
        byte[] der = DerWriter.value(DerReader.SEQUENCE, DerWriter.value(DerReader.SEQUENCE, bytes));
        expectOnlyTlsException(List.of(Bytes.wrap(der)));
    }

    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void certificateWithAChangedByteIsNeverAcceptedAndNeverBreaksTheReader(
            @ForAll @IntRange(max = 2) int leaf, @ForAll int position, @ForAll @IntRange(min = 1, max = 255) int change)
            throws TlsException {
        byte[] der = LEAVES.get(leaf).der().toArray();
        der[Math.floorMod(position, der.length)] ^= (byte) change;
        List<Bytes> chain = List.of(Bytes.wrap(der), PKI.intermediate().der());

        assertThat(expectOnlyTlsException(chain)).isFalse();
    }

    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void cutCertificateIsRefused(@ForAll @IntRange(max = 2) int leaf, @ForAll int length) {
        Bytes der = LEAVES.get(leaf).der();
        List<Bytes> chain = List.of(
                der.slice(0, Math.floorMod(length, der.length())),
                PKI.intermediate().der());

        assertThat(expectOnlyTlsException(chain)).isFalse();
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void intermediateWithAChangedByteIsNeverAccepted(
            @ForAll int position, @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] der = PKI.intermediate().der().toArray();
        der[Math.floorMod(position, der.length)] ^= (byte) change;

        assertThat(expectOnlyTlsException(List.of(LEAVES.getFirst().der(), Bytes.wrap(der))))
                .isFalse();
    }

    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void publicKeyWithAChangedByteNeverBreaksTheReader(
            @ForAll TestKey kind, @ForAll int position, @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] der = kind.shared().getPublic().getEncoded();
        der[Math.floorMod(position, der.length)] ^= (byte) change;

        assertThatCode(() -> readKey(Bytes.wrap(der))).doesNotThrowAnyException();
    }

    /** Whether the chain was accepted. */
    private static boolean expectOnlyTlsException(List<Bytes> chain) {
        readEverything(chain.getFirst());
        try {
            TRUST.verify(new PeerChain(Role.SERVER, chain, "example.org", null));
            return true;
        } catch (TlsException e) {
            assertThat(e.problem().category()).isEqualTo(Problem.Category.CERTIFICATE);
            return false;
        }
    }

    private static void readEverything(Bytes der) {
        try {
            CertificateReader reader = CertificateReader.of(der);
            assertThat(reader.subjectText() + reader.issuerText() + CertificateSignatures.name(reader))
                    .as("neither control characters nor such as turn the direction")
                    .doesNotContainPattern("\\p{C}");
            readKey(reader.subjectPublicKeyInfo());
            reader.subjectAltNames();
            reader.keyUsageNames();
            reader.extendedKeyUsage();
            reader.isCertificateAuthority();
        } catch (TlsException e) {
            assertThat(e.problem()).isEqualTo(Problem.CERTIFICATE_UNPARSABLE);
        }
    }

    private static void readKey(Bytes subjectPublicKeyInfo) {
        try {
            assertThat(PeerKey.ofSubjectPublicKeyInfo(subjectPublicKeyInfo).description())
                    .isNotEmpty();
        } catch (TlsException e) {
            assertThat(e.problem()).isIn(Problem.CERTIFICATE_UNPARSABLE, Problem.CERTIFICATE_KEY_UNSUPPORTED);
        }
    }
}
