package dev.akushu.conformance;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Kdf;
import dev.akushu.tls.NamedGroup;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** The flags that hold for one connection of a test. */
final class Options {
    private static final long TLS_1_3 = 0x0304;

    private static final Set<Flag> OF_CREDENTIAL = Set.of(
            Flag.CERT_FILE,
            Flag.KEY_FILE,
            Flag.SIGNING_PREFS,
            Flag.MUST_MATCH_ISSUER,
            Flag.OCSP_RESPONSE,
            Flag.SIGNED_CERT_TIMESTAMPS,
            Flag.PSK_IMPORTER_KEY,
            Flag.PSK_IMPORTER_IDENTITY,
            Flag.PSK_IMPORTER_CONTEXT,
            Flag.PSK_IMPORTER_SHA256,
            Flag.PSK_IMPORTER_SHA384);

    private final Map<Flag, List<String>> values = new EnumMap<>(Flag.class);
    private final List<Map<Flag, List<String>>> credentials = new ArrayList<>();

    /** Takes a flag; {@code value} is empty for one without. */
    void add(Flag flag, String value) {
        if (flag == Flag.NEW_X509_CREDENTIAL || flag == Flag.NEW_RPK_CREDENTIAL || flag == Flag.NEW_PSK_CREDENTIAL) {
            Map<Flag, List<String>> begun = new EnumMap<>(Flag.class);
            begun.put(flag, List.of());
            credentials.add(begun);
            return;
        }
        boolean ofCredential = OF_CREDENTIAL.contains(flag) && !credentials.isEmpty();
        Map<Flag, List<String>> target = ofCredential ? credentials.getLast() : values;
        target.computeIfAbsent(flag, key -> new ArrayList<>()).add(value);
    }

    boolean has(Flag flag) {
        return values.containsKey(flag);
    }

    /** The value of the flag; of one that came several times, the last. */
    Optional<String> text(Flag flag) {
        return Optional.ofNullable(values.get(flag)).map(List::getLast);
    }

    long number(Flag flag, long otherwise) {
        return text(flag).map(Long::parseUnsignedLong).orElse(otherwise);
    }

    /** The 16-bit codes that the flag was given, in order. */
    <C> List<C> codes(Flag flag, IntFunction<C> of) {
        return codes(values, flag, of);
    }

    /** The types of certificates that the peer may prove itself by, best first. */
    List<CertificateType> acceptedTypes() {
        List<CertificateType> types = codes(Flag.ACCEPTED_PEER_CERT_TYPES, CertificateType::of);
        return types.isEmpty() ? List.of(CertificateType.X509) : types;
    }

    /** The credentials in order: the one of the plain flags, if it is there, comes last, as BoringSSL tries it last. */
    List<CredentialFiles> credentials() {
        List<CredentialFiles> all = new ArrayList<>();
        for (Map<Flag, List<String>> credential : credentials) {
            if (!isPsk(credential)) {
                all.add(CredentialFiles.of(credential));
            }
        }
        if (has(Flag.CERT_FILE)) {
            all.add(CredentialFiles.of(values));
        }
        return all;
    }

    /** The pre-shared keys, in order. */
    List<ExternalPsk> psks() {
        return credentials.stream().filter(Options::isPsk).map(Options::psk).toList();
    }

    /** How the runner counts the certificates at {@code index} of {@link #credentials()}: those of the plain flags are -1, as is none. */
    int credentialNumber(int index) {
        return number(index, credential -> !isPsk(credential));
    }

    /** How the runner counts the pre-shared key called {@code identity}. */
    int pskNumber(Bytes identity) {
        List<Bytes> identities = psks().stream().map(ExternalPsk::identity).toList();
        return number(identities.indexOf(identity), Options::isPsk);
    }

    private int number(int index, Predicate<Map<Flag, List<String>>> kind) {
        int left = index;
        for (int number = 0; number < credentials.size() && left >= 0; number++) {
            if (kind.test(credentials.get(number)) && left-- == 0) {
                return number;
            }
        }
        return -1;
    }

    private static boolean isPsk(Map<Flag, List<String>> credential) {
        return credential.containsKey(Flag.NEW_PSK_CREDENTIAL);
    }

    private static ExternalPsk psk(Map<Flag, List<String>> credential) {
        Kdf kdf = credential.containsKey(Flag.PSK_IMPORTER_SHA384) ? Kdf.HKDF_SHA384 : Kdf.HKDF_SHA256;
        return ExternalPsk.of(
                        bytes(credential, Flag.PSK_IMPORTER_IDENTITY),
                        bytes(credential, Flag.PSK_IMPORTER_KEY).toArray())
                .withContext(bytes(credential, Flag.PSK_IMPORTER_CONTEXT))
                .withKdf(kdf);
    }

    /** The value of a flag in Base64; empty if it is not there. */
    Bytes bytes(Flag flag) {
        return bytes(values, flag);
    }

    static Bytes bytes(Map<Flag, List<String>> of, Flag flag) {
        return Bytes.wrap(
                Base64.getDecoder().decode(of.getOrDefault(flag, List.of("")).getLast()));
    }

    boolean isServer() {
        return has(Flag.SERVER);
    }

    /** The groups for the key exchange. */
    List<NamedGroup> groups() {
        return codes(Flag.CURVES, NamedGroup::of);
    }

    /** What the shim has to say at first, by itself. */
    byte[] greeting() {
        byte[] once = text(Flag.SHIM_INITIAL_WRITE).orElse("hello").getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (long left = number(Flag.REPEAT_SHIM_INITIAL_WRITE, 1); left > 0; left--) {
            all.writeBytes(once);
        }
        return all.toByteArray();
    }

    /** Whether the flags leave no other version than TLS 1.3. */
    boolean permitsOnlyTls13() {
        boolean byRange = number(Flag.MIN_VERSION, 0) == TLS_1_3;
        return byRange || (has(Flag.NO_TLS1) && has(Flag.NO_TLS11) && has(Flag.NO_TLS12));
    }

    /** Refuses what needs another version. */
    void requireTls13() throws OutOfScope {
        if (number(Flag.MAX_VERSION, TLS_1_3) < TLS_1_3 || number(Flag.EXPECT_VERSION, TLS_1_3) < TLS_1_3) {
            throw new OutOfScope("an older version than TLS 1.3");
        }
    }

    static <C> List<C> codes(Map<Flag, List<String>> values, Flag flag, IntFunction<C> of) {
        return values.getOrDefault(flag, List.of()).stream()
                .map(Integer::parseInt)
                .map(of::apply)
                .toList();
    }
}
