package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an X.509 certificate (RFC 5280 section 4.1), read by a parser of our own: it takes what is DER of the
 * right shape, such as a certificate with an empty subject, where the JDK's CertificateFactory would refuse. It judges
 * nothing: signature, dates and usage are for a {@link dev.akushu.tls.Trust} to check. Immutable.
 *
 * <p>Extensions are parsed when they are asked for, so that an unused one that is malformed does not stand in the way.
 */
public final class CertificateReader {
    /** digitalSignature in {@link #keyUsage}. */
    public static final int DIGITAL_SIGNATURE = 1;

    /** keyCertSign in {@link #keyUsage}. */
    public static final int KEY_CERT_SIGN = 1 << 5;

    private static final List<String> KEY_USAGES = List.of(
            "digitalSignature",
            "nonRepudiation",
            "keyEncipherment",
            "dataEncipherment",
            "keyAgreement",
            "keyCertSign",
            "cRLSign",
            "encipherOnly",
            "decipherOnly");

    private static final String KEY_USAGE = "2.5.29.15";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String TLS_FEATURE = "1.3.6.1.5.5.7.1.24";

    private final Bytes der;
    private final Bytes serialNumber;
    private final String signatureAlgorithm;
    private final Bytes signatureAlgorithmIdentifier;
    private final Bytes signature;
    private final Bytes issuer;
    private final Instant notBefore;
    private final Instant notAfter;
    private final Bytes subject;
    private final Bytes subjectPublicKeyInfo;
    private final Map<String, Extension> extensions;

    // Every check asks for them. Two threads may both make the same text.
    private @Nullable String subjectText;
    private @Nullable String issuerText;

    private CertificateReader(Bytes der) throws DerException {
        this.der = der;
        DerReader whole = DerReader.of(der.toArray());
        DerReader certificate = whole.enter(DerReader.SEQUENCE, "Certificate");
        whole.expectEnd("Certificate");
        DerReader tbs = certificate.enter(DerReader.SEQUENCE, "tbsCertificate");
        int algorithmOffset = certificate.position();
        Bytes outerAlgorithm = certificate.element("signatureAlgorithm");
        signature = certificate.octetsInBitString("signatureValue");
        certificate.expectEnd("signatureValue");

        int version = version(tbs);
        serialNumber = tbs.integer("serialNumber");
        signatureAlgorithmIdentifier = tbs.element("signature");
        issuer = name(tbs, "issuer");
        DerReader validity = tbs.enter(DerReader.SEQUENCE, "validity");
        notBefore = validity.time("notBefore");
        notAfter = validity.time("notAfter");
        validity.expectEnd("validity");
        subject = name(tbs, "subject");
        subjectPublicKeyInfo = tbs.element("subjectPublicKeyInfo");
        skipUniqueIdentifiers(tbs);
        extensions = version == 3 && tbs.hasMore() ? extensions(tbs) : Map.of();
        tbs.expectEnd("tbsCertificate");
        // RFC 5280 4.1.1.2: the issuer signs the inner one, so the outer one must say the same.
        if (!outerAlgorithm.equals(signatureAlgorithmIdentifier)) {
            throw new DerException(algorithmOffset, "signatureAlgorithm is not the one in tbsCertificate");
        }
        signatureAlgorithm = algorithm(signatureAlgorithmIdentifier);
    }

    /**
     * Reads {@code der}.
     *
     * @throws TlsException {@link Problem#CERTIFICATE_UNPARSABLE} if it is no certificate in DER
     */
    public static CertificateReader of(Bytes der) throws TlsException {
        return parsing(0, () -> new CertificateReader(der));
    }

    /** The whole certificate. */
    public Bytes der() {
        return der;
    }

    /** The content of the INTEGER. */
    public Bytes serialNumber() {
        return serialNumber;
    }

    /** The object identifier of the algorithm that the issuer signed with, in dotted decimal. */
    public String signatureAlgorithm() {
        return signatureAlgorithm;
    }

    /** The issuer's AlgorithmIdentifier in DER, with parameters. */
    public Bytes signatureAlgorithmIdentifier() {
        return signatureAlgorithmIdentifier;
    }

    /** The issuer's signature, in the form that its algorithm has. */
    public Bytes signature() {
        return signature;
    }

    /** The issuer's distinguished name in DER. */
    public Bytes issuer() {
        return issuer;
    }

    /** The issuer's name for people. */
    public String issuerText() {
        String text = issuerText;
        if (text == null) {
            text = issuer.length() == 2 ? "(no name)" : DistinguishedName.text(issuer);
            issuerText = text;
        }
        return text;
    }

    /** The first moment of validity. */
    public Instant notBefore() {
        return notBefore;
    }

    /** The last moment of validity. */
    public Instant notAfter() {
        return notAfter;
    }

    /** The subject's distinguished name in DER. */
    public Bytes subject() {
        return subject;
    }

    /** The subject's name for people; for an empty one the first of the alternative names. */
    public String subjectText() {
        String text = subjectText;
        if (text == null) {
            text = textOfSubject();
            subjectText = text;
        }
        return text;
    }

    private String textOfSubject() {
        if (subject.length() > 2) {
            return DistinguishedName.text(subject);
        }
        try {
            return subjectAltNames().printable().stream().findFirst().orElse("(no name)");
        } catch (TlsException _) {
            // Only a text for people: whoever needs the names hears of the fault.
            return "(no name)";
        }
    }

    /** Whether subject and issuer are the same name, byte for byte. */
    public boolean isSelfIssued() {
        return subject.equals(issuer);
    }

    /** SubjectPublicKeyInfo in DER. */
    public Bytes subjectPublicKeyInfo() {
        return subjectPublicKeyInfo;
    }

    /** The DER within the extension's OCTET STRING, by the extension's object identifier in dotted decimal. */
    public Optional<Bytes> extension(String objectIdentifier) {
        return Optional.ofNullable(extensions.get(objectIdentifier)).map(Extension::value);
    }

    /** The names of a host; none without the extension. */
    public SubjectAltNames subjectAltNames() throws TlsException {
        return parsed(SubjectAltNames.OBJECT_IDENTIFIER, SubjectAltNames::read).orElse(SubjectAltNames.NONE);
    }

    /** The bits of keyUsage, the first the lowest; empty without the extension. RFC 5280 section 4.2.1.3. */
    public Optional<Integer> keyUsage() throws TlsException {
        return parsed(KEY_USAGE, in -> in.namedBits("keyUsage"));
    }

    /** The bits of keyUsage by their names in RFC 5280; empty if none is set or without the extension. */
    public List<String> keyUsageNames() throws TlsException {
        return usageNames(keyUsage().orElse(0));
    }

    static List<String> usageNames(int bits) {
        return IntStream.range(0, KEY_USAGES.size())
                .filter(bit -> (bits >> bit & 1) != 0)
                .mapToObj(KEY_USAGES::get)
                .toList();
    }

    /** The position of the bit with this name in RFC 5280. */
    static int usageBit(String name) {
        int bit = KEY_USAGES.indexOf(name);
        if (bit < 0) {
            throw new IllegalArgumentException(name + " is none of the key usages " + KEY_USAGES);
        }
        return bit;
    }

    /** Whether keyUsage, if there is one, allows to sign a CertificateVerify. RFC 9846 section 4.5.1.2. */
    public boolean mayAuthenticate() throws TlsException {
        return keyUsage().map(bits -> (bits & DIGITAL_SIGNATURE) != 0).orElse(true);
    }

    /** The object identifiers of extKeyUsage; empty without the extension. RFC 5280 section 4.2.1.12. */
    public Optional<List<String>> extendedKeyUsage() throws TlsException {
        return parsed(EXTENDED_KEY_USAGE, CertificateReader::purposes);
    }

    static List<String> purposes(DerReader in) throws DerException {
        DerReader purposes = in.enter(DerReader.SEQUENCE, "extKeyUsage");
        List<String> identifiers = new ArrayList<>();
        do {
            identifiers.add(purposes.objectIdentifier("KeyPurposeId"));
        } while (purposes.hasMore());
        return List.copyOf(identifiers);
    }

    /** Whether basicConstraints says that this is a CA. RFC 5280 section 4.2.1.9. */
    public boolean isCertificateAuthority() throws TlsException {
        return parsed(BASIC_CONSTRAINTS, in -> {
                    DerReader constraints = in.enter(DerReader.SEQUENCE, "basicConstraints");
                    return constraints.nextIs(DerReader.BOOLEAN) && constraints.bool("cA");
                })
                .orElse(false);
    }

    /** The TLS extensions that the issuer wants a server with this certificate to answer, by their codes. RFC 7633. */
    public List<Integer> tlsFeatures() throws TlsException {
        return parsed(TLS_FEATURE, in -> {
                    DerReader features = in.enter(DerReader.SEQUENCE, "Features");
                    List<Integer> codes = new ArrayList<>();
                    while (features.hasMore()) {
                        codes.add(features.smallInteger("feature"));
                    }
                    return List.copyOf(codes);
                })
                .orElse(List.of());
    }

    /** The subject. */
    @Override
    public String toString() {
        return subjectText();
    }

    private <T> Optional<T> parsed(String objectIdentifier, DerParser<T> parser) throws TlsException {
        Extension extension = extensions.get(objectIdentifier);
        if (extension == null) {
            return Optional.empty();
        }
        return Optional.of(parsing(
                extension.offset(),
                () -> parser.parse(DerReader.of(extension.value().toArray()))));
    }

    private static <T> T parsing(int offset, DerSupplier<T> parse) throws TlsException {
        try {
            return parse.get();
        } catch (DerException e) {
            throw Problem.CERTIFICATE_UNPARSABLE.causedBy(e, offset + e.offset(), e.reason());
        }
    }

    private static int version(DerReader tbs) throws DerException {
        if (!tbs.nextIs(DerReader.constructed(0))) {
            return 1;
        }
        int start = tbs.position();
        DerReader explicit = tbs.enter(DerReader.constructed(0), "version");
        int version = explicit.smallInteger("version") + 1;
        explicit.expectEnd("version");
        if (version > 3) {
            throw new DerException(start, "version is " + version + ", not 1 to 3");
        }
        return version;
    }

    private static String algorithm(Bytes identifier) throws DerException {
        return DerReader.of(identifier.toArray())
                .enter(DerReader.SEQUENCE, "signature")
                .objectIdentifier("signature");
    }

    private static Bytes name(DerReader tbs, String what) throws DerException {
        if (!tbs.nextIs(DerReader.SEQUENCE)) {
            tbs.enter(DerReader.SEQUENCE, what);
        }
        return tbs.element(what);
    }

    private static void skipUniqueIdentifiers(DerReader tbs) throws DerException {
        for (int number = 1; number <= 2; number++) {
            if (tbs.nextIs(DerReader.primitive(number))) {
                tbs.enterNext("unique identifier");
            }
        }
    }

    private static Map<String, Extension> extensions(DerReader tbs) throws DerException {
        DerReader explicit = tbs.enter(DerReader.constructed(3), "extensions");
        DerReader list = explicit.enter(DerReader.SEQUENCE, "extensions");
        explicit.expectEnd("extensions");
        Map<String, Extension> extensions = new LinkedHashMap<>();
        while (list.hasMore()) {
            int start = list.position();
            DerReader extension = list.enter(DerReader.SEQUENCE, "extension");
            String identifier = extension.objectIdentifier("extnID");
            if (extension.nextIs(DerReader.BOOLEAN)) {
                extension.bool("critical");
            }
            DerReader value = extension.enter(DerReader.OCTET_STRING, "extnValue");
            int offset = value.position();
            extension.expectEnd("extension");
            // RFC 5280 4.2: no extension twice; otherwise two readers could follow two different ones.
            if (extensions.putIfAbsent(identifier, new Extension(value.rest(), offset)) != null) {
                throw new DerException(start, "the extension " + identifier + " stands twice");
            }
        }
        return extensions;
    }

    /** The value of an extension and where it stands in the certificate. */
    private record Extension(Bytes value, int offset) {}

    @FunctionalInterface
    private interface DerParser<T> {
        T parse(DerReader in) throws DerException;
    }

    @FunctionalInterface
    private interface DerSupplier<T> {
        T get() throws DerException;
    }
}
