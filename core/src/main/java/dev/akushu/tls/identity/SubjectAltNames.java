package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names in a certificate that a host can be known by: dNSName and iPAddress of subjectAltName, RFC 5280 section
 * 4.2.1.6. The common name is none (RFC 9525 section 2).
 *
 * @param dnsNames as they stand in the certificate, ASCII, possibly with wildcards, possibly not well-formed
 * @param ipAddresses of 4 or 16 bytes each
 */
public record SubjectAltNames(List<String> dnsNames, List<Bytes> ipAddresses) {
    static final String OBJECT_IDENTIFIER = "2.5.29.17";

    /** Of a certificate without the extension. */
    public static final SubjectAltNames NONE = new SubjectAltNames(List.of(), List.of());

    private static final int DNS_NAME = DerReader.primitive(2);
    private static final int IP_ADDRESS = DerReader.primitive(7);

    /** Copies the lists. */
    public SubjectAltNames {
        dnsNames = List.copyOf(dnsNames);
        ipAddresses = List.copyOf(ipAddresses);
    }

    /** All of them as text that is safe to print. */
    public List<String> printable() {
        return Stream.concat(
                        dnsNames.stream().map(name -> Bytes.ofAscii(name).printableAscii()),
                        ipAddresses.stream().map(IpAddress::text))
                .toList();
    }

    /** Reads the value of the extension; names of other kinds are passed over. */
    static SubjectAltNames read(DerReader in) throws DerException {
        DerReader names = in.enter(DerReader.SEQUENCE, "subjectAltName");
        in.expectEnd("subjectAltName");
        List<String> dnsNames = new ArrayList<>();
        List<Bytes> ipAddresses = new ArrayList<>();
        while (names.hasMore()) {
            int start = names.position();
            int tag = names.peekTag("name");
            Bytes value = names.enterNext("name").rest();
            if (tag == DNS_NAME) {
                dnsNames.add(ia5(value, start));
            } else if (tag == IP_ADDRESS) {
                ipAddresses.add(ipAddress(value, start));
            }
        }
        return new SubjectAltNames(dnsNames, ipAddresses);
    }

    private static String ia5(Bytes value, int offset) throws DerException {
        byte[] octets = value.toArray();
        for (byte octet : octets) {
            if (octet < 0) {
                throw new DerException(offset, "dNSName is not ASCII");
            }
        }
        return new String(octets, StandardCharsets.US_ASCII);
    }

    private static Bytes ipAddress(Bytes value, int offset) throws DerException {
        if (value.length() != 4 && value.length() != 16) {
            throw new DerException(offset, "iPAddress has " + value.length() + " bytes, neither 4 nor 16");
        }
        return value;
    }
}
