package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.CertificateCompression;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.SignatureScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds groups, suites and signature schemes by the names that people type: in upper or lower case, apart by commas or, as for OpenSSL, colons. */
public final class Names {
    private static final List<NamedGroup> GROUPS = Policy.named().stream()
            .flatMap(policy -> policy.groups().stream())
            .distinct()
            .toList();
    private static final List<CipherSuite> SUITES = Policy.MODERN_2026_11.suites();
    private static final Policy MOST_SCHEMES = Policy.MODERN_2026_11.withPostQuantumSignatures();
    private static final List<SignatureScheme> HANDSHAKE_SCHEMES = MOST_SCHEMES.signatureSchemes();
    private static final List<SignatureScheme> CERTIFICATE_SCHEMES = Stream.concat(
                    MOST_SCHEMES.certificateSchemes().stream(),
                    Stream.of(SignatureScheme.ECDSA_SHA1, SignatureScheme.RSA_PKCS1_SHA1))
            .toList();

    /** NIST's names for its curves, and X9.62's for one of them. */
    private static final Map<String, NamedGroup> OTHER_NAMES = Map.of(
            "p-256", NamedGroup.SECP256R1,
            "p-384", NamedGroup.SECP384R1,
            "p-521", NamedGroup.SECP521R1,
            "prime256v1", NamedGroup.SECP256R1);

    private Names() {}

    /** The groups in {@code list}, in its order. */
    public static List<NamedGroup> groups(String list, Words words) throws CommandFailure {
        List<NamedGroup> found = new ArrayList<>();
        for (String name : split(list)) {
            found.add(group(name, words));
        }
        return withoutRepetition(found, "--groups", list, words);
    }

    /** The suites in {@code list}, in its order. */
    public static List<CipherSuite> suites(String list, Words words) throws CommandFailure {
        List<CipherSuite> found = new ArrayList<>();
        for (String name : split(list)) {
            found.add(suite(name, words));
        }
        return withoutRepetition(found, "--suites", list, words);
    }

    /** The schemes in {@code list} for signatures in the handshake, in its order. */
    static List<SignatureScheme> handshakeSchemes(String list, Words words) throws CommandFailure {
        return schemes(list, "--schemes", HANDSHAKE_SCHEMES, words);
    }

    /** The schemes in {@code list} for signatures inside certificates, in its order. */
    static List<SignatureScheme> certificateSchemes(String list, Words words) throws CommandFailure {
        return schemes(list, "--certificate-schemes", CERTIFICATE_SCHEMES, words);
    }

    private static List<SignatureScheme> schemes(String list, String option, List<SignatureScheme> known, Words words)
            throws CommandFailure {
        List<SignatureScheme> found = new ArrayList<>();
        for (String name : split(list)) {
            found.add(known.stream()
                    .filter(scheme -> scheme.toString().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> words.misuse("unknown_scheme", name, option, join(known))));
        }
        return withoutRepetition(found, option, list, words);
    }

    /** The ways to compress certificates in {@code list}, in its order. */
    static List<CertificateCompression> compressions(String list, Words words) throws CommandFailure {
        List<String> names = withoutRepetition(List.of(split(list)), "--compress-certificates", list, words);
        List<CertificateCompression> found = new ArrayList<>();
        for (String name : names) {
            found.add(compression(name.toLowerCase(Locale.ROOT), words));
        }
        return found;
    }

    private static CertificateCompression compression(String name, Words words) throws CommandFailure {
        try {
            return switch (name) {
                case "zlib" -> CertificateCompression.zlib();
                case "brotli" -> CertificateCompression.brotli();
                case "zstd" -> CertificateCompression.zstd();
                default -> throw words.misuse("unknown_compression", name, "zlib, brotli, zstd");
            };
        } catch (IllegalStateException absent) {
            throw words.misuse("compression_absent", name, String.valueOf(absent.getMessage()));
        }
    }

    /** The group called {@code name}. */
    public static NamedGroup group(String name, Words words) throws CommandFailure {
        for (NamedGroup group : GROUPS) {
            if (group.toString().equalsIgnoreCase(name)) {
                return group;
            }
        }
        NamedGroup byOtherName = OTHER_NAMES.get(name.toLowerCase(Locale.ROOT));
        if (byOtherName == null) {
            throw words.misuse("unknown_group", name, join(GROUPS));
        }
        return byOtherName;
    }

    /** The suite called {@code name}; its {@code TLS_} may be left out. */
    public static CipherSuite suite(String name, Words words) throws CommandFailure {
        for (CipherSuite suite : SUITES) {
            if (suite.toString().equalsIgnoreCase(name) || suite.toString().equalsIgnoreCase("TLS_" + name)) {
                return suite;
            }
        }
        throw words.misuse("unknown_suite", name, join(SUITES));
    }

    /** The policy called {@code name}; its date may be left out. */
    public static Policy policy(String name, Words words) throws CommandFailure {
        String wanted = name.toUpperCase(Locale.ROOT).replace('-', '_');
        for (Policy policy : Policy.named()) {
            if (policy.name().equals(wanted) || policy.name().startsWith(wanted + "_20")) {
                return policy;
            }
        }
        throw words.misuse(
                "unknown_policy",
                name,
                join(Policy.named().stream().map(Policy::name).toList()));
    }

    private static String[] split(String list) {
        return list.strip().split("\\s*[,:]\\s*", -1);
    }

    private static <T> List<T> withoutRepetition(List<T> found, String option, String list, Words words)
            throws CommandFailure {
        if (found.stream().distinct().count() < found.size()) {
            throw words.misuse("named_twice", option, list);
        }
        return found;
    }

    private static String join(List<?> all) {
        return all.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
