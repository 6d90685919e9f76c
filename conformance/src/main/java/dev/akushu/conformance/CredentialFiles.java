package dev.akushu.conformance;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.SignatureScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where a credential is, and what it may sign with.
 *
 * @param certificates a file of PEM, own first
 * @param privateKey a file of PEM
 * @param schemes to sign with, best first; empty for all that the key can do
 * @param ocspResponse to staple, or empty
 * @param timestamps the list of signed certificate timestamps as it stands in the extension, or empty
 * @param mustMatchIssuer whether it is only for peers that name one of its issuers
 * @param raw whether it is a public key alone, without certificates
 */
record CredentialFiles(
        Path certificates,
        Path privateKey,
        List<SignatureScheme> schemes,
        Bytes ocspResponse,
        Bytes timestamps,
        boolean mustMatchIssuer,
        boolean raw) {
    static CredentialFiles of(Map<Flag, List<String>> flags) {
        return new CredentialFiles(
                Path.of(flags.getOrDefault(Flag.CERT_FILE, List.of("")).getLast()),
                Path.of(flags.getOrDefault(Flag.KEY_FILE, List.of("")).getLast()),
                Options.codes(flags, Flag.SIGNING_PREFS, SignatureScheme::of),
                Options.bytes(flags, Flag.OCSP_RESPONSE),
                Options.bytes(flags, Flag.SIGNED_CERT_TIMESTAMPS),
                flags.containsKey(Flag.MUST_MATCH_ISSUER),
                flags.containsKey(Flag.NEW_RPK_CREDENTIAL));
    }
}
