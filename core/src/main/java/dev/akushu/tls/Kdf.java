package dev.akushu.tls;

import java.util.Optional;

/** A key derivation function, as a pre-shared key is made for one. The registry "TLS KDF Identifiers" of RFC 9258 section 10. */
public enum Kdf {
    /** HKDF with SHA-256. */
    HKDF_SHA256(1, "SHA-256", 32),
    /** HKDF with SHA-384. */
    HKDF_SHA384(2, "SHA-384", 48);

    private final int code;
    private final String hash;
    private final int length;

    Kdf(int code, String hash, int length) {
        this.code = code;
        this.hash = hash;
        this.length = length;
    }

    /** The KDF with {@code code}, if it is one of these. */
    public static Optional<Kdf> find(int code) {
        for (Kdf kdf : values()) {
            if (kdf.code == code) {
                return Optional.of(kdf);
            }
        }
        return Optional.empty();
    }

    /** Its code in an ImportedIdentity. */
    public int code() {
        return code;
    }

    /** The name of its hash, such as {@code SHA-256}. */
    public String hash() {
        return hash;
    }

    /** Length of its hash in bytes. */
    public int length() {
        return length;
    }
}
