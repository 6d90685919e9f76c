package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A name of any kind, RFC 5280 section 4.2.1.6, as name constraints see it.
 *
 * @param tag with class and form, such as {@link #DNS_NAME}
 * @param value the content in DER, not yet known to be well-formed
 */
record GeneralName(int tag, Bytes value) {
    static final int RFC822_NAME = 0x81;
    static final int DNS_NAME = 0x82;
    static final int DIRECTORY_NAME = 0xa4;
    static final int URI = 0x86;
    static final int IP_ADDRESS = 0x87;

    private static final String EMAIL_ADDRESS = "1.2.840.113549.1.9.1";
    private static final int EMPTY_SEQUENCE = 2;

    static GeneralName dns(String name) {
        return new GeneralName(DNS_NAME, Bytes.ofAscii(name));
    }

    /**
     * All names that constraints of an issuer apply to: those in subjectAltName and the subject. The common name is only
     * a part of the subject: it names no host (RFC 9525 section 2).
     */
    static List<GeneralName> of(CertificateReader certificate) throws DerException {
        List<GeneralName> names = new ArrayList<>();
        if (certificate.subject().length() > EMPTY_SEQUENCE) {
            names.add(new GeneralName(DIRECTORY_NAME, certificate.subject()));
        }
        Optional<Bytes> alternatives = certificate.extension(SubjectAltNames.OBJECT_IDENTIFIER);
        if (alternatives.isPresent()) {
            DerReader in = DerReader.of(alternatives.get().toArray()).enter(DerReader.SEQUENCE, "subjectAltName");
            while (in.hasMore()) {
                names.add(next(in));
            }
        } else {
            // RFC 5280 4.2.1.10: without the extension, constraints on mailboxes apply to this attribute.
            names.addAll(emailAddresses(certificate.subject()));
        }
        return names;
    }

    static GeneralName next(DerReader in) throws DerException {
        int tag = in.peekTag("GeneralName");
        return new GeneralName(tag, in.enterNext("GeneralName").rest());
    }

    /** For people, and safe to print. */
    String text() {
        if (tag == DIRECTORY_NAME) {
            return DistinguishedName.text(value);
        }
        boolean isAddress = tag == IP_ADDRESS && (value.length() == 4 || value.length() == 16);
        return isAddress ? IpAddress.text(value) : value.printableAscii();
    }

    /** The content as ASCII. */
    String ascii() throws DerException {
        byte[] octets = value.toArray();
        for (byte octet : octets) {
            if (octet < 0) {
                throw new DerException(0, "a name is not ASCII");
            }
        }
        return new String(octets, StandardCharsets.US_ASCII);
    }

    private static List<GeneralName> emailAddresses(Bytes subject) throws DerException {
        List<GeneralName> addresses = new ArrayList<>();
        DerReader relativeNames = DerReader.of(subject.toArray()).enter(DerReader.SEQUENCE, "subject");
        while (relativeNames.hasMore()) {
            DerReader attributes = relativeNames.enter(DerReader.SET, "relative distinguished name");
            while (attributes.hasMore()) {
                DerReader attribute = attributes.enter(DerReader.SEQUENCE, "attribute");
                if (attribute.objectIdentifier("attribute type").equals(EMAIL_ADDRESS)) {
                    addresses.add(new GeneralName(
                            RFC822_NAME, attribute.enterNext("emailAddress").rest()));
                }
            }
        }
        return addresses;
    }
}
