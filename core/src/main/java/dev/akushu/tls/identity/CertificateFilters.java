package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.OidFilter;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a server's oid_filters ask of a client's certificate, as far as there are rules for it. RFC 9846 section 4.3.5. */
public final class CertificateFilters {
    private static final Bytes KEY_USAGE = Bytes.fromHex("0603551d0f");
    private static final Bytes EXTENDED_KEY_USAGE = Bytes.fromHex("0603551d25");
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    private final @Nullable Integer usages;
    private final @Nullable List<String> purposes;

    private CertificateFilters(@Nullable Integer usages, @Nullable List<String> purposes) {
        this.usages = usages;
        this.purposes = purposes;
    }

    /**
     * Reads {@code filters}, and passes over those without a rule.
     *
     * @throws TlsException {@link Problem#ILLEGAL_VALUE} if one with a rule cannot be read, or asks for any purpose
     */
    public static CertificateFilters of(List<OidFilter> filters) throws TlsException {
        Integer usages = null;
        List<String> purposes = null;
        for (OidFilter filter : filters) {
            Bytes value = filter.certificateExtensionValues();
            try {
                if (filter.certificateExtensionOid().equals(KEY_USAGE)) {
                    usages = value.isEmpty() ? 0 : usages(value);
                } else if (filter.certificateExtensionOid().equals(EXTENDED_KEY_USAGE)) {
                    purposes = value.isEmpty() ? List.of() : purposes(value);
                }
            } catch (DerException malformed) {
                throw illegal(filter, malformed.reason());
            }
            // RFC 9846 4.3.5: anyExtendedKeyUsage MUST NOT be used in the request.
            if (purposes != null && purposes.contains(ANY_PURPOSE)) {
                throw illegal(filter, "must not ask for anyExtendedKeyUsage");
            }
        }
        return new CertificateFilters(usages, purposes);
    }

    /** Whether {@code certificate} has all that is asked for; it may have more. An extension of it that cannot be read has nothing. */
    public boolean match(CertificateReader certificate) {
        try {
            return matchUsages(certificate.keyUsage()) && matchPurposes(certificate.extendedKeyUsage());
        } catch (TlsException unreadable) {
            return false;
        }
    }

    /** What is asked for, for people. */
    public String text() {
        List<String> all = new ArrayList<>();
        if (usages != null) {
            all.add("keyUsage " + CertificateReader.usageNames(usages));
        }
        if (purposes != null) {
            all.add("extKeyUsage " + purposes);
        }
        return String.join(", ", all);
    }

    /** What {@code certificate} has of the same kinds, for people. */
    public static String found(CertificateReader certificate) {
        try {
            return "keyUsage " + certificate.keyUsageNames() + ", extKeyUsage "
                    + certificate.extendedKeyUsage().orElse(List.of());
        } catch (TlsException unreadable) {
            return String.valueOf(unreadable.getMessage());
        }
    }

    /** See {@link OidFilter#hasRule}. */
    public static boolean hasRule(OidFilter filter) {
        return filter.certificateExtensionOid().equals(KEY_USAGE)
                || filter.certificateExtensionOid().equals(EXTENDED_KEY_USAGE);
    }

    /** See {@link OidFilter#keyUsage}. */
    public static OidFilter keyUsage(String... names) {
        int bits = 0;
        for (String name : names) {
            bits |= 1 << CertificateReader.usageBit(name);
        }
        int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(bits) + 7) / 8;
        byte[] content = new byte[1 + octets];
        content[0] = (byte) (bits == 0 ? 0 : (octets * 8) - (Integer.SIZE - Integer.numberOfLeadingZeros(bits)));
        for (int bit = 0; bit < octets * 8; bit++) {
            content[1 + bit / 8] |= (byte) ((bits >> bit & 1) << (7 - bit % 8));
        }
        return new OidFilter(KEY_USAGE, Bytes.wrap(DerWriter.value(DerReader.BIT_STRING, content)));
    }

    /** See {@link OidFilter#extendedKeyUsage}. */
    public static OidFilter extendedKeyUsage(String... purposes) {
        if (purposes.length == 0 || List.of(purposes).contains(ANY_PURPOSE)) {
            throw new IllegalArgumentException(
                    "extKeyUsage can be asked for with one purpose at least, and none of them may be any: "
                            + Arrays.toString(purposes));
        }
        byte[][] identifiers =
                Arrays.stream(purposes).map(ObjectIdentifiers::encode).toArray(byte[][]::new);
        return new OidFilter(EXTENDED_KEY_USAGE, Bytes.wrap(DerWriter.value(DerReader.SEQUENCE, identifiers)));
    }

    private boolean matchUsages(Optional<Integer> found) {
        return usages == null || found.isPresent() && (found.get() & usages) == usages;
    }

    private boolean matchPurposes(Optional<List<String>> found) {
        return purposes == null || found.isPresent() && found.get().containsAll(purposes);
    }

    private static int usages(Bytes value) throws DerException {
        DerReader in = DerReader.of(value.toArray());
        int bits = in.namedBits("keyUsage");
        in.expectEnd("keyUsage");
        return bits;
    }

    private static List<String> purposes(Bytes value) throws DerException {
        DerReader in = DerReader.of(value.toArray());
        List<String> all = CertificateReader.purposes(in);
        in.expectEnd("extKeyUsage");
        return all;
    }

    private static TlsException illegal(OidFilter filter, String reason) {
        return Problem.ILLEGAL_VALUE.with("certificate_extension_values", filter.certificateExtensionValues(), reason);
    }
}
