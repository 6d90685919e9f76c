package dev.akushu.bench;

/** What is measured of curves; the rows of the table. */
enum Operation {
    X25519_GENERATE("X25519 key generation"),
    X25519_AGREE("X25519 agreement"),
    P256_ECDH("P-256 ECDH, peer validated"),
    P256_SIGN("ECDSA P-256 sign"),
    P256_VERIFY_KNOWN("ECDSA P-256 verify, one key"),
    P256_VERIFY_MANY("ECDSA P-256 verify, 4,096 keys in turn"),
    P384_ECDH("P-384 ECDH, peer validated"),
    P384_SIGN("ECDSA P-384 sign"),
    P384_VERIFY_KNOWN("ECDSA P-384 verify, one key"),
    P384_VERIFY_MANY("ECDSA P-384 verify, 4,096 keys in turn"),
    ED25519_SIGN("Ed25519 sign"),
    ED25519_VERIFY("Ed25519 verify"),
    PATH("chain of a new server, P-256, known CAs");

    private final String title;

    Operation(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
