package dev.akushu.interop.peer;

import java.util.EnumSet;
import java.util.Set;

/** The kinds of key that a test certificate can have. */
public enum KeyKind {
    EC_P256,
    EC_P384,
    EC_P521,
    RSA,
    RSA_PSS,
    ED25519,
    ED448;

    /** What every peer has. */
    public static final Set<KeyKind> COMMON = Set.copyOf(EnumSet.of(EC_P256, EC_P384, RSA));
}
