package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.identity.OcspResponse.Answer;
import dev.akushu.tls.identity.OcspResponse.Status;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.RevocationRecipe;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

        assertThat(response.statusOf(CertificateReader.of(LEAF.der()))).contains(Status.GOOD);
        assertThat(response.statusOf(CertificateReader.of(leaf(72).der()))).isEmpty();
    }

    @Test
    void saysWhetherTheCertificateIsRevokedOrUnknown() throws Exception {
        CertificateReader leaf = CertificateReader.of(LEAF.der());

        assertThat(OcspResponse.read(response().revoked(LEAF.certificate())).statusOf(leaf))
                .contains(Status.REVOKED);
        assertThat(OcspResponse.read(response().unknown(LEAF.certificate())).statusOf(leaf))
                .contains(Status.UNKNOWN);
    }

    @Test
    void theWorstHoldsOfWhatIsSaidOfOneCertificate() throws Exception {
        CertificateReader leaf = CertificateReader.of(LEAF.der());
        Answer good = new Answer(leaf.serialNumber(), Status.GOOD, Optional.empty());
        Answer revoked = new Answer(leaf.serialNumber(), Status.REVOKED, Optional.empty());
        Answer ofAnother = new Answer(Bytes.fromHex("00"), Status.UNKNOWN, Optional.empty());

        assertThat(new OcspResponse(List.of(good, revoked, ofAnother), List.of()).statusOf(leaf))
                .contains(Status.REVOKED);
        assertThat(new OcspResponse(List.of(good, ofAnother), List.of()).statusOf(leaf))
                .contains(Status.GOOD);
    }

    @Test
    void endsByItsNextUpdate() throws Exception {
        for (Bytes der : List.of(GOOD, response().revoked(LEAF.certificate()))) {
            OcspResponse response = OcspResponse.read(der);
            assertThat(response.knownEnd()).contains(END);
            assertThat(response.certainEnd()).isEqualTo(END);
        }
    }

    @Test
    void namesNoEndWithoutNextUpdate() throws Exception {
        OcspResponse response = OcspResponse.read(response().withoutNextUpdate().good(LEAF.certificate()));

        assertThat(response.knownEnd()).isEmpty();
        assertThat(response.certainEnd()).isEqualTo(Instant.MIN);
    }

    @Test
    void endsWithTheCertificateOfWhoSignedIt() throws Exception {
        Instant sooner = END.minus(Duration.ofDays(1));
        Issued responder = PKI.issue(CertificateRecipe.host(TestKey.P256, "responder")
                .purposes(KeyPurposeId.id_kp_OCSPSigning)
                .notAfter(sooner));

        OcspResponse response = OcspResponse.read(response().signedBy(responder).good(LEAF.certificate()));
        assertThat(response.knownEnd()).contains(sooner);
        assertThat(response.certainEnd()).isEqualTo(sooner);
    }

    /** It ends by what it says itself, but perhaps sooner. */
    @Test
    void endsByItsNextUpdateAtTheLatestIfACertificateInItCannotBeRead() throws Exception {
        Issued responder = PKI.issue(CertificateRecipe.host(TestKey.P256, "responder"));
        byte[] der = response().signedBy(responder).good(LEAF.certificate()).toArray();
        // The version in its TBSCertificate, [0] { INTEGER 2 }, becomes one that does not exist.
        int version = indexOf(der, Bytes.fromHex("a003020102").toArray());
        der[version + 4] = 9;

        OcspResponse response = OcspResponse.read(Bytes.wrap(der));
        assertThat(response.knownEnd()).contains(END);
        assertThat(response.certainEnd()).isEqualTo(Instant.MIN);
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

    private static int indexOf(byte[] whole, byte[] part) {
        for (int at = 0; at + part.length <= whole.length; at++) {
            if (Arrays.equals(whole, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("not in it");
    }

    private static RevocationRecipe response() {
        return RevocationRecipe.by(PKI.intermediate()).nextUpdate(END);
    }

    private static Issued leaf(int serialNumber) {
        return PKI.issue(
                CertificateRecipe.host(TestKey.P256, "example.org").serialNumber(BigInteger.valueOf(serialNumber)));
    }
}
