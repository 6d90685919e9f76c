package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is beneath what, RFC 5280 section 4.2.1.10. */
class NameConstraintsTest {
    private static final int MAILBOX = org.bouncycastle.asn1.x509.GeneralName.rfc822Name;
    private static final int DNS = org.bouncycastle.asn1.x509.GeneralName.dNSName;
    private static final int DIRECTORY = org.bouncycastle.asn1.x509.GeneralName.directoryName;
    private static final int URI = org.bouncycastle.asn1.x509.GeneralName.uniformResourceIdentifier;

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, true",
        "example.com, www.Example.COM, true",
        "Example.com, a.b.example.com, true",
        "example.com, *.example.com, true",
        "example.com, badexample.com, false",
        "example.com, com, false",
        "www.example.com, *.example.com, false",
        ".example.com, www.example.com, true",
        ".example.com, example.com, false",
        "'', example.org, true",
    })
    void dnsNameIsBeneathByWholeLabels(String constraint, String name, boolean beneath) throws DerException {
        assertBeneath(DNS, constraint, name, beneath);
    }

    @ParameterizedTest
    @CsvSource({
        "user@example.com, user@EXAMPLE.com, true",
        "user@example.com, User@example.com, false",
        "example.com, user@example.com, true",
        "example.com, user@mail.example.com, false",
        ".example.com, user@mail.example.com, true",
        ".example.com, user@example.com, false",
        "*@example.com, user@example.com, false",
    })
    void mailboxIsComparedAsOneOrByItsHost(String constraint, String name, boolean beneath) throws DerException {
        assertBeneath(MAILBOX, constraint, name, beneath);
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, https://example.com:8443/path, true",
        "example.com, spiffe://EXAMPLE.com/workload, true",
        "example.com, https://www.example.com/, false",
        ".example.com, https://www.example.com/, true",
    })
    void uriIsComparedByItsHost(String constraint, String name, boolean beneath) throws DerException {
        assertBeneath(URI, constraint, name, beneath);
    }

    @ParameterizedTest
    @CsvSource({
        "'C=JP, O=Akushu', 'C=JP, O=akushu, CN=Somebody', true",
        "'C=JP, O=Akushu', 'C=JP, O=Akushu', true",
        "'C=JP, O=Akushu', 'C=JP', false",
        "'C=JP, O=Akushu', 'O=Akushu, C=JP', false",
        "'C=JP, O=Akushu', 'C=JP, O=Akushu2, CN=Somebody', false",
    })
    void distinguishedNameIsBeneathWhatItBeginsWith(String constraint, String name, boolean beneath)
            throws DerException {
        assertBeneath(DIRECTORY, constraint, name, beneath);
    }

    @ParameterizedTest
    @CsvSource({
        "c0000200ffffff00, c00002ff, true",
        "c0000200ffffff00, c0000300, false",
        "0000000000000000, c0000300, true",
        "20010db8000000000000000000000000ffffffff000000000000000000000000, 20010db8000000000000000000000001, true",
        "20010db8000000000000000000000000ffffffff000000000000000000000000, 20010db9000000000000000000000001, false",
        // A kind of name is constrained as a whole: by networks of version 6 alone, no address of version 4 is
        // permitted.
        "20010db8000000000000000000000000ffffffff000000000000000000000000, c0000201, false",
    })
    void addressIsBeneathItsNetwork(String network, String address, boolean beneath) throws DerException {
        GeneralName name = new GeneralName(GeneralName.IP_ADDRESS, Bytes.fromHex(address));

        assertThat(NameConstraints.read(permitting(network(network))).allow(name))
                .isEqualTo(beneath);
        assertThat(NameConstraints.read(excluding(network(network))).allow(name))
                .isEqualTo(!beneath);
    }

    @Test
    void nameOfAKindThatIsNotListedIsFree() throws DerException {
        NameConstraints constraints = NameConstraints.read(permitting(name(DNS, "example.com")));

        assertThat(constraints.allow(ours(name(MAILBOX, "somebody@example.org"))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {".example.com", "-.example.com", "a..example.com", "www.*.example.com", ""})
    void malformedDnsNameIsNotCompared(String name) throws DerException {
        assertThatThrownBy(() -> NameConstraints.read(permitting(name(DNS, "example.com")))
                        .allow(ours(name(DNS, name))))
                .isInstanceOf(DerException.class);
        assertThat(NameConstraints.read(permitting(name(MAILBOX, "example.com")))
                        .allow(ours(name(DNS, name))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "a@b@example.com", "@example.com", "\"a@b\"@example.com", "user@"})
    void malformedMailboxIsNotCompared(String name) {
        assertThatThrownBy(() -> NameConstraints.read(excluding(name(MAILBOX, "example.com")))
                        .allow(ours(name(MAILBOX, name))))
                .isInstanceOf(DerException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"urn:isbn:1", "https://192.0.2.1/", "https://[2001:db8::1]/", "https:///path", "not a URI"})
    void uriWithoutHostNameIsNotCompared(String name) {
        assertThatThrownBy(() -> NameConstraints.read(excluding(name(URI, "example.com")))
                        .allow(ours(name(URI, name))))
                .isInstanceOf(DerException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0000200", "c0000200ff00ff00", "c00002ff0000ffff", "c0000200ffffff0000"})
    void constraintThatIsNoNetworkIsMalformed(String network) {
        assertThatThrownBy(() -> NameConstraints.read(permitting(network(network))))
                .isInstanceOf(DerException.class);
    }

    @ParameterizedTest
    @CsvSource({"2, a..com", "2, *.example.com", "1, a@b@example.com", "1, a b", "6, https://example.com/", "6, ''"})
    void constraintThatIsNoNameIsMalformed(int kind, String constraint) {
        assertThatThrownBy(() -> NameConstraints.read(excluding(name(kind, constraint))))
                .isInstanceOf(DerException.class);
    }

    @Test
    void subtreeWithDistancesIsRefused() {
        // RFC 5280 4.2.1.10: minimum MUST be zero, and maximum MUST be absent.
        GeneralSubtree subtree = new GeneralSubtree(name(DNS, "example.com"), BigInteger.ONE, BigInteger.TWO);

        assertThatThrownBy(() -> NameConstraints.read(
                        der(new org.bouncycastle.asn1.x509.NameConstraints(new GeneralSubtree[] {subtree}, null))))
                .isInstanceOf(DerException.class);
    }

    private static void assertBeneath(int kind, String constraint, String name, boolean beneath) throws DerException {
        GeneralName ours = ours(name(kind, name));

        assertThat(NameConstraints.read(permitting(name(kind, constraint))).allow(ours))
                .isEqualTo(beneath);
        assertThat(NameConstraints.read(excluding(name(kind, constraint))).allow(ours))
                .isEqualTo(!beneath);
    }

    private static org.bouncycastle.asn1.x509.GeneralName name(int kind, String text) {
        return new org.bouncycastle.asn1.x509.GeneralName(kind, text);
    }

    private static org.bouncycastle.asn1.x509.GeneralName network(String hex) {
        DEROctetString octets = new DEROctetString(Bytes.fromHex(hex).toArray());
        return new org.bouncycastle.asn1.x509.GeneralName(org.bouncycastle.asn1.x509.GeneralName.iPAddress, octets);
    }

    private static GeneralName ours(org.bouncycastle.asn1.x509.GeneralName name) throws DerException {
        return GeneralName.next(DerReader.of(der(name).toArray()));
    }

    private static Bytes permitting(org.bouncycastle.asn1.x509.GeneralName name) {
        GeneralSubtree[] subtrees = {new GeneralSubtree(name)};
        return der(new org.bouncycastle.asn1.x509.NameConstraints(subtrees, null));
    }

    private static Bytes excluding(org.bouncycastle.asn1.x509.GeneralName name) {
        GeneralSubtree[] subtrees = {new GeneralSubtree(name)};
        return der(new org.bouncycastle.asn1.x509.NameConstraints(null, subtrees));
    }

    private static Bytes der(ASN1Encodable value) {
        try {
            return Bytes.wrap(value.toASN1Primitive().getEncoded("DER"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
