package dev.akushu.tls.identity;

import dev.akushu.tls.Role;
import java.util.List;
import java.util.Map;

/** What a certificate is used for, as extKeyUsage names it. RFC 5280 section 4.2.1.12. */
enum Purpose {
    SERVER_AUTHENTICATION("serverAuth", "1.3.6.1.5.5.7.3.1"),
    CLIENT_AUTHENTICATION("clientAuth", "1.3.6.1.5.5.7.3.2");

    private static final String ANY = "2.5.29.37.0";

    private static final Map<String, String> NAMES = Map.of(
            ANY,
            "anyExtendedKeyUsage",
            "1.3.6.1.5.5.7.3.1",
            "serverAuth",
            "1.3.6.1.5.5.7.3.2",
            "clientAuth",
            "1.3.6.1.5.5.7.3.3",
            "codeSigning",
            "1.3.6.1.5.5.7.3.4",
            "emailProtection",
            "1.3.6.1.5.5.7.3.8",
            "timeStamping",
            "1.3.6.1.5.5.7.3.9",
            "OCSPSigning");

    private final String rfcName;
    private final String objectIdentifier;

    Purpose(String rfcName, String objectIdentifier) {
        this.rfcName = rfcName;
        this.objectIdentifier = objectIdentifier;
    }

    /** What a certificate that {@code peer} shows is used for. */
    static Purpose of(Role peer) {
        return switch (peer) {
            case SERVER -> SERVER_AUTHENTICATION;
            case CLIENT -> CLIENT_AUTHENTICATION;
        };
    }

    /** The name in RFC 5280. */
    String rfcName() {
        return rfcName;
    }

    /** Whether an extension with these identifiers allows this use. */
    boolean isIn(List<String> identifiers) {
        return identifiers.contains(objectIdentifier) || identifiers.contains(ANY);
    }

    /** The names of purposes, or their identifiers where none is known. */
    static List<String> names(List<String> identifiers) {
        return identifiers.stream()
                .map(identifier -> NAMES.getOrDefault(identifier, identifier))
                .toList();
    }
}
