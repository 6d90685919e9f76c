package dev.akushu.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a handshake or a certificate is signed. RFC 9846 section 4.3.3.
 *
 * <p>An open set: a peer may name codes that nobody here knows, so this is a code with a name where one is registered, not an enum.
 *
 * @param code the 16-bit code point on the wire
 */
public record SignatureScheme(int code) {
    /** RSASSA-PKCS1-v1_5: in certificates only. */
    public static final SignatureScheme RSA_PKCS1_SHA256 = new SignatureScheme(0x0401);

    /** RSASSA-PKCS1-v1_5: in certificates only. */
    public static final SignatureScheme RSA_PKCS1_SHA384 = new SignatureScheme(0x0501);

    /** RSASSA-PKCS1-v1_5: in certificates only. */
    public static final SignatureScheme RSA_PKCS1_SHA512 = new SignatureScheme(0x0601);

    /** ECDSA on P-256. */
    public static final SignatureScheme ECDSA_SECP256R1_SHA256 = new SignatureScheme(0x0403);

    /** ECDSA on P-384. */
    public static final SignatureScheme ECDSA_SECP384R1_SHA384 = new SignatureScheme(0x0503);

    /** ECDSA on P-521. */
    public static final SignatureScheme ECDSA_SECP521R1_SHA512 = new SignatureScheme(0x0603);

    /** RSASSA-PSS with a key of type rsaEncryption. */
    public static final SignatureScheme RSA_PSS_RSAE_SHA256 = new SignatureScheme(0x0804);

    /** RSASSA-PSS with a key of type rsaEncryption. */
    public static final SignatureScheme RSA_PSS_RSAE_SHA384 = new SignatureScheme(0x0805);

    /** RSASSA-PSS with a key of type rsaEncryption. */
    public static final SignatureScheme RSA_PSS_RSAE_SHA512 = new SignatureScheme(0x0806);

    /** EdDSA on edwards25519, RFC 8032. */
    public static final SignatureScheme ED25519 = new SignatureScheme(0x0807);

    /** EdDSA on edwards448, RFC 8032. */
    public static final SignatureScheme ED448 = new SignatureScheme(0x0808);

    /** RSASSA-PSS with a key of type RSASSA-PSS. */
    public static final SignatureScheme RSA_PSS_PSS_SHA256 = new SignatureScheme(0x0809);

    /** RSASSA-PSS with a key of type RSASSA-PSS. */
    public static final SignatureScheme RSA_PSS_PSS_SHA384 = new SignatureScheme(0x080a);

    /** RSASSA-PSS with a key of type RSASSA-PSS. */
    public static final SignatureScheme RSA_PSS_PSS_SHA512 = new SignatureScheme(0x080b);

    /** ML-DSA-44, post-quantum; behind a switch of the policy. */
    public static final SignatureScheme MLDSA44 = new SignatureScheme(0x0904);

    /** ML-DSA-65, post-quantum; behind a switch of the policy. */
    public static final SignatureScheme MLDSA65 = new SignatureScheme(0x0905);

    /** ML-DSA-87, post-quantum; behind a switch of the policy. */
    public static final SignatureScheme MLDSA87 = new SignatureScheme(0x0906);

    /** Broken; named for explanations, never accepted. */
    public static final SignatureScheme RSA_PKCS1_SHA1 = new SignatureScheme(0x0201);

    /** Broken; named for explanations, never accepted. */
    public static final SignatureScheme ECDSA_SHA1 = new SignatureScheme(0x0203);

    private static final Codes<Known> KNOWN = Codes.of(
            known -> known.id().code(),
            List.of(
                    new Known(RSA_PKCS1_SHA256, "rsa_pkcs1_sha256"),
                    new Known(RSA_PKCS1_SHA384, "rsa_pkcs1_sha384"),
                    new Known(RSA_PKCS1_SHA512, "rsa_pkcs1_sha512"),
                    new Known(ECDSA_SECP256R1_SHA256, "ecdsa_secp256r1_sha256"),
                    new Known(ECDSA_SECP384R1_SHA384, "ecdsa_secp384r1_sha384"),
                    new Known(ECDSA_SECP521R1_SHA512, "ecdsa_secp521r1_sha512"),
                    new Known(RSA_PSS_RSAE_SHA256, "rsa_pss_rsae_sha256"),
                    new Known(RSA_PSS_RSAE_SHA384, "rsa_pss_rsae_sha384"),
                    new Known(RSA_PSS_RSAE_SHA512, "rsa_pss_rsae_sha512"),
                    new Known(ED25519, "ed25519"),
                    new Known(ED448, "ed448"),
                    new Known(RSA_PSS_PSS_SHA256, "rsa_pss_pss_sha256"),
                    new Known(RSA_PSS_PSS_SHA384, "rsa_pss_pss_sha384"),
                    new Known(RSA_PSS_PSS_SHA512, "rsa_pss_pss_sha512"),
                    new Known(MLDSA44, "mldsa44"),
                    new Known(MLDSA65, "mldsa65"),
                    new Known(MLDSA87, "mldsa87"),
                    new Known(RSA_PKCS1_SHA1, "rsa_pkcs1_sha1"),
                    new Known(ECDSA_SHA1, "ecdsa_sha1")));

    private record Known(SignatureScheme id, String name) {}

    /** The canonical constant of {@code code}, or a new value for a code that is not known here. */
    public static SignatureScheme of(int code) {
        Known known = KNOWN.find(code);
        return known != null ? known.id() : new SignatureScheme(code);
    }

    /** Whether this code has a name here. */
    public boolean isKnown() {
        return KNOWN.find(code) != null;
    }

    /** Whether this is a reserved GREASE code (RFC 8701): sent to keep peers tolerant, never to be chosen. */
    public boolean isGrease() {
        return (code & 0x0f0f) == 0x0a0a && code >>> 8 == (code & 0xff);
    }

    /** Whether RFC 9846 section 4.3.3 lets this scheme sign a CertificateVerify: RSASSA-PKCS1-v1_5 and SHA-1 may not. */
    public boolean maySignHandshake() {
        return isKnown() && (code & 0xff) != 0x01 && !isBySha1();
    }

    /** Whether it is by SHA-1, which RFC 9846 section 4.3.3 leaves to old certificates. */
    public boolean isBySha1() {
        return code >>> 8 == 0x02;
    }

    /** Whether it is by MD5 or SHA-224 or with DSA, and so must not be offered at all. RFC 9846 section 4.3.3. */
    public boolean isForbidden() {
        int hash = code >>> 8;
        return hash < 0x02 || hash == 0x03 || hash <= 0x06 && (code & 0xff) == 0x02;
    }

    // Written out, as hashCode is: what a record has by itself is made when it is first called, and a program's start
    // waits for that.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignatureScheme that && that.code == code;
    }

    @Override
    public int hashCode() {
        return code;
    }

    /** The name in IANA's registry, {@code GREASE(0x....)}, or the code in hexadecimal. */
    @Override
    public String toString() {
        Known known = KNOWN.find(code);
        if (known != null) {
            return known.name();
        }
        return String.format(isGrease() ? "GREASE(0x%04x)" : "0x%04x", code);
    }
}
