/** X25519, P-256, P-384 and Ed25519 in pure Java, and a JCA provider of them. Needs nothing but {@code java.base}. */
module dev.akushu.curves {
    requires static org.jspecify;

    exports dev.akushu.curves;

    provides java.security.Provider with
            dev.akushu.curves.AkushuCurves;
}
