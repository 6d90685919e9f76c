package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.RevocationRecipe;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

/** What an OCSP response speaks of, and until when. RFC 6960 section 4.2.1. */
class OcspResponseTest {
    private static final TestPki PKI = TestPki.create();
    private static final Issued LEAF = leaf(71);
    private static final Instant END =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(3));
    private static final Bytes GOOD = response().good(LEAF.certificate());

    @Test
    void speaksOfTheCertificateWithItsSerialNumber() throws Exception {
        OcspResponse response = OcspResponse.read(GOOD);

        assertThat(response.speaksOf(CertificateReader.of(LEAF.der()))).isTrue();
        assertThat(response.speaksOf(CertificateReader.of(leaf(72).der()))).isFalse();
    }

    @Test
    void endsByItsNextUpdate() throws Exception {
        assertThat(OcspResponse.read(GOOD).end()).contains(END);
        assertThat(OcspResponse.read(response().revoked(LEAF.certificate())).end())
                .contains(END);
    }

    @Test
    void namesNoEndWithoutNextUpdate() throws Exception {
        assertThat(OcspResponse.read(response().withoutNextUpdate().good(LEAF.certificate()))
                        .end())
                .isEmpty();
    }

    @Test
    void endsWithTheCertificateOfWhoSignedIt() throws Exception {
        Instant sooner = END.minus(Duration.ofDays(1));
        Issued responder = PKI.issue(CertificateRecipe.host(TestKey.P256, "responder")
                .purposes(KeyPurposeId.id_kp_OCSPSigning)
                .notAfter(sooner));

        assertThat(OcspResponse.read(response().signedBy(responder).good(LEAF.certificate()))
                        .end())
                .contains(sooner);
    }

    @Test
    void aRefusalOfTheResponderIsNoResponse() {
        assertThatThrownBy(() -> OcspResponse.read(Bytes.fromHex("30030a0103")))
                .isInstanceOfSatisfying(
                        DerException.class, e -> assertThat(e.reason()).isEqualTo("responseStatus 03"));
    }

    @Test
    void aResponseOfAnotherTypeIsNotRead() {
        // OCTET STRING behind the object identifier 1.2.3.
        Bytes other = Bytes.fromHex("300e0a0100a00930070602" + "2a03" + "040100");

        assertThatThrownBy(() -> OcspResponse.read(other))
                .isInstanceOfSatisfying(
                        DerException.class, e -> assertThat(e.reason()).isEqualTo("responseType 1.2.3"));
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void randomBytesAreRefused(@ForAll @Size(max = 200) byte[] bytes) {
        assertThatThrownBy(() -> OcspResponse.read(Bytes.copyOf(bytes))).isInstanceOf(DerException.class);
    }

    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void aChangedByteNeverBreaksTheReader(@ForAll int position, @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] der = GOOD.toArray();
        der[Math.floorMod(position, der.length)] ^= (byte) change;

        assertThat(isReadOrRefused(Bytes.wrap(der))).isTrue();
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void aCutResponseIsRefused(@ForAll int length) {
        Bytes cut = GOOD.slice(0, Math.floorMod(length, GOOD.length()));

        assertThatThrownBy(() -> OcspResponse.read(cut)).isInstanceOf(DerException.class);
    }

    private static boolean isReadOrRefused(Bytes der) {
        try {
            return !OcspResponse.read(der).answers().isEmpty();
        } catch (DerException refused) {
            return !refused.reason().isEmpty();
        }
    }

    private static RevocationRecipe response() {
        return RevocationRecipe.by(PKI.intermediate()).nextUpdate(END);
    }

    private static Issued leaf(int serialNumber) {
        return PKI.issue(
                CertificateRecipe.host(TestKey.P256, "example.org").serialNumber(BigInteger.valueOf(serialNumber)));
    }
}
